/**
 * Logs of a region: Elasticsearch and Kibana by the ECK operator, each region's own.
 *
 * Logs never leave their region; a search does: the clusters trust one authority and know each other as remote
 * clusters (`us-west-2:logs-*`), which the free licence allows. A region that is lost is skipped.
 */
import type { PrometheusStackSpec } from "../../automation/fleet/specs/kubernetes/telemetry";
import {
  LOGS,
  peerAnnotations,
  peerHost,
  peerServiceSpec,
  SEARCH_PORT,
  TELEMETRY_SECRETS,
  userSecret,
  type LogsUser,
  type MakePart,
  type TelemetryPart,
} from "./prometheus-names";

export const ELASTIC_VERSION = "8.19.4";
export const LOGS_USERS: readonly LogsUser[] = ["shipper", "tracer", "keeper"];

export const elastic = (spec: PrometheusStackSpec, make: MakePart): readonly TelemetryPart[] => [
  {
    ...make("elasticsearch", ["elasticsearch.k8s.elastic.co/v1", "Elasticsearch"], LOGS, clusterSpec(spec), {
      // The operator copies the node's zone onto each pod, where the node sets below read it.
      annotations: { "eck.k8s.elastic.co/downward-node-labels": "topology.kubernetes.io/zone" },
    }),
    stateful: true,
  },
  make("kibana", ["kibana.k8s.elastic.co/v1", "Kibana"], LOGS, {
    version: ELASTIC_VERSION,
    count: 2,
    elasticsearchRef: { name: LOGS },
  }),
];

const clusterSpec = (spec: PrometheusStackSpec) => ({
  version: ELASTIC_VERSION,
  volumeClaimDeletePolicy: "DeleteOnScaledownOnly",
  auth: {
    fileRealm: LOGS_USERS.map((user) => ({ secretName: userSecret(user) })),
    roles: [{ secretName: TELEMETRY_SECRETS.roles }],
  },
  transport: {
    tls: {
      certificate: { secretName: TELEMETRY_SECRETS.transport },
      subjectAltNames: [{ dns: peerHost("search", spec.region, spec.domain) }],
    },
    ...(spec.logs.crossRegion ? { service: transportService(spec) } : {}),
  },
  nodeSets: [nodeSet(spec)],
});

const transportService = (spec: PrometheusStackSpec) => ({
  metadata: { annotations: peerAnnotations(peerHost("search", spec.region, spec.domain)) },
  spec: { ...peerServiceSpec(spec), ports: [{ name: "transport", port: SEARCH_PORT, protocol: "TCP" }] },
});

/** Three nodes, one a zone: a quorum survives the loss of any zone, and each shard has its copy in another. */
const nodeSet = ({ logs, peers, domain }: PrometheusStackSpec) => ({
  name: "nodes",
  count: 3,
  config: {
    "node.roles": ["master", "data", "ingest", "remote_cluster_client"],
    "node.attr.zone": "${ZONE}",
    "cluster.routing.allocation.awareness.attributes": "k8s_node_name,zone",
    // mmap needs a kernel setting that only a privileged container may change.
    "node.store.allow_mmap": false,
    ...(logs.crossRegion
      ? Object.fromEntries(peers.flatMap(({ region }) => remoteCluster(region, domain)))
      : {}),
  },
  podTemplate: {
    spec: {
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: "topology.kubernetes.io/zone",
          whenUnsatisfiable: "DoNotSchedule",
          labelSelector: { matchLabels: { "elasticsearch.k8s.elastic.co/cluster-name": LOGS } },
        },
      ],
      containers: [
        {
          name: "elasticsearch",
          env: [
            {
              name: "ZONE",
              valueFrom: {
                fieldRef: { fieldPath: "metadata.annotations['topology.kubernetes.io/zone']" },
              },
            },
          ],
          resources: { requests: { cpu: "500m", memory: "4Gi" }, limits: { memory: "4Gi" } },
        },
      ],
    },
  },
  volumeClaimTemplates: [
    {
      metadata: { name: "elasticsearch-data" },
      spec: {
        accessModes: ["ReadWriteOnce"],
        storageClassName: logs.storage.storageClass,
        resources: { requests: { storage: logs.storage.size } },
      },
    },
  ],
});

/** Through the balancer, which a sniffing client could not pass. */
function remoteCluster(region: string, domain: string): readonly (readonly [string, string | boolean])[] {
  const host = peerHost("search", region, domain);
  const setting = <T>(name: string, value: T) => [`cluster.remote.${region}.${name}`, value] as const;
  return [
    setting("mode", "proxy"),
    setting("proxy_address", `${host}:${String(SEARCH_PORT)}`),
    setting("server_name", host),
    setting("skip_unavailable", true),
  ];
}

/** Roles of the three users, as Elasticsearch reads them; a search from another region is judged by them too. */
export const LOGS_ROLES = `shipper:
  cluster: [monitor]
  indices:
    - names: ["logs-*"]
      privileges: [auto_configure, create_doc]
tracer:
  cluster: [monitor, manage_index_templates]
  indices:
    - names: ["jaeger-*"]
      privileges: [create_index, manage, read, read_cross_cluster, view_index_metadata, write]
keeper:
  cluster: [manage_ilm, manage_index_templates]
`;
