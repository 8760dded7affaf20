/**
 * What a topology means for one cluster: whom it knows, whom it follows, how it began.
 *
 * Every member lists all members, itself too, and says who is primary. So a controlled switchover is two
 * edits: `primary` in the old primary, which then shows a demotion token in its status, and `primary` with
 * that token in the new one. The operator refuses the promotion until the token's last byte is replayed.
 */
import type {
  PostgresCnpgSpec,
  PostgresMember,
  PostgresTopology,
} from "../../automation/fleet/specs/kubernetes/postgres";
import {
  backupStore,
  OPERATOR_PLUGIN,
  ownerSecret,
  REPLICATION_SECRET,
  replicationCertificate,
  STREAMING_ROLE,
  subscriberSecret,
  trustSecret,
} from "./cnpg-names";

type Distributed = Extract<PostgresTopology, { kind: "distributed" }>;

/** The parts of a CNPG Cluster that say where it stands among the others. */
export function topologyOf(spec: PostgresCnpgSpec) {
  const bootstrap = bootstrapOf(spec);
  const { topology } = spec;
  switch (topology.kind) {
    case "single":
      return { bootstrap, externalClusters: externalSelf(spec) };
    case "distributed":
      return {
        bootstrap,
        replica: replicaOf(spec.cluster, topology),
        externalClusters: topology.members.map((member) =>
          externalCluster(spec, member, topology.replication),
        ),
      };
    case "multi-writer":
      return {
        bootstrap,
        externalClusters: topology.members.map((member) =>
          externalCluster(spec, member, topology.replication),
        ),
      };
    case "subscriber":
      return {
        bootstrap,
        externalClusters: [externalCluster(spec, topology.publisher, topology.replication)],
      };
  }
}

const replicaOf = (self: string, { primary, source, promotionToken }: Distributed) => ({
  self,
  primary,
  source,
  ...(promotionToken === undefined ? {} : { promotionToken }),
});

/** The secret is named even for a replica: once promoted, it keeps the owner's password. */
function bootstrapOf({ bootstrap, cluster, database, owner }: PostgresCnpgSpec) {
  const application = { database, owner, secret: { name: ownerSecret(cluster) } };
  switch (bootstrap.kind) {
    case "initdb":
      return { initdb: { ...application, dataChecksums: true, encoding: "UTF8" } };
    case "schema":
      return {
        initdb: {
          ...application,
          encoding: "UTF8",
          dataChecksums: true,
          import: schemaOf(bootstrap.from, database),
        },
      };
    case "basebackup":
      return { pg_basebackup: { ...application, source: bootstrap.from } };
    case "recovery":
      return { recovery: { ...application, source: bootstrap.from } };
  }
}

const schemaOf = (externalCluster: string, database: string) => ({
  type: "microservice",
  schemaOnly: true,
  databases: [database],
  source: { externalCluster },
  // The publisher's own publications and subscriptions mean nothing here.
  pgDumpExtraOptions: ["--no-publications", "--no-subscriptions"],
});

/** A cluster alone needs no other, but recovering from its own archive it must name that. */
const externalSelf = (spec: PostgresCnpgSpec) =>
  spec.bootstrap.kind === "recovery"
    ? [{ name: spec.bootstrap.from, ...archiveOf(spec, spec.bootstrap.from) }]
    : [];

function externalCluster(
  spec: PostgresCnpgSpec,
  member: PostgresMember,
  replication: { readonly user: string; readonly password?: unknown; readonly named?: boolean },
) {
  const logical = spec.topology.kind === "multi-writer" || spec.topology.kind === "subscriber";
  return {
    name: member.cluster,
    connectionParameters: {
      host: member.endpoint.host,
      port: String(member.endpoint.port),
      user: replication.user,
      // libpq knows `sslmode`; the `sslMode` of the document it refuses as an unknown option.
      sslmode: spec.tls?.mode ?? "require",
      dbname: logical ? spec.database : "postgres",
      ...(replication.named === true ? { application_name: spec.cluster } : {}),
    },
    ...(replication.user === STREAMING_ROLE ? clientCertificate(spec.cluster) : {}),
    ...(spec.tls === undefined ? {} : { sslRootCert: { name: trustSecret(spec.cluster), key: "ca.crt" } }),
    ...(replication.password === undefined
      ? {}
      : { password: { name: passwordSecret(spec), key: "password" } }),
    ...archiveOf(spec, member.cluster),
  };
}

const passwordSecret = ({ cluster, topology }: PostgresCnpgSpec): string =>
  topology.kind === "subscriber" ? subscriberSecret(cluster) : REPLICATION_SECRET;

/** This cluster's own certificate opens the door of the others, for one authority signs them all. */
const clientCertificate = (cluster: string) => ({
  sslCert: { name: replicationCertificate(cluster), key: "tls.crt" },
  sslKey: { name: replicationCertificate(cluster), key: "tls.key" },
});

/** WAL of another member comes from its archive when streaming has fallen too far behind. */
const archiveOf = (spec: PostgresCnpgSpec, serverName: string) =>
  spec.backup === undefined
    ? {}
    : {
        plugin: {
          name: OPERATOR_PLUGIN,
          parameters: { barmanObjectName: backupStore(spec.cluster), serverName },
        },
      };
