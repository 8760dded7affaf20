/**
 * The routing table of a platform's workspaces in one region: a ConfigMap a shard, which the control plane mounts.
 *
 * It is the same in every region, so any control plane can send a request on. One that has read it keeps what it
 * knew while a new version is put in place, and refuses one of an older epoch.
 */
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap";
import { ComponentResource, type ComponentResourceOptions, type Resource } from "@pulumi/pulumi";
import type { RoutingShard, WorkspaceRoutingSpec } from "../../automation/fleet/specs/kubernetes/workspaces";
import { labelsOf, type KubernetesSetting } from "../kubernetes/setting";

/** Key of the table in each ConfigMap. */
export const ROUTES = "routes.json";

export class WorkspaceRouting extends ComponentResource {
  /** Nothing waits for it. */
  readonly ready: readonly Resource[];

  constructor(spec: WorkspaceRoutingSpec, setting: KubernetesSetting, opts?: ComponentResourceOptions) {
    super("meridian:workspaces:Routing", spec.name, {}, opts);
    this.ready = spec.shards.map((shard) => {
      const labels = {
        ...labelsOf(setting, "workspace-routes"),
        // What the control plane finds the tables by, whatever their number.
        "meridian.dev/workspace-routes": shard.shard,
      };
      const metadata = { name: `routes-${shard.shard}`, namespace: spec.namespace, labels };
      const data = { [ROUTES]: routesJson(spec, shard) };
      return new ConfigMap(`${spec.name}-${shard.shard}`, { metadata, data }, { parent: this });
    });
    this.registerOutputs({ shards: spec.shards.map(({ shard }) => shard) });
  }
}

/** One workspace a line, by name: a difference shows which of them changed. */
export function routesJson(
  { platform, staleReadWarning }: WorkspaceRoutingSpec,
  { routes }: RoutingShard,
): string {
  const lines = routes.map(({ workspace, cell, home, writer, epoch, replicas, jurisdictions }) => {
    const route = { cell, epoch, home, jurisdictions, replicas, writer };
    return `    ${JSON.stringify(workspace)}: ${JSON.stringify(route)}`;
  });
  return [
    "{",
    `  "version": 1,`,
    `  "platform": ${JSON.stringify(platform)},`,
    `  "staleReadWarning": ${String(staleReadWarning)},`,
    `  "workspaces": {`,
    lines.join(",\n"),
    "  }",
    "}",
    "",
  ].join("\n");
}
