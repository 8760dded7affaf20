/** Temporal: an independent cluster a region, connected to those of the same cell and to no others. */
import type { PlatformManifest, WorkspaceManifest } from "../../manifest/schema/manifest";
import { membersOf } from "../cells";
import type { PostgresCnpgSpec } from "../specs/kubernetes/postgres";
import type { HostPort } from "../specs/kubernetes/quantities";
import type {
  TemporalNamespace,
  TemporalPeer,
  WorkflowNamespacesSpec,
  WorkflowTemporalSpec,
} from "../specs/kubernetes/temporal";
import { cellOf, type PlanInput, type PlannedRegion, writerOf } from "./plan-input";
import { type Cnpg, postgresSpec } from "./postgres";
import { FAILOVER_INCREMENT, initialVersions } from "./temporal-versions";
import { activeRegion, legalRegions } from "./workspace-placement";

type Services = PlatformManifest["spec"]["services"];
export type Temporal = NonNullable<Services["workflow"]>;

export const TEMPORAL_NAMESPACE = "temporal";
export const TEMPORAL_PORT = 7233;
const SECONDS_A_DAY = 86_400;
/** The smallest number of each service that survives the loss of one. */
const REPLICAS = 2;
/** Histories of a few days, and the indexes that find them; the document gives no size. */
const STORAGE = "50Gi";

const databaseCluster = (region: string): string => `temporal-${region}`;
const PASSWORD = { secret: "temporal-postgres-password" };

/** Where other regions reach a region's frontend; one nobody has to reach is known by its service. */
function addressOf({ manifest }: PlannedRegion): HostPort {
  const host = manifest.spec.endpoints["temporal"] ?? `temporal-frontend.${TEMPORAL_NAMESPACE}.svc`;
  return { host, port: TEMPORAL_PORT };
}

/** Members of the same cell that can be reached. */
function remotesOf(input: PlanInput, region: string): readonly TemporalPeer[] {
  const members = membersOf(cellOf(input, region));
  return input.regions
    .filter(({ name, manifest }) => {
      const reachable = manifest.spec.endpoints["temporal"] !== undefined;
      return name !== region && members.includes(name) && reachable;
    })
    .map((peer) => ({ cluster: peer.name, address: addressOf(peer) }));
}

/** The cluster of one region. */
export function temporalSpec(
  input: PlanInput,
  temporal: Temporal,
  { deletion }: Cnpg,
  region: PlannedRegion,
): WorkflowTemporalSpec {
  const { name } = region;
  const versions = initialVersions(input.fleet.platform.spec.regions);
  return {
    kind: "workflow/temporal",
    name: "workflow",
    namespace: TEMPORAL_NAMESPACE,
    cluster: name,
    master: writerOf(cellOf(input, name)),
    versions: { initial: versions.get(name) ?? 1, increment: FAILOVER_INCREMENT },
    historyShards: temporal.historyShards,
    replicas: REPLICAS,
    address: addressOf(region),
    remotes: temporal.namespaceReplication ? remotesOf(input, name) : [],
    persistence: {
      cluster: databaseCluster(name),
      database: "temporal",
      visibility: "temporal_visibility",
      user: "temporal",
      password: PASSWORD,
    },
    authority: {
      certificate: { secret: "temporal-ca-certificate" },
      key: { secret: "temporal-ca-key" },
    },
    deletion,
  };
}

/**
 * The databases of one region's cluster. They never replicate: each Temporal writes its own, and a standby's
 * PostgreSQL could not be written to. Their backups go where the platform's own do.
 */
export function temporalPostgres(input: PlanInput, postgres: Cnpg, region: PlannedRegion): PostgresCnpgSpec {
  const { backup, deletion, instances, monitoring, version } = postgresSpec(input, postgres, region);
  return {
    kind: "postgres/cnpg",
    name: "workflow-postgres",
    cluster: databaseCluster(region.name),
    namespace: TEMPORAL_NAMESPACE,
    version,
    instances,
    storage: { size: STORAGE, storageClass: postgres.storage.class },
    resources: { cpu: "500m", memory: "2Gi" },
    parameters: {},
    database: "temporal",
    owner: "temporal",
    ownerPassword: PASSWORD,
    topology: { kind: "single" },
    bootstrap: { kind: "initdb" },
    ...(backup === undefined ? {} : { backup }),
    monitoring,
    deletion,
  };
}

function namespaceOf(
  input: PlanInput,
  temporal: Temporal,
  workspace: WorkspaceManifest,
): TemporalNamespace | undefined {
  const active = activeRegion(input, workspace);
  if (active === undefined) return undefined;
  // Temporal refuses a namespace of a cluster it is not connected to.
  const connected = remotesOf(input, active).map(({ cluster }) => cluster);
  const others = legalRegions(input, workspace).filter((one) => connected.includes(one));
  return {
    name: workspace.metadata.name,
    clusters: temporal.namespaceReplication ? [active, ...others] : [active],
    active,
    retentionDays: Math.max(1, Math.ceil(temporal.retention / SECONDS_A_DAY)),
  };
}

/** The namespaces of one shard that are active in a region; undefined when none is. */
export function temporalNamespaces(
  input: PlanInput,
  temporal: Temporal,
  shard: string,
  region: string,
  workspaces: readonly WorkspaceManifest[],
): WorkflowNamespacesSpec | undefined {
  const namespaces = workspaces
    .flatMap((workspace) => namespaceOf(input, temporal, workspace) ?? [])
    .filter(({ active }) => active === region);
  if (namespaces.length === 0) return undefined;
  return {
    kind: "workflow/namespaces",
    name: `${shard}-workflow`,
    namespace: TEMPORAL_NAMESPACE,
    cluster: region,
    namespaces,
  };
}
