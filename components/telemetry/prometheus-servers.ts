/**
 * Two Prometheis a region.
 *
 * `regional`, two replicas, scrapes the region, judges it and records aggregates (`region:…`). It writes those
 * to the `global` one of every region: a few hundred series instead of all of them, replayed for two hours when
 * the link was down, and readable in each region when another is gone. Federation would lose what it could not
 * scrape; Thanos would add a bucket, five more parts and a query path that crosses regions.
 */
import type { PrometheusStackSpec } from "../../automation/fleet/specs/kubernetes/telemetry";
import {
  ALERTMANAGER,
  GLOBAL,
  METRICS_PORT,
  metricsService,
  peerHost,
  REGIONAL,
  TELEMETRY_SECRETS,
  type MakePart,
  type TelemetryPart,
} from "./prometheus-names";

const TYPE = ["monitoring.coreos.com/v1", "Prometheus"] as const;
const VERSION = "v3.5.0";
export const SCRAPE_SECONDS = 15;
/** Label of rules that judge the whole platform: the global Prometheus runs them, the regional one all others. */
export const SCOPE_LABEL = "meridian.dev/alert-scope";
export const PLATFORM_SCOPE = { [SCOPE_LABEL]: "platform" } as const;

export function prometheusServers(
  spec: PrometheusStackSpec,
  platform: string,
  make: MakePart,
): readonly TelemetryPart[] {
  const regional = make("regional", TYPE, REGIONAL, regionalSpec(spec, platform));
  const global = make("global", TYPE, GLOBAL, globalSpec(spec, platform));
  return [regional, ...(spec.metrics.aggregated ? [global] : [])].map((part) => ({
    ...part,
    stateful: true,
  }));
}

const common = ({ metrics }: PrometheusStackSpec) => ({
  version: VERSION,
  image: `quay.io/prometheus/prometheus:${VERSION}`,
  retention: `${String(metrics.retentionDays)}d`,
  walCompression: true,
  evaluationInterval: `${String(SCRAPE_SECONDS)}s`,
  serviceAccountName: "prometheus",
  securityContext: { fsGroup: 2000, runAsNonRoot: true, runAsUser: 1000 },
  storage: {
    volumeClaimTemplate: {
      spec: {
        accessModes: ["ReadWriteOnce"],
        storageClassName: metrics.storage.storageClass,
        resources: { requests: { storage: metrics.storage.size } },
      },
    },
  },
  // A namespace's selector of its own is not needed: the whole cluster is the platform's.
  ruleNamespaceSelector: {},
});

const alertmanagers = (namespace: string, alertRelabelings: readonly object[] = []) => ({
  alertmanagers: [
    { namespace, name: `${ALERTMANAGER}-operated`, port: "web", apiVersion: "v2", alertRelabelings },
  ],
});

/**
 * What Alertmanager groups and mutes by, on alerts of every rule in the cluster: `cause` is the alert's own name,
 * which alerts made of alerts keep, and what says no other scope is the region's.
 */
const ABOUT = [
  {
    sourceLabels: ["cause", "alertname"],
    separator: ";",
    regex: ";(.+)",
    targetLabel: "cause",
    replacement: "$1",
  },
  { sourceLabels: ["scope"], regex: "", targetLabel: "scope", replacement: "region" },
] as const;

const EVERYTHING = {
  serviceMonitorSelector: {},
  serviceMonitorNamespaceSelector: {},
  podMonitorSelector: {},
  podMonitorNamespaceSelector: {},
  probeSelector: {},
  probeNamespaceSelector: {},
  scrapeConfigSelector: {},
  scrapeConfigNamespaceSelector: {},
} as const;

const regionalSpec = (spec: PrometheusStackSpec, platform: string) => ({
  ...common(spec),
  ...EVERYTHING,
  replicas: 2,
  scrapeInterval: `${String(SCRAPE_SECONDS)}s`,
  externalLabels: { platform, region: spec.region },
  alerting: alertmanagers(spec.namespace, ABOUT),
  ruleSelector: { matchExpressions: [{ key: SCOPE_LABEL, operator: "NotIn", values: ["platform"] }] },
  resources: { requests: { cpu: "500m", memory: "2Gi" }, limits: { memory: "4Gi" } },
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: "topology.kubernetes.io/zone",
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: { matchLabels: { "operator.prometheus.io/name": REGIONAL } },
    },
  ],
  ...(spec.metrics.aggregated ? { remoteWrite: spec.regions.map((region) => toGlobal(spec, region)) } : {}),
});

/** Own aggregates only: what other regions wrote here is in the other Prometheus and never goes round. */
const toGlobal = ({ domain, namespace, region: own }: PrometheusStackSpec, region: string) => ({
  name: region,
  url: `https://${
    region === own ? `${metricsService(GLOBAL)}.${namespace}.svc` : peerHost("metrics", region, domain)
  }:${String(METRICS_PORT)}/api/v1/write`,
  tlsConfig: { ca: { secret: { name: TELEMETRY_SECRETS.tls, key: "ca.crt" } } },
  writeRelabelConfigs: [{ sourceLabels: ["__name__"], regex: "region:.+", action: "keep" }],
  queueConfig: { maxShards: 10, capacity: 10_000, maxSamplesPerSend: 2_000 },
});

const globalSpec = (spec: PrometheusStackSpec, platform: string) => ({
  ...common(spec),
  // Writers keep what it misses while it restarts; two would each hold half of what arrives.
  replicas: 1,
  enableRemoteWriteReceiver: true,
  // After a lost link the replay arrives beside what is new.
  tsdb: { outOfOrderTimeWindow: "2h" },
  externalLabels: { platform },
  alerting: alertmanagers(spec.namespace),
  ruleSelector: { matchLabels: PLATFORM_SCOPE },
  resources: { requests: { cpu: "250m", memory: "1Gi" }, limits: { memory: "2Gi" } },
  web: {
    tlsConfig: {
      cert: { secret: { name: TELEMETRY_SECRETS.tls, key: "tls.crt" } },
      keySecret: { name: TELEMETRY_SECRETS.tls, key: "tls.key" },
      minVersion: "TLS12",
    },
  },
});
