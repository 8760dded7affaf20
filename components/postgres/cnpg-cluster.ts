import type { PostgresCnpgSpec, PostgresTopology } from "../../automation/fleet/specs/kubernetes/postgres";
import {
  backupStore,
  LOGICAL_SECRET,
  OPERATOR_PLUGIN,
  REPLICATION_SECRET,
  STREAMING_ROLE,
  trustSecret,
} from "./cnpg-names";
import { slotsFollow } from "./cnpg-logical";
import { watchesSubscriptions } from "./cnpg-observation";
import { synchronousOf } from "./cnpg-synchronous";
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
    // Only a superuser may tell a subscription of new tables, as a migration has to.
    ...(spec.topology.kind === "subscriber" ? { enableSuperuserAccess: true } : {}),
    ...managedOf(spec),
    ...pluginsOf(spec),
    ...(watchesSubscriptions(spec.topology)
      ? { monitoring: { customQueriesConfigMap: [{ name: `${spec.cluster}-queries`, key: "queries" }] } }
      : {}),
  };
}

/** A role of one's own replicates by password, and pg_hba's `all` does not cover physical replication. */
export const passwordRole = (topology: PostgresTopology): string | undefined =>
  topology.kind === "single" || topology.kind === "subscriber" || topology.replication.user === STREAMING_ROLE
    ? undefined
    : topology.replication.user;

function postgresqlOf(spec: PostgresCnpgSpec) {
  const { parameters, topology } = spec;
  const role = passwordRole(topology);
  return {
    parameters: { ...topologyParameters(spec), ...parameters },
    ...synchronousOf(spec),
    ...(role === undefined ? {} : { pg_hba: [`hostssl replication ${role} all scram-sha-256`] }),
  };
}

/** Whether others subscribe to this cluster: then its logical slots matter. */
const isPublisher = ({ topology, publication }: PostgresCnpgSpec): boolean =>
  topology.kind === "multi-writer" || publication !== undefined;

/** Commit times tell which of two writes came later; logical standbys must keep up before they matter. */
function topologyParameters(spec: PostgresCnpgSpec): Readonly<Record<string, string>> {
  const { topology, version, publication } = spec;
  if (!isPublisher(spec)) return {};
  const slots = slotsFollow(version) ? { hot_standby_feedback: "on", sync_replication_slots: "on" } : {};
  return {
    ...(topology.kind === "multi-writer" ? { track_commit_timestamp: "on" } : {}),
    ...slots,
    ...(publication === undefined ? {} : { max_slot_wal_keep_size: publication.keepWal }),
  };
}

/** Logical slots that follow a failover inside the region: without them its subscribers lose changes. */
const slotsOf = (spec: PostgresCnpgSpec) => ({
  highAvailability: {
    enabled: true,
    ...(isPublisher(spec) && slotsFollow(spec.version) ? { synchronizeLogicalDecoding: true } : {}),
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

function managedOf({ cluster, endpoint, topology, publication }: PostgresCnpgSpec) {
  const role = passwordRole(topology);
  const roles = [
    ...(role === undefined ? [] : [replicationRole(role, REPLICATION_SECRET)]),
    ...(publication === undefined ? [] : [replicationRole(publication.user, LOGICAL_SECRET)]),
  ];
  if (endpoint === undefined && roles.length === 0) return {};
  return {
    managed: {
      ...(endpoint === undefined
        ? {}
        : { services: { additional: [endpointService(cluster, endpoint.port)] } }),
      ...(roles.length === 0 ? {} : { roles }),
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

const replicationRole = (name: string, secret: string) => ({
  name,
  ensure: "present",
  login: true,
  replication: true,
  inRoles: ["pg_read_all_data"],
  passwordSecret: { name: secret },
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
