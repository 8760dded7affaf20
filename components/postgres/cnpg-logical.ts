/** Logical replication among members that all write: what each publishes, and what it takes from the others. */
import type {
  PostgresCnpgSpec,
  PostgresMember,
  PostgresTopology,
} from "../../automation/fleet/specs/kubernetes/postgres";
import { identifier, PUBLICATION } from "./cnpg-names";

type ConflictPolicy = Extract<PostgresTopology, { kind: "multi-writer" }>["conflict"]["policy"];
type Subscriber = Extract<PostgresTopology, { kind: "subscriber" }>;

/** Since PostgreSQL 17 a logical slot can move with the primary inside its region; before, its changes are lost. */
export const slotsFollow = (version: string): boolean => Number.parseInt(version, 10) >= 17;

/** The `spec` of a Publication of every table of a database, those still to come too. */
export const publicationSpec = (cluster: string, database: string) => ({
  cluster: { name: cluster },
  name: PUBLICATION,
  dbname: database,
  target: { allTables: true },
  publicationReclaimPolicy: "delete",
});

/** The `spec` of a Subscription to another member's database. */
export const subscriptionSpec = (
  { cluster, version }: Pick<PostgresCnpgSpec, "cluster" | "version">,
  peer: PostgresMember,
  database: string,
  policy: ConflictPolicy,
) => ({
  cluster: { name: cluster },
  name: identifier(`from_${peer.region}_${database}`),
  dbname: database,
  externalClusterName: peer.cluster,
  publicationName: PUBLICATION,
  publicationDBName: database,
  subscriptionReclaimPolicy: "delete",
  parameters: {
    // Only what was written there: a change that came from here would circle for ever.
    origin: "none",
    // A member begins as a copy of another, but what was written between that copy and this subscription is in
    // neither. Where the last write wins rows may be copied again: known ones are skipped, the missing ones come.
    copy_data: String(policy === "last-write-wins"),
    // The publisher keeps the slot when its primary moves to another instance.
    ...(slotsFollow(version) ? { failover: "true" } : {}),
    // A change that cannot be applied stops the subscription and an alert says so, instead of retrying for ever.
    disable_on_error: "true",
    streaming: "parallel",
  },
});

/** The `spec` of a query replica's Subscription: first a copy of every row, then each change. */
export const replicaSubscriptionSpec = (
  { cluster, version }: Pick<PostgresCnpgSpec, "cluster" | "version">,
  { publisher }: Subscriber,
  database: string,
) => ({
  cluster: { name: cluster },
  name: identifier(`${cluster}_${database}`),
  dbname: database,
  externalClusterName: publisher.cluster,
  publicationName: PUBLICATION,
  publicationDBName: database,
  // The publisher may be gone when this copy is deleted; its bound on kept WAL frees a slot that was left.
  subscriptionReclaimPolicy: "retain",
  parameters: {
    copy_data: "true",
    ...(slotsFollow(version) ? { failover: "true" } : {}),
    // While a migration has reached the publisher and not yet this copy, changes wait: an alert counts the attempts.
    disable_on_error: "false",
    streaming: "parallel",
  },
});
