/** PostgreSQL on RDS that other regions replicate with, both ways, by pglogical. */
import type { Deletion } from "../deletion";
import type { HostPort } from "../kubernetes/quantities";
import type { SecretRef } from "../secret-ref";

/** Outputs of a region's stack that other regions read: backups are copied by the region they go to. */
export const pglogicalOutput = { arn: "postgresArn" } as const;

/** What the server must have room for: databases times other regions, and some to spare. */
export interface PglogicalRoom {
  /** Slots of what is sent, and origins of what is received: PostgreSQL 17 counts both against one limit. */
  readonly slots: number;
  readonly senders: number;
  readonly workers: number;
  /** WAL a region that is away may hold back; past it that region is copied anew, but this one lives. */
  readonly heldMib: number;
}

export interface PglogicalBackup {
  readonly retentionDays: number;
  /** UTC: `04:00-04:30`. */
  readonly window: string;
  readonly maintenance: string;
  /** Regions whose backups this one keeps a second copy of. */
  readonly copiesOf: readonly string[];
}

export interface PglogicalDatabaseSpec {
  readonly kind: "postgres/pglogical-database";
  /** Of the component, for example `postgres`. */
  readonly name: string;
  readonly region: string;
  /** Begins the physical names: `eden-us-east-1-postgres`. */
  readonly prefix: string;
  /** The name other regions and applications know it by, in the platform's private zone. */
  readonly endpoint: HostPort;
  /** Major version, for example `17`. */
  readonly version: string;
  readonly instanceClass: string;
  readonly storageGib: number;
  readonly multiZone: boolean;
  readonly conflicts: "last_update_wins" | "first_update_wins" | "keep_local";
  readonly room: PglogicalRoom;
  readonly admin: { readonly user: string; readonly password: SecretRef };
  readonly backup: PglogicalBackup;
  readonly deletion: Deletion;
}
