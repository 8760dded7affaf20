/**
 * What the workspaces of one shard need, region by region, and where requests for them go.
 *
 * A shard has a stack in its home region and one in each region that holds copies of some of its workspaces: a
 * stack of two regions could not be applied while one of them is lost. A new workspace changes the stacks of
 * its own shard and the routing tables, and nothing else; no region's own stack knows a workspace.
 */
import type { WorkspaceManifest } from "../../manifest/schema/manifest";
import { shardName } from "../../manifest/shards";
import type { KubernetesComponentSpec } from "../specs/kubernetes";
import type { RoutingShard, WorkspaceRoute, WorkspaceRoutingSpec } from "../specs/kubernetes/workspaces";
import { bucketsSpec } from "./minio-buckets";
import { workspacesSpec } from "./namespaces";
import { natsAccounts } from "./nats";
import { cellOf, type PlanInput } from "./plan-input";
import { temporalNamespaces } from "./temporal";
import { activeRegion, jurisdictionsOf, legalRegions } from "./workspace-placement";

/** One shard in one region. */
export interface ShardPart {
  /** Of its stack: the shard's own at home, `workspaces-eu-central-000-eu-north` elsewhere. */
  readonly stack: string;
  readonly region: string;
  readonly components: readonly KubernetesComponentSpec[];
}

const present = <T>(value: T | undefined): readonly T[] => (value === undefined ? [] : [value]);

function partOf(
  input: PlanInput,
  stack: string,
  region: string,
  members: readonly WorkspaceManifest[],
): ShardPart {
  const { messaging, objectStore, workflow } = input.fleet.platform.spec.services;
  const home = members.filter(({ spec }) => spec.homeRegion === region);
  return {
    stack,
    region,
    components: [
      workspacesSpec(input, stack, members),
      ...(messaging === undefined ? [] : [natsAccounts(input, stack, region, members)]),
      ...(workflow === undefined ? [] : present(temporalNamespaces(input, workflow, stack, region, members))),
      // A site copies its buckets to the others itself.
      ...(objectStore?.engine === "minio" && home.length > 0 ? [bucketsSpec(stack, home)] : []),
    ],
  };
}

/** Whether a copy of a workspace is more than rows of a shared database: then it has a place of its own. */
const hasCopies = ({ fleet }: PlanInput): boolean => {
  const { messaging, workflow } = fleet.platform.spec.services;
  return messaging !== undefined || workflow !== undefined;
};

/** The shard's stacks, its home first; `members` share the shard and so their home region. */
export function shardParts(
  input: PlanInput,
  shard: string,
  home: string,
  members: readonly WorkspaceManifest[],
): readonly ShardPart[] {
  const copies = hasCopies(input)
    ? input.regions.flatMap(({ name }): readonly ShardPart[] => {
        const there = members.filter((workspace) => legalRegions(input, workspace).includes(name));
        return name === home || there.length === 0 ? [] : [partOf(input, `${shard}-${name}`, name, there)];
      })
    : [];
  return [partOf(input, shard, home, members), ...copies];
}

function routeOf(input: PlanInput, workspace: WorkspaceManifest): WorkspaceRoute | undefined {
  const writer = activeRegion(input, workspace);
  if (writer === undefined) return undefined;
  const { homeRegion } = workspace.spec;
  const cell = cellOf(input, homeRegion);
  const owner = cell.writers.find(({ region }) => region === writer) ?? cell.writers[0];
  return {
    workspace: workspace.metadata.name,
    cell: cell.name,
    home: homeRegion,
    writer,
    epoch: owner?.epoch ?? 1,
    replicas: legalRegions(input, workspace).filter((region) => region !== writer),
    jurisdictions: jurisdictionsOf(input, workspace),
  };
}

/** The table, by shard and name; undefined where no router reads one. */
export function routingSpec(input: PlanInput): WorkspaceRoutingSpec | undefined {
  const { platform, workspaces } = input.fleet;
  const { apps } = platform.spec.services;
  if (platform.spec.traffic?.engine !== "router" || apps?.engine !== "deployment") return undefined;
  const shards = new Map<string, WorkspaceRoute[]>();
  for (const workspace of workspaces) {
    const { metadata, spec } = workspace;
    const shard = shardName(spec.homeRegion, metadata.name, platform.spec.workspaces.shards);
    shards.set(shard, [...(shards.get(shard) ?? []), ...present(routeOf(input, workspace))]);
  }
  return {
    kind: "workspaces/routing",
    name: "routing",
    namespace: apps.namespace,
    platform: platform.metadata.name,
    staleReadWarning: platform.spec.workspaces.staleReadWarning,
    shards: [...shards]
      .map(([shard, routes]): RoutingShard => ({ shard, routes }))
      .filter(({ routes }) => routes.length > 0)
      .sort((one, other) => (one.shard < other.shard ? -1 : 1)),
  };
}
