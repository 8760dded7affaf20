/** Names the parts of a region's telemetry find each other by. */
import type { PrometheusStackSpec } from "../../automation/fleet/specs/kubernetes/telemetry";
import type { CustomObject } from "../kubernetes/custom-object";
import { labelsOf, type KubernetesSetting } from "../kubernetes/setting";

type Annotations = Readonly<Record<string, string>>;

/** One custom resource, and the end of the name Pulumi knows it by. */
export interface TelemetryPart {
  readonly key: string;
  readonly object: CustomObject & { readonly metadata: { readonly annotations?: Annotations } };
  /** It holds data. */
  readonly stateful?: true;
}

export const REGIONAL = "regional";
export const GLOBAL = "global";
/** Service of each Prometheus: the operator's own one mixes them. */
export const metricsService = (server: string): string => `metrics-${server}`;
export const ALERTMANAGER = "alertmanager";
export const LOGS = "logs";
export const JAEGER = "jaeger";
export const TRACES = "traces";
export const GRAFANA = "grafana";

/** Secrets by what they hold. */
export const TELEMETRY_SECRETS = {
  /** Our own certificate, its key and the authority. */
  tls: "peer-certificate",
  /** Authority with its key: Elasticsearch makes its nodes' certificates of it. */
  transport: "search-authority",
  channels: "alert-channels",
  smtp: "alert-smtp",
  grafana: "grafana-admin",
  roles: "logs-roles",
} as const;

/** Users of Elasticsearch, each with as much as its work needs. */
export type LogsUser = "shipper" | "tracer" | "keeper";
export const userSecret = (user: LogsUser): string => `logs-user-${user}`;
/** Elasticsearch over HTTPS, and the authority ECK signs it with. */
export const logsUrl = (namespace: string): string => `https://${LOGS}-es-http.${namespace}.svc:9200`;
export const LOGS_HTTP_CA = `${LOGS}-es-http-certs-public`;

export const METRICS_PORT = 9090;
export const SEARCH_PORT = 9300;

/** `metrics.us-east-1.eden.internal`: how a region is reached from the others. */
export const peerHost = (service: "metrics" | "search", region: string, domain: string): string =>
  `${service}.${region}.${domain}`;

/** A network load balancer inside the peered networks, open to the other regions' address blocks alone. */
export const peerServiceSpec = ({ peers }: PrometheusStackSpec) => ({
  type: "LoadBalancer",
  loadBalancerSourceRanges: peers.map(({ cidr }) => cidr),
});

export const peerAnnotations = (host: string): Annotations => ({
  "service.beta.kubernetes.io/aws-load-balancer-type": "nlb",
  "service.beta.kubernetes.io/aws-load-balancer-internal": "true",
  "external-dns.alpha.kubernetes.io/hostname": host,
});

/** Objects live in the stack's namespace unless they say another. */
export const partMaker =
  (spec: PrometheusStackSpec, setting: KubernetesSetting) =>
  (
    key: string,
    type: readonly [apiVersion: string, kind: string],
    name: string,
    body: object,
    { labels = {}, namespace = spec.namespace, annotations }: PartPlace = {},
  ): TelemetryPart => ({
    key,
    object: {
      apiVersion: type[0],
      kind: type[1],
      metadata: {
        name,
        namespace,
        labels: { ...labelsOf(setting, name), ...labels },
        ...(annotations === undefined ? {} : { annotations }),
      },
      spec: body,
    },
  });

interface PartPlace {
  readonly labels?: Readonly<Record<string, string>>;
  readonly namespace?: string;
  readonly annotations?: Annotations;
}

export type MakePart = ReturnType<typeof partMaker>;
