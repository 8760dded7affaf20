/** PostgreSQL by CloudNativePG: which cluster each region runs, and whom it follows. */
import type { PlatformManifest } from "../../manifest/schema/manifest";
import type { HostPort } from "../specs/kubernetes/quantities";
import type {
  PostgresBackup,
  PostgresBootstrap,
  PostgresCnpgSpec,
  PostgresMember,
  PostgresTopology,
} from "../specs/kubernetes/postgres";
import type { Cell } from "../topology";
import { minioBackup } from "./minio";
import { cellOf, isWriter, type PlanInput, type PlannedRegion, writerOf } from "./plan-input";
import { publicationOf, synchronousIn } from "./postgres-sync";
import { clusterName } from "./postgres-names";

type Services = PlatformManifest["spec"]["services"];
export { clusterName };
export type Cnpg = Extract<NonNullable<Services["postgres"]>, { engine: "cnpg" }>;

/** A member of a cell; copies for queries are planned from it. */
type MemberTopology = Exclude<PostgresTopology, { kind: "subscriber" }>;

const PORT = 5432;
const SECONDS_A_DAY = 86_400;

/** Where other regions reach a region's cluster. */
export function postgresEndpoint({ manifest }: PlannedRegion): HostPort | undefined {
  const host = manifest.spec.endpoints["postgres"];
  return host === undefined ? undefined : { host, port: PORT };
}

/** Members of a cell that others can reach. */
export function membersIn({ regions }: PlanInput, cell: Cell): readonly PostgresMember[] {
  const names = [...cell.writers.map((writer) => writer.region), ...cell.standbys, ...cell.readers];
  return regions
    .filter(({ name }) => names.includes(name))
    .flatMap((region) => {
      const endpoint = postgresEndpoint(region);
      return endpoint === undefined
        ? []
        : [{ cluster: clusterName(region.name), region: region.name, endpoint }];
    });
}

function topologyOf(input: PlanInput, postgres: Cnpg, region: string): MemberTopology {
  const cell = cellOf(input, region);
  const members = membersIn(input, cell);
  if (members.length < 2) return { kind: "single" };
  const { user, password, logical, mode } = postgres.replication;
  if (cell.writers.length > 1) {
    return {
      kind: "multi-writer",
      members,
      replication: { user: logical.user, password: logical.password, databases: [postgres.database] },
      conflict: { policy: conflictPolicy(cell), column: logical.column },
    };
  }
  const primary = writerOf(cell);
  const next = region === primary ? (cell.standbys[0] ?? cell.readers[0] ?? primary) : primary;
  return {
    kind: "distributed",
    members,
    primary: clusterName(primary),
    source: clusterName(next),
    replication: {
      user,
      ...(password === undefined ? {} : { password }),
      ...(mode === "sync" ? { named: true } : {}),
    },
  };
}

const POLICIES = ["last-write-wins", "crdt", "keep-local", "custom"] as const;

const conflictPolicy = ({ conflict }: Cell): (typeof POLICIES)[number] =>
  POLICIES.find((policy) => policy === conflict) ?? "last-write-wins";

/**
 * Only the first writer of a first epoch starts empty. A writer past it got its data from a failover, and a
 * second writer must begin with what the first holds: subscriptions carry changes, not what was there.
 */
function bootstrapOf(cell: Cell, topology: MemberTopology, region: string): PostgresBootstrap {
  if (topology.kind === "single") return { kind: "initdb" };
  const [first] = cell.writers;
  if (topology.kind === "multi-writer") {
    return first === undefined || first.region === region
      ? { kind: "initdb" }
      : { kind: "basebackup", from: clusterName(first.region) };
  }
  if (first?.region !== region) return { kind: "basebackup", from: topology.primary };
  return first.epoch > 1 ? { kind: "basebackup", from: topology.source } : { kind: "initdb" };
}

/** Backups go to the platform's R2 bucket, or to the MinIO tenant of the region, where it has one. */
function backupOf({ backup }: Cnpg, { objectStore }: Services): PostgresBackup | undefined {
  const plan = {
    schedule: backup.schedule,
    retentionDays: Math.ceil(backup.retention / SECONDS_A_DAY),
    walArchive: backup.walArchive,
  };
  if (objectStore?.engine === "minio") return minioBackup(objectStore, plan);
  if (objectStore?.engine !== "r2") return undefined;
  const { bucket, accountId, jurisdiction, accessKeyId, secretAccessKey } = objectStore;
  return { bucket, accountId, jurisdiction, accessKeyId, secretAccessKey, ...plan };
}

/** The cluster of one region. */
export function postgresSpec(input: PlanInput, postgres: Cnpg, region: PlannedRegion): PostgresCnpgSpec {
  const cell = cellOf(input, region.name);
  const topology = topologyOf(input, postgres, region.name);
  const endpoint = topology.kind === "single" ? undefined : postgresEndpoint(region);
  const backup = backupOf(postgres, input.fleet.platform.spec.services);
  // Monitors and alert rules are kinds of the Prometheus operator: without telemetry nobody knows them.
  const observed = input.fleet.platform.spec.services.telemetry !== undefined;
  const { mode, synchronous, ca, tls } = postgres.replication;
  return {
    kind: "postgres/cnpg",
    name: "postgres",
    cluster: clusterName(region.name),
    namespace: postgres.namespace,
    version: postgres.version,
    instances: postgres.instances,
    storage: { size: postgres.storage.size, storageClass: postgres.storage.class },
    resources: postgres.resources,
    parameters: {},
    database: postgres.database,
    owner: postgres.owner,
    ownerPassword: postgres.ownerPassword,
    topology,
    bootstrap: bootstrapOf(cell, topology, region.name),
    ...(mode === "sync" && isWriter(cell, region.name)
      ? { synchronous: synchronousIn(input, cell, topology, synchronous) }
      : {}),
    ...publicationOf(postgres, topology),
    ...(topology.kind === "single"
      ? {}
      : { tls: { mode: tls, caCertificate: ca.certificate, caKey: ca.key } }),
    ...(backup === undefined ? {} : { backup }),
    ...(endpoint === undefined ? {} : { endpoint }),
    monitoring: observed,
    ...(postgres.alerts === undefined || !observed
      ? {}
      : { alerts: { lagSeconds: postgres.alerts.lag, conflicts: postgres.alerts.conflicts } }),
    deletion: postgres.deletion,
  };
}
