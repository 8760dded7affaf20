/** The operator's objects: a cluster, those it replicates with, and the database they share. */
import type {
  RedisDatabaseSpec,
  RedisEnterpriseSpec,
  RedisMember,
} from "../../automation/fleet/specs/kubernetes/redis-enterprise";

/** Port of a cluster's REST API inside its own Kubernetes cluster. */
const API_PORT = 9443;
/** Both the API and the databases are reached through the gateway's TLS port, by server name. */
const GATEWAY_PORT = 443;

export const proxyCertificateSecret = (cluster: string): string => `${cluster}-proxy-certificate`;
export const databaseSecret = (database: string): string => `${database}-password`;
/** The operator looks for exactly this name. */
export const remoteSecret = (cluster: string): string => `redis-enterprise-${cluster}`;
export const LICENSE_SECRET = "redis-enterprise-license";
/** User of the clusters' REST API. */
export const API_USER = "meridian@redis.internal";

const NAME = "app.kubernetes.io/name";

/** The `spec` of the RedisEnterpriseCluster: nodes in different zones, data on disk, nothing in clear. */
export const clusterSpec = (spec: RedisEnterpriseSpec) => ({
  nodes: spec.nodes,
  licenseSecretName: LICENSE_SECRET,
  username: API_USER,
  persistentSpec: {
    enabled: true,
    storageClassName: spec.storage.storageClass,
    volumeSize: spec.storage.size,
  },
  redisEnterpriseNodeResources: {
    requests: { ...spec.resources },
    // Redis Enterprise reads its limits as the machine it has: both must be the same.
    limits: { ...spec.resources },
  },
  rackAwarenessNodeLabel: "topology.kubernetes.io/zone",
  dataInternodeEncryption: true,
  encryptPkeys: true,
  // Of the syncers the clusters make their own, and exchange them when they join a database.
  certificates: { proxyCertificateSecretName: proxyCertificateSecret(spec.member.cluster) },
  ...(spec.gateway === undefined
    ? {}
    : {
        ingressOrRouteSpec: {
          method: "istio",
          apiFqdnUrl: spec.member.api,
          dbFqdnSuffix: spec.member.suffix,
        },
      }),
  extraLabels: { [NAME]: "redis" },
});

/** The `spec` of a RedisEnterpriseRemoteCluster: each cluster knows every one, itself too. */
export const remoteClusterSpec = ({ api, cluster, suffix }: RedisMember, namespace: string) => ({
  recName: cluster,
  recNamespace: namespace,
  apiFqdnUrl: api,
  apiPort: GATEWAY_PORT,
  dbFqdnSuffix: suffix,
  secretName: remoteSecret(cluster),
});

/**
 * The `spec` of the RedisEnterpriseActiveActiveDatabase. Every second is on disk, each master has a replica in
 * another zone, and keys with a time to live give way when memory is short.
 */
export const databaseSpec = (spec: RedisEnterpriseSpec, database: RedisDatabaseSpec) => ({
  redisEnterpriseCluster: { name: spec.member.cluster },
  participatingClusters: database.members.map((name) => ({
    name,
    namespace: spec.namespace,
    externalReplicationPort: GATEWAY_PORT,
  })),
  globalConfigurations: {
    type: "redis",
    databasePort: spec.endpoint.port,
    databaseSecretName: databaseSecret(spec.databaseName),
    memorySize: database.memory,
    shardingEnabled: database.shards > 1,
    shardCount: database.shards,
    replication: true,
    rackAware: true,
    persistence: "aofEverySecond",
    evictionPolicy: "volatile-lru",
    tlsMode: "enabled",
    dataInternodeEncryption: true,
  },
});

/** Host other regions' syncers call. */
const databaseHost = ({ databaseName, member }: RedisEnterpriseSpec): string =>
  `${databaseName}${member.suffix}`;

/** The `spec` of the Gateway replication comes in by: TLS is passed through to Redis' own. */
export const gatewaySpec = (spec: RedisEnterpriseSpec) => ({
  selector: { ...spec.gateway },
  servers: [
    {
      port: { number: GATEWAY_PORT, name: "tls-redis", protocol: "TLS" },
      tls: { mode: "PASSTHROUGH" },
      hosts: [spec.member.api, databaseHost(spec)],
    },
  ],
});

/** The `spec` of the VirtualService behind it. */
export const passthroughSpec = (spec: RedisEnterpriseSpec, gateway: string) => ({
  hosts: [spec.member.api, databaseHost(spec)],
  gateways: [gateway],
  tls: [
    byServerName(spec.member.api, serviceHost(spec, spec.member.cluster), API_PORT),
    byServerName(databaseHost(spec), serviceHost(spec, spec.databaseName), spec.endpoint.port),
  ],
});

const byServerName = (name: string, host: string, port: number) => ({
  match: [{ port: GATEWAY_PORT, sniHosts: [name] }],
  route: [{ destination: { host, port: { number: port } } }],
});

/** The operator names the Services of a cluster and of a database after them. */
const serviceHost = ({ namespace }: RedisEnterpriseSpec, service: string): string =>
  `${service}.${namespace}.svc.cluster.local`;

/** The `spec` of the ServiceEntry that leads the platform's name for the region's cache to its database. */
export const endpointSpec = (spec: RedisEnterpriseSpec) => ({
  hosts: [spec.endpoint.host],
  location: "MESH_EXTERNAL",
  resolution: "DNS",
  // Applications speak TLS with Redis themselves.
  ports: [{ number: spec.endpoint.port, name: "tls-redis", protocol: "TLS" }],
  endpoints: [{ address: serviceHost(spec, spec.databaseName) }],
});
