/**
 * pglogical inside a region's cluster: what joins its databases with those of the other regions, and watches.
 *
 * Every region lists the same databases and the other regions. The first copy of a region is made from the seed,
 * once; afterwards both write.
 */
import type { SecretRef } from "../secret-ref";
import type { HostPort } from "./quantities";

export interface PglogicalPeer {
  readonly region: string;
  readonly endpoint: HostPort;
}

export interface PglogicalLogin {
  readonly user: string;
  readonly password: SecretRef;
}

/** One node group: a database, and the role of its service that owns it, of the same name. */
export interface PglogicalNodeGroup {
  /** For example `eden_vault`. */
  readonly database: string;
  readonly owner: PglogicalLogin;
}

export interface PglogicalSpec {
  readonly kind: "postgres/pglogical";
  /** Of the component, for example `pglogical`. */
  readonly name: string;
  readonly namespace: string;
  readonly region: string;
  /** Place among the platform's regions: what makes its sequences its own. It must not change. */
  readonly index: number;
  /** Regions there can ever be: the step of every sequence. */
  readonly stride: number;
  /** Region that begins with data of its own. */
  readonly seed: PglogicalPeer;
  readonly endpoint: HostPort;
  readonly peers: readonly PglogicalPeer[];
  /** Major version of psql and pg_dump: the server's own. */
  readonly version: string;
  /** Master user of the servers of all regions. */
  readonly admin: PglogicalLogin;
  readonly nodeGroups: readonly PglogicalNodeGroup[];
  /** Tables of these schemas stay in their region. */
  readonly localSchemas: readonly string[];
  readonly conflicts: { readonly table: string; readonly logging: boolean };
  /** Metrics and rules for the Prometheus operator, where the cluster has one. */
  readonly monitoring: boolean;
  /** MiB of WAL that a region which is away may hold back. */
  readonly heldMib: number;
}
