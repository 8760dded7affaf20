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
    case "basebackup":
      return { pg_basebackup: { ...application, source: bootstrap.from } };
    case "recovery":
      return { recovery: { ...application, source: bootstrap.from } };
  }
}

/** A cluster alone needs no other, but recovering from its own archive it must name that. */
const externalSelf = (spec: PostgresCnpgSpec) =>
  spec.bootstrap.kind === "recovery"
    ? [{ name: spec.bootstrap.from, ...archiveOf(spec, spec.bootstrap.from) }]
    : [];

function externalCluster(
  spec: PostgresCnpgSpec,
  member: PostgresMember,
  replication: { readonly user: string; readonly password?: unknown },
) {
  return {
    name: member.cluster,
    connectionParameters: {
      host: member.endpoint.host,
      port: String(member.endpoint.port),
      user: replication.user,
      // libpq knows `sslmode`; the `sslMode` of the document it refuses as an unknown option.
      sslmode: spec.tls?.mode ?? "require",
      dbname: spec.topology.kind === "multi-writer" ? spec.database : "postgres",
    },
    ...(replication.user === STREAMING_ROLE ? clientCertificate(spec.cluster) : {}),
    ...(spec.tls === undefined ? {} : { sslRootCert: { name: trustSecret(spec.cluster), key: "ca.crt" } }),
    ...(replication.password === undefined
      ? {}
      : { password: { name: REPLICATION_SECRET, key: "password" } }),
    ...archiveOf(spec, member.cluster),
  };
}

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
