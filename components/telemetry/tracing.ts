/**
 * Traces and the way logs take: OpenTelemetry collectors and Jaeger (version 2 is one of them).
 *
 * The share that is traced is decided once, where a request enters, and travels with it: two regions that a
 * request passes keep the same traces. Each stores its own spans; a query reads both.
 */
import type { PrometheusStackSpec } from "../../automation/fleet/specs/kubernetes/telemetry";
import {
  JAEGER,
  LOGS_HTTP_CA,
  logsUrl,
  TRACES,
  userSecret,
  type LogsUser,
  type MakePart,
  type TelemetryPart,
} from "./prometheus-names";

const COLLECTOR = ["opentelemetry.io/v1beta1", "OpenTelemetryCollector"] as const;
const COLLECTOR_IMAGE = "docker.io/otel/opentelemetry-collector-contrib:0.129.1";
const JAEGER_IMAGE = "docker.io/jaegertracing/jaeger:2.9.0";
const JAEGER_PORT = 16_686;
const OTLP = {
  protocols: { grpc: { endpoint: "0.0.0.0:4317" }, http: { endpoint: "0.0.0.0:4318" } },
} as const;
const MEMORY_LIMITER = { check_interval: "1s", limit_percentage: 80, spike_limit_percentage: 20 } as const;

export function tracing(
  spec: PrometheusStackSpec,
  platform: string,
  make: MakePart,
): readonly TelemetryPart[] {
  return [
    make("traces", COLLECTOR, TRACES, gatewaySpec(spec, platform)),
    make("jaeger", COLLECTOR, JAEGER, jaegerSpec(spec)),
    make("logs-agent", COLLECTOR, "logs-agent", agentSpec(spec, platform)),
    make(
      "instrumentation",
      ["opentelemetry.io/v1alpha1", "Instrumentation"],
      "traces",
      instrumentationSpec(spec),
      { namespace: spec.applications },
    ),
  ];
}

const credentials = (user: LogsUser) => [
  {
    name: "ELASTIC_PASSWORD",
    valueFrom: { secretKeyRef: { name: userSecret(user), key: "password" } },
  },
];
const trust = {
  volumes: [{ name: "elastic-ca", secret: { secretName: LOGS_HTTP_CA } }],
  volumeMounts: [{ name: "elastic-ca", mountPath: "/etc/elastic", readOnly: true }],
} as const;
const CA_FILE = "/etc/elastic/ca.crt";

const where = (platform: string, region: string) => ({
  attributes: [
    { key: "cloud.region", value: region, action: "upsert" },
    { key: "service.namespace", value: platform, action: "insert" },
  ],
});

/** What the applications send to: it says where a span was made, and holds on to it while Jaeger restarts. */
const gatewaySpec = ({ namespace, region }: PrometheusStackSpec, platform: string) => ({
  mode: "deployment",
  image: COLLECTOR_IMAGE,
  replicas: 2,
  resources: { requests: { cpu: "200m", memory: "256Mi" }, limits: { memory: "512Mi" } },
  config: {
    receivers: { otlp: OTLP },
    processors: { memory_limiter: MEMORY_LIMITER, resource: where(platform, region), batch: {} },
    exporters: {
      otlp: { endpoint: `${JAEGER}-collector.${namespace}.svc:4317`, tls: { insecure: true } },
    },
    service: {
      pipelines: {
        traces: {
          receivers: ["otlp"],
          processors: ["memory_limiter", "resource", "batch"],
          exporters: ["otlp"],
        },
      },
    },
  },
});

const DAILY = { date_layout: "2006-01-02", rollover_frequency: "day", shards: 3, replicas: 1 } as const;

const jaegerSpec = (spec: PrometheusStackSpec) => ({
  mode: "deployment",
  image: JAEGER_IMAGE,
  replicas: 2,
  ports: [{ name: "query", port: JAEGER_PORT, protocol: "TCP" }],
  env: credentials("tracer"),
  ...trust,
  resources: { requests: { cpu: "200m", memory: "512Mi" }, limits: { memory: "1Gi" } },
  config: {
    receivers: { otlp: OTLP },
    processors: { memory_limiter: MEMORY_LIMITER, batch: {} },
    exporters: { jaeger_storage_exporter: { trace_storage: "elastic" } },
    extensions: {
      jaeger_storage: { backends: { elastic: { elasticsearch: storage(spec) } } },
      jaeger_query: {
        storage: { traces: "elastic" },
        http: { endpoint: `0.0.0.0:${String(JAEGER_PORT)}` },
      },
    },
    service: {
      extensions: ["jaeger_storage", "jaeger_query"],
      pipelines: {
        traces: {
          receivers: ["otlp"],
          processors: ["memory_limiter", "batch"],
          exporters: ["jaeger_storage_exporter"],
        },
      },
    },
  },
});

const storage = ({ logs, namespace, peers, traces }: PrometheusStackSpec) => ({
  server_urls: [logsUrl(namespace)],
  auth: { basic: { username: "tracer", password: "${env:ELASTIC_PASSWORD}" } },
  tls: { ca_file: CA_FILE },
  indices: { spans: DAILY, services: DAILY, dependencies: DAILY, sampling: DAILY },
  // The other regions' spans are read where they are, by the clusters' own links.
  ...(traces.crossRegion && logs.crossRegion
    ? { remote_read_clusters: peers.map(({ region }) => region) }
    : {}),
});

/** One on each node: it reads what containers write, and says whose it is. */
const agentSpec = ({ namespace, region }: PrometheusStackSpec, platform: string) => ({
  mode: "daemonset",
  image: COLLECTOR_IMAGE,
  env: [...credentials("shipper"), nodeName],
  volumes: [...trust.volumes, { name: "logs", hostPath: { path: "/var/log/pods" } }],
  volumeMounts: [...trust.volumeMounts, { name: "logs", mountPath: "/var/log/pods", readOnly: true }],
  // Files of the host's root, readable by root alone.
  securityContext: { runAsUser: 0, runAsGroup: 0 },
  tolerations: [{ operator: "Exists" }],
  resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } },
  config: {
    receivers: {
      filelog: {
        include: ["/var/log/pods/*/*/*.log"],
        exclude: [`/var/log/pods/${namespace}_logs-agent*/*/*.log`],
        include_file_path: true,
        operators: [{ type: "container" }],
      },
    },
    processors: {
      memory_limiter: MEMORY_LIMITER,
      k8sattributes: { filter: { node_from_env_var: "NODE_NAME" } },
      resource: where(platform, region),
      batch: {},
    },
    exporters: {
      elasticsearch: {
        endpoints: [logsUrl(namespace)],
        user: "shipper",
        password: "${env:ELASTIC_PASSWORD}",
        tls: { ca_file: CA_FILE },
        logs_index: `logs-${platform}-${region}`,
        mapping: { mode: "ecs" },
      },
    },
    service: {
      pipelines: {
        logs: {
          receivers: ["filelog"],
          processors: ["memory_limiter", "k8sattributes", "resource", "batch"],
          exporters: ["elasticsearch"],
        },
      },
    },
  },
});

const nodeName = { name: "NODE_NAME", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } };

/** For services with `instrumentation.opentelemetry.io/inject-…`: who starts a trace decides, others follow. */
const instrumentationSpec = ({ namespace, traces }: PrometheusStackSpec) => ({
  exporter: { endpoint: `http://${TRACES}-collector.${namespace}.svc:4318` },
  propagators: ["tracecontext", "baggage"],
  sampler: { type: "parentbased_traceidratio", argument: String(traces.sampling) },
});
