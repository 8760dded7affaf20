import type { PostgresCnpgSpec, PostgresTopology } from "../../automation/fleet/specs/kubernetes/postgres";
import { backupStore, OPERATOR_PLUGIN, REPLICATION_SECRET, STREAMING_ROLE, trustSecret } from "./cnpg-names";
import { slotsFollow } from "./cnpg-logical";
import { topologyOf } from "./cnpg-topology";

/** The `spec` of the CNPG Cluster. */
export function clusterSpec(spec: PostgresCnpgSpec, labels: Readonly<Record<string, string>>) {
  const { resources, storage } = spec;
  return {
    description: `${spec.database} of ${labels["app.kubernetes.io/part-of"] ?? "this platform"}`,
    imageName: `ghcr.io/cloudnative-pg/postgresql:${spec.version}`,
    instances: spec.instances,
    inheritedMetadata: { labels },
    storage: { size: storage.size, storageClass: storage.storageClass },
    // Equal requests and limits: the kernel takes memory from others first.
    resources: { requests: resources, limits: resources },
    // One instance a node where there are nodes enough.
    affinity: { enablePodAntiAffinity: true, topologyKey: "kubernetes.io/hostname" },
    primaryUpdateStrategy: "unsupervised",
    primaryUpdateMethod: "switchover",
    postgresql: postgresqlOf(spec),
    replicationSlots: slotsOf(spec),
    ...topologyOf(spec),
    ...certificatesOf(spec),
    ...managedOf(spec),
    ...pluginsOf(spec),
    ...(spec.topology.kind === "multi-writer"
      ? { monitoring: { customQueriesConfigMap: [{ name: `${spec.cluster}-queries`, key: "queries" }] } }
      : {}),
  };
}

/** A role of one's own replicates by password, and pg_hba's `all` does not cover physical replication. */
export const passwordRole = (topology: PostgresTopology): string | undefined =>
  topology.kind === "single" || topology.replication.user === STREAMING_ROLE
    ? undefined
    : topology.replication.user;

function postgresqlOf(spec: PostgresCnpgSpec) {
  const { parameters, synchronous, topology } = spec;
  const role = passwordRole(topology);
  return {
    parameters: { ...topologyParameters(spec), ...parameters },
    ...(synchronous === undefined
      ? {}
      : {
          synchronous: {
            method: "any",
            number: synchronous.standbys,
            dataDurability: synchronous.dataDurability,
          },
        }),
    ...(role === undefined ? {} : { pg_hba: [`hostssl replication ${role} all scram-sha-256`] }),
  };
}

/** Commit times tell which of two writes came later; logical standbys must keep up before they matter. */
function topologyParameters({ topology, version }: PostgresCnpgSpec): Readonly<Record<string, string>> {
  if (topology.kind !== "multi-writer") return {};
  const slots = slotsFollow(version) ? { hot_standby_feedback: "on", sync_replication_slots: "on" } : {};
  return { track_commit_timestamp: "on", ...slots };
}

/** Logical slots that follow a failover inside the region: without them its subscribers lose changes. */
const slotsOf = ({ topology, version }: PostgresCnpgSpec) => ({
  highAvailability: {
    enabled: true,
    ...(topology.kind === "multi-writer" && slotsFollow(version) ? { synchronizeLogicalDecoding: true } : {}),
  },
});

function certificatesOf({ cluster, tls, endpoint }: PostgresCnpgSpec) {
  if (tls === undefined) return {};
  const trust = trustSecret(cluster);
  return {
    certificates: {
      serverCASecret: trust,
      clientCASecret: trust,
      ...(endpoint === undefined ? {} : { serverAltDNSNames: [endpoint.host] }),
    },
  };
}

function managedOf({ cluster, endpoint, topology }: PostgresCnpgSpec) {
  const role = passwordRole(topology);
  if (endpoint === undefined && role === undefined) return {};
  return {
    managed: {
      ...(endpoint === undefined
        ? {}
        : { services: { additional: [endpointService(cluster, endpoint.port)] } }),
      ...(role === undefined ? {} : { roles: [replicationRole(role)] }),
    },
  };
}

/** Follows the instance that others replicate from: the primary, in a replica cluster the designated one. */
const endpointService = (cluster: string, port: number) => ({
  selectorType: "rw",
  serviceTemplate: {
    metadata: { name: `${cluster}-endpoint` },
    spec: {
      type: "LoadBalancer",
      ports: [{ name: "postgres", port, targetPort: 5432, protocol: "TCP" }],
    },
  },
});

const replicationRole = (name: string) => ({
  name,
  ensure: "present",
  login: true,
  replication: true,
  inRoles: ["pg_read_all_data"],
  passwordSecret: { name: REPLICATION_SECRET },
});

const pluginsOf = ({ backup, cluster }: PostgresCnpgSpec) =>
  backup === undefined
    ? {}
    : {
        plugins: [
          {
            name: OPERATOR_PLUGIN,
            isWALArchiver: backup.walArchive,
            parameters: { barmanObjectName: backupStore(cluster), serverName: cluster },
          },
        ],
      };
