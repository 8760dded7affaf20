import { ComponentResource, type ComponentResourceOptions, type Resource } from "@pulumi/pulumi";
import type {
  WorkspaceNamespaceSpec,
  WorkspaceNamespacesSpec,
} from "../../automation/fleet/specs/kubernetes/namespaces";
import { isolatedNamespace } from "../kubernetes/isolated-namespace";
import { labelsOf, type KubernetesSetting } from "../kubernetes/setting";

/** A shard of workspaces: each can neither use more than its quota nor be reached by another. */
export class WorkspaceNamespaces extends ComponentResource {
  /** What lives in them waits for these. */
  readonly ready: readonly Resource[];

  constructor(spec: WorkspaceNamespacesSpec, setting: KubernetesSetting, opts?: ComponentResourceOptions) {
    super("meridian:workspaces:Namespaces", spec.name, {}, opts);
    this.ready = spec.workspaces.map((workspace) => {
      const labels = { ...labelsOf(setting, "workspace"), "meridian.dev/workspace": workspace.workspace };
      return isolatedNamespace(`${spec.name}-${workspace.workspace}`, isolated(workspace), labels, this);
    });
    this.registerOutputs({ workspaces: spec.workspaces.map(({ workspace }) => workspace) });
  }
}

/** Nothing of a workspace is trusted, so its pods run under the strictest standard. */
const isolated = ({ namespace, labels, quota, admits }: WorkspaceNamespaceSpec) => ({
  name: namespace,
  labels,
  podSecurity: "restricted" as const,
  ingress: "namespace" as const,
  admits,
  publicPorts: [],
  quota,
});
