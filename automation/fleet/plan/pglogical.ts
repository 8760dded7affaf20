/** pglogical: an RDS server a region, and what joins the databases of all regions. */
import type { PlatformManifest } from "../../manifest/schema/manifest";
import type { PglogicalDatabaseSpec, PglogicalRoom } from "../specs/aws/pglogical-database";
import type { HostPort } from "../specs/kubernetes/quantities";
import type { NamespaceSpec } from "../specs/kubernetes/namespaces";
import type { PglogicalLogin, PglogicalPeer, PglogicalSpec } from "../specs/kubernetes/pglogical";
import { backupWindow, gibOf, maintenanceWindow } from "./aws-quantities";
import { cellOf, type PlanInput, type PlannedRegion, writerOf } from "./plan-input";

type Services = PlatformManifest["spec"]["services"];
export type Pglogical = Extract<NonNullable<Services["postgres"]>, { engine: "pglogical" }>;

const NAMESPACE = "postgres";
const SECONDS_A_DAY = 86_400;
/** RDS keeps no more. */
const LONGEST_RETENTION = 35;
/** Regions a platform can ever have: sequences step by it, so it cannot grow later. */
const STRIDE = 16;
/** What is left to applications when a region has been away for long. */
const HELD_SHARE = 0.4;
/** For physical replication, backups and people. */
const SPARE = { slots: 4, senders: 6, workers: 8 } as const;
const LOCAL_SCHEMA = "local";

/** Equal in every region, because each dials the others with it. */
const ADMIN: PglogicalLogin = { user: "meridian", password: { secret: "postgres-admin-password" } };

const membersOf = ({ regions }: PlanInput, { hosts, port }: Pglogical): readonly PglogicalPeer[] =>
  regions.flatMap(({ name }): readonly PglogicalPeer[] => {
    const host = hosts[name];
    return host === undefined ? [] : [{ region: name, endpoint: { host, port } }];
  });

/** Each database sends to and receives from every other region, and a first copy takes a slot more. */
export function pglogicalRoom(databases: number, peers: number, storageGib: number): PglogicalRoom {
  const links = databases * peers;
  return {
    slots: 3 * links + SPARE.slots,
    senders: 2 * links + SPARE.senders,
    // One over all, one a database, and for each link one that applies and one that copies.
    workers: 1 + databases + 2 * links + SPARE.workers,
    heldMib: Math.floor(storageGib * 1024 * HELD_SHARE),
  };
}

/** Undefined for a region without a host. */
function place(
  input: PlanInput,
  postgres: Pglogical,
  region: string,
):
  | { readonly endpoint: HostPort; readonly peers: readonly PglogicalPeer[]; readonly room: PglogicalRoom }
  | undefined {
  const members = membersOf(input, postgres);
  const own = members.find((member) => member.region === region);
  if (own === undefined) return undefined;
  const peers = members.filter((member) => member !== own);
  const room = pglogicalRoom(postgres.nodeGroups.length, peers.length, gibOf(postgres.storage.size));
  return { endpoint: own.endpoint, peers, room };
}

/** The RDS server of one region, for its AWS stack. */
export function pglogicalDatabaseSpec(
  input: PlanInput,
  postgres: Pglogical,
  { name: region, manifest }: PlannedRegion,
): PglogicalDatabaseSpec | undefined {
  const placed = place(input, postgres, region);
  if (placed === undefined) return undefined;
  const { backup } = postgres;
  return {
    kind: "postgres/pglogical-database",
    name: "postgres",
    region,
    prefix: `${input.fleet.platform.metadata.name}-${region}-postgres`,
    endpoint: placed.endpoint,
    version: postgres.version,
    instanceClass: postgres.instanceClass,
    storageGib: gibOf(postgres.storage.size),
    multiZone: manifest.spec.capacity.zones > 1,
    conflicts: postgres.conflicts.strategy,
    room: placed.room,
    admin: ADMIN,
    backup: {
      retentionDays: Math.min(LONGEST_RETENTION, Math.max(1, Math.ceil(backup.retention / SECONDS_A_DAY))),
      window: backupWindow(backup.schedule),
      maintenance: maintenanceWindow(backup.schedule),
      copiesOf: backup.copyTo.includes(region) ? placed.peers.map((peer) => peer.region) : [],
    },
    deletion: postgres.deletion,
  };
}

/** What joins the databases of one region with the others, for the stack of its cluster. */
export function pglogicalSpec(
  input: PlanInput,
  postgres: Pglogical,
  { name: region }: PlannedRegion,
): PglogicalSpec | undefined {
  const placed = place(input, postgres, region);
  const members = membersOf(input, postgres);
  const writer = writerOf(cellOf(input, region));
  const seed = members.find((member) => member.region === writer) ?? members[0];
  if (placed === undefined || seed === undefined) return undefined;
  return {
    kind: "postgres/pglogical",
    name: "pglogical",
    namespace: NAMESPACE,
    region,
    index: input.fleet.platform.spec.regions.indexOf(region),
    stride: STRIDE,
    seed,
    endpoint: placed.endpoint,
    peers: placed.peers,
    version: postgres.version,
    admin: ADMIN,
    nodeGroups: postgres.nodeGroups.map((database) => ({ database, owner: ownerOf(database) })),
    localSchemas: [LOCAL_SCHEMA],
    conflicts: { table: postgres.conflicts.table, logging: postgres.conflicts.logging },
    monitoring: input.fleet.platform.spec.services.telemetry?.engine === "prometheus-stack",
    heldMib: placed.room.heldMib,
  };
}

/** As its service connects. */
const ownerOf = (database: string): PglogicalLogin => ({
  user: database,
  password: { secret: `postgres-${database.replaceAll("_", "-")}-password` },
});

const writtenIn = ({ fleet }: PlanInput): Pglogical | undefined => {
  const { postgres } = fleet.platform.spec.services;
  return postgres?.engine === "pglogical" ? postgres : undefined;
};

/** What the AWS stack of a region holds for it; nothing on a platform with another engine. */
export function pglogicalRegion(input: PlanInput, region: PlannedRegion): readonly PglogicalDatabaseSpec[] {
  const postgres = writtenIn(input);
  const spec = postgres === undefined ? undefined : pglogicalDatabaseSpec(input, postgres, region);
  return spec === undefined ? [] : [spec];
}

/** Regions whose AWS stack comes first: a copy of their backups names them. */
export const pglogicalAfter = (input: PlanInput, region: PlannedRegion): readonly string[] =>
  pglogicalRegion(input, region).flatMap(({ backup }) => backup.copiesOf);

/** Its namespace: nobody connects to it but who reads metrics. */
export const pglogicalNamespace = (
  labels: NamespaceSpec["labels"],
  admits: readonly string[],
): NamespaceSpec => ({
  name: NAMESPACE,
  labels,
  podSecurity: "restricted",
  ingress: "namespace",
  admits,
  publicPorts: [],
});
