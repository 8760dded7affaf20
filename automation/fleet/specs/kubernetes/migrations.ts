/**
 * Changes of the schema by expand and contract: old and new applications run side by side in between.
 *
 * `expand` adds what the new version needs, `migrate` fills it, `contract` takes away what only the old version
 * used. Each phase is a Job after the one before, each file is done once, and every target keeps a ledger, so a
 * Job may run again at any time. No statement waits long for a lock: a queue behind it would stop everybody.
 *
 * Applications say which schema they were made for: each instance keeps its row of `meridian.serving`
 * (instance, region, schema_version, seen_at) fresh. `contract` is refused while one of them is older, and
 * while none says anything.
 */
import type { SecretRef } from "../secret-ref";

export type MigrationPhase = "expand" | "migrate" | "contract";

/** One database to change. */
export interface MigrationTarget {
  /** Its cluster, under which its ledger is kept: `postgresql-eu-central`. */
  readonly cluster: string;
  readonly host: string;
  /** Secret with `username` and `password`. */
  readonly login: string;
  /** Copies take the rows from the writer: they are expanded and contracted, not migrated. */
  readonly copy: boolean;
  /** Of a copy: told to take tables that are new. */
  readonly subscription?: string;
}

export interface MigrationsSpec {
  readonly kind: "migrations/expand-contract";
  /** Of the component, for example `migrations`. */
  readonly name: string;
  readonly namespace: string;
  /** Image with `/migrations/{expand,migrate,contract}/*.sql`. */
  readonly image: string;
  /** Of psql. */
  readonly postgresVersion: string;
  readonly database: string;
  readonly owner: string;
  /** Of the schema these files end at: a whole number that rises. */
  readonly version: number;
  /** The last phase to run. */
  readonly upTo: MigrationPhase;
  readonly lockTimeoutSeconds: number;
  /** In the order of `expand`; `contract` goes the other way round. */
  readonly targets: readonly MigrationTarget[];
  /** Where the writer's applications say what they were made for: asked before `contract`. */
  readonly writer: MigrationWriter;
}

/** The writer as this region reaches it. */
export interface MigrationWriter {
  readonly cluster: string;
  readonly host: string;
  readonly username: string;
  readonly password: SecretRef;
}
