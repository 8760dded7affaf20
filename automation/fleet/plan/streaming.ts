/** PostgreSQL by RDS: who is primary, who follows, and how many connections there may be. */
import type { PlatformManifest } from "../../manifest/schema/manifest";
import type { StreamingBackup, StreamingPostgresSpec, StreamingRole } from "../specs/aws/streaming";
import { backupWindow, gibOf, maintenanceWindow } from "./aws-quantities";
import { mostInstances } from "./instances";
import { hostIn } from "./internal-host";
import { cellOf, isWriter, type PlanInput, type PlannedRegion, writerOf } from "./plan-input";

type Services = PlatformManifest["spec"]["services"];
export type Streaming = Extract<NonNullable<Services["postgres"]>, { engine: "streaming" }>;

const SECONDS_A_DAY = 86_400;
/** For migrations, backups, monitoring and people. */
const RESERVED_CONNECTIONS = 40;
/** RDS keeps no more. */
const LONGEST_RETENTION = 35;

/** A name PostgreSQL takes without quotes. */
const databaseName = (platform: string): string => platform.replaceAll("-", "_");

function roleOf(input: PlanInput, region: string): StreamingRole {
  const cell = cellOf(input, region);
  if (!isWriter(cell, region)) return { kind: "replica", of: writerOf(cell) };
  const { name } = input.fleet.platform.metadata;
  const password = { secret: "postgres-owner-password" };
  return { kind: "primary", database: databaseName(name), owner: { user: "owner", password } };
}

/** Writes of every region reach the primary, and a replica that allowed fewer connections could not follow it. */
const maximumConnections = (input: PlanInput, { poolSize }: Streaming): number =>
  RESERVED_CONNECTIONS +
  poolSize * input.regions.reduce((sum, region) => sum + mostInstances(input, region), 0);

const backupOf = ({ backup }: Streaming, role: StreamingRole, region: string): StreamingBackup => ({
  retentionDays: Math.min(LONGEST_RETENTION, Math.max(1, Math.ceil(backup.retention / SECONDS_A_DAY))),
  window: backupWindow(backup.schedule),
  maintenance: maintenanceWindow(backup.schedule),
  copied: role.kind === "replica" && backup.copyTo.includes(region),
});

/** The database of one region. */
export function streamingSpec(
  input: PlanInput,
  postgres: Streaming,
  { name: region, manifest }: PlannedRegion,
): StreamingPostgresSpec {
  const platform = input.fleet.platform.metadata.name;
  const role = roleOf(input, region);
  return {
    kind: "postgres/streaming",
    name: "postgres",
    region,
    location: manifest.spec.location,
    prefix: `${platform}-${region}-postgres`,
    role,
    epoch: cellOf(input, region).writers[0]?.epoch ?? 1,
    version: postgres.version,
    instanceClass: postgres.instanceClass,
    storageGib: gibOf(postgres.storage.size),
    multiZone: role.kind === "primary",
    maximumConnections: maximumConnections(input, postgres),
    forceTls: postgres.encryptedStreams || input.fleet.platform.spec.security.encryptionInTransit,
    backup: backupOf(postgres, role, region),
    app: { user: "app", password: { secret: "postgres-app-password" } },
    ...(postgres.rowLevelSecurity === undefined
      ? {}
      : { rowSecurity: { column: postgres.rowLevelSecurity.column } }),
    ...hostIn(input, region, "postgres"),
    deletion: postgres.deletion,
  };
}
