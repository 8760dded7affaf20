/** Copies of the writer's databases for query services, in every region of a cell. */
import type { HostPort } from "../specs/kubernetes/quantities";
import type { PostgresCnpgSpec, PostgresMember } from "../specs/kubernetes/postgres";
import { cellOf, type PlanInput, type PlannedRegion } from "./plan-input";
import { type Cnpg, membersIn, postgresSpec } from "./postgres";
import { clusterName, queryClusterName } from "./postgres-names";

const PORT = 5432;

/** The writer as a region reaches it: over the network, or in the same Kubernetes cluster. */
function publisherOf(input: PlanInput, postgres: Cnpg, region: string): PostgresMember | undefined {
  const cell = cellOf(input, region);
  const writer = cell.writers[0]?.region;
  if (writer === region) {
    const host = `${clusterName(region)}-rw.${postgres.namespace}.svc`;
    return { cluster: clusterName(region), region, endpoint: { host, port: PORT } };
  }
  return membersIn(input, cell).find((member) => member.region === writer);
}

/**
 * A cluster of its own, so it can have indexes and settings of its own. It holds nothing that is not the
 * writer's, hence no backup and no protection: after a failover the new writer's copy takes its place.
 */
export function queryReplicaSpec(
  input: PlanInput,
  postgres: Cnpg,
  region: PlannedRegion,
): PostgresCnpgSpec | undefined {
  const { readReplicas } = postgres;
  const publisher = publisherOf(input, postgres, region.name);
  const writer = cellOf(input, region.name).writers[0];
  if (readReplicas === undefined || publisher === undefined || writer === undefined) return undefined;
  const member = postgresSpec(input, postgres, region);
  const { user, password } = postgres.replication.logical;
  return {
    kind: member.kind,
    name: "postgres-query",
    cluster: queryClusterName(writer.region, writer.epoch),
    namespace: member.namespace,
    version: member.version,
    instances: readReplicas.instances,
    storage: member.storage,
    resources: member.resources,
    parameters: member.parameters,
    database: member.database,
    owner: member.owner,
    ownerPassword: member.ownerPassword,
    topology: {
      kind: "subscriber",
      publisher,
      replication: { user, password, databases: readReplicas.databases },
    },
    bootstrap: { kind: "schema", from: publisher.cluster },
    ...(member.tls === undefined ? {} : { tls: member.tls }),
    monitoring: member.monitoring,
    ...(member.alerts === undefined ? {} : { alerts: member.alerts }),
    deletion: "free",
  };
}

/** Where the query services of a region read. */
export function queryEndpoint(input: PlanInput, postgres: Cnpg, region: string): HostPort | undefined {
  const writer = cellOf(input, region).writers[0];
  if (postgres.readReplicas === undefined || writer === undefined) return undefined;
  return {
    host: `${queryClusterName(writer.region, writer.epoch)}-r.${postgres.namespace}.svc`,
    port: PORT,
  };
}
