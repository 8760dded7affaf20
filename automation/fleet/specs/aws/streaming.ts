/** PostgreSQL on RDS: one primary, and a read replica in each other region that streams from it. */
import type { Deletion } from "../deletion";
import type { SecretRef } from "../secret-ref";

/** Outputs of a region's stack that the stacks of its replicas read. */
export const streamingOutput = { arn: "postgresArn", address: "postgresAddress" } as const;

/** Whether the region takes the writes; a change from `replica` to `primary` promotes what is there. */
export type StreamingRole =
  | { readonly kind: "primary"; readonly database: string; readonly owner: PostgresLogin }
  /** `of` names the region, and so the stack, of the primary. */
  | { readonly kind: "replica"; readonly of: string };

/** A user of the database; the password is in Secrets Manager of each region. */
export interface PostgresLogin {
  readonly user: string;
  readonly password: SecretRef;
}

export interface StreamingBackup {
  /** WAL and full backups alike, so that any second of these days can be restored. */
  readonly retentionDays: number;
  /** UTC, for example `03:00-03:30`. */
  readonly window: string;
  /** UTC, for example `sun:05:00-sun:05:30`: never at the time of the backup. */
  readonly maintenance: string;
  /** True where the backups of the primary are kept a second time. */
  readonly copied: boolean;
}

/** Rows of a tenant are seen by that tenant only. */
export interface RowSecurity {
  readonly column: string;
}

export interface StreamingPostgresSpec {
  readonly kind: "postgres/streaming";
  readonly name: string;
  readonly region: string;
  /** For example `us-east-1`. */
  readonly location: string;
  /** Begins the physical names, for example `hse-us-east-postgres`. */
  readonly prefix: string;
  readonly role: StreamingRole;
  /** Its name in the platform's private zone, for example `postgres.us-east.hse.internal`. */
  readonly host?: string;
  /** Of the write owner: names the last snapshot a primary leaves behind. */
  readonly epoch: number;
  /** Major version, for example `17`. */
  readonly version: string;
  readonly instanceClass: string;
  readonly storageGib: number;
  /** A second copy in another zone, written synchronously. */
  readonly multiZone: boolean;
  /** Every instance of every region at its pool size: a replica must allow as many as its primary. */
  readonly maximumConnections: number;
  readonly forceTls: boolean;
  readonly backup: StreamingBackup;
  /** What applications connect as: owns nothing, so row-level security holds for it. */
  readonly app: PostgresLogin;
  readonly rowSecurity?: RowSecurity;
  readonly deletion: Deletion;
}
