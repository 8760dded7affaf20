import type { PlatformManifest } from "../../manifest/schema/manifest";
import type { NamespacesSpec } from "../specs/kubernetes/namespaces";
import type {
  AlertChannel,
  AlertingSpec,
  AlertRoute,
  PrometheusStackSpec,
  ProbeSpec,
  Severity,
  TelemetryPeer,
  TelemetryThresholds,
} from "../specs/kubernetes/telemetry";
import type { PlanInput, PlannedRegion } from "./plan-input";

type Spec = PlatformManifest["spec"];
type Stack = Extract<NonNullable<Spec["services"]["telemetry"]>, { engine: "prometheus-stack" }>;
type WrittenChannel = Spec["alerts"]["channels"][number];

const TELEMETRY_NAMESPACE = "telemetry";
const STORAGE_CLASS = "gp3";
/** Aggregates and searches from other regions, and the webhooks of the operators. */
const PORTS = { metrics: 9090, search: 9300, webhooks: [9443, 10_250] } as const;
/** The document names thresholds for failover; where one is missing these hold. */
const DEFAULTS = { window: 60, errorRate: 0.05, latency: 0.5, unhealthyPercent: 50 } as const;
const CORRELATION_SECONDS = 900;
const SECONDS_A_DAY = 86_400;

const days = (seconds: number): number => Math.ceil(seconds / SECONDS_A_DAY);

/** What a severity is worth: the lower it is, the fewer are disturbed. */
const KINDS: Readonly<Record<Severity, readonly AlertChannel["kind"][]>> = {
  critical: ["pagerduty", "slack", "email", "webhook"],
  high: ["pagerduty", "slack", "email", "webhook"],
  medium: ["slack", "webhook"],
  low: ["email"],
};

function channelOf({ name, kind, target, secret }: WrittenChannel): AlertChannel {
  const ref = secret ?? { secret: `${name}-url` };
  switch (kind) {
    case "email":
      return { kind, name, to: target ?? "" };
    case "slack":
      return { kind, name, url: ref, ...(target === undefined ? {} : { channel: target }) };
    case "pagerduty":
      return { kind, name, routingKey: ref };
    case "webhook":
      return { kind, name, url: ref };
  }
}

/** A severity that no channel of its kinds hears goes to all of them: silence is no default. */
function routesOf(severities: readonly Severity[], channels: readonly AlertChannel[]): readonly AlertRoute[] {
  return severities.map((severity) => {
    const fitting = channels.filter(({ kind }) => KINDS[severity].includes(kind));
    const heard = fitting.length > 0 ? fitting : channels;
    return { severity, channels: heard.map(({ name }) => name) };
  });
}

function alertingSpec({ alerts, traffic }: Spec, { name, manifest }: PlannedRegion): AlertingSpec {
  const zone = traffic !== undefined && "zone" in traffic ? traffic.zone : "localhost";
  const channels = alerts.channels
    .filter(({ regions }) => !alerts.regionAware || regions.length === 0 || regions.includes(name))
    .map(channelOf);
  return {
    channels,
    routes: routesOf(alerts.severities, channels),
    correlationMinutes: (alerts.correlation?.window ?? CORRELATION_SECONDS) / 60,
    crossRegion: alerts.correlation?.crossRegion ?? false,
    escalation: alerts.escalation.map(({ team, after }) => ({ team, afterMinutes: after / 60 })),
    smtp: {
      host: `email-smtp.${manifest.spec.location}.amazonaws.com:587`,
      from: `alerts@${zone}`,
      user: { secret: `smtp-user-${name}` },
      password: { secret: `smtp-password-${name}` },
    },
    ...(alerts.incidents?.runbooks === undefined ? {} : { runbooks: alerts.incidents.runbooks }),
  };
}

function thresholdsOf({ failover, services: { postgres, redis } }: Spec): TelemetryThresholds {
  const { window, errorRate, latency } = failover.detection;
  return {
    window: window ?? DEFAULTS.window,
    errorRate: errorRate ?? DEFAULTS.errorRate,
    latency: latency ?? DEFAULTS.latency,
    unhealthyPercent: failover.threshold ?? DEFAULTS.unhealthyPercent,
    ...(postgres?.engine === "pglogical"
      ? { postgres: { lagSeconds: postgres.alerts.lag, conflicts: postgres.alerts.conflicts } }
      : {}),
    ...(redis?.engine === "enterprise"
      ? { redis: { lagSeconds: redis.alerts.lag, syncFailures: redis.alerts.syncFailures } }
      : {}),
  };
}

/** The platform as users reach it, and each region by its own name. */
function probesOf({ services: { gateway }, traffic }: Spec): readonly ProbeSpec[] {
  if (gateway === undefined) return [];
  const { globalEndpoint, endpoints, health } = gateway;
  const protocol = traffic?.engine === "route53" ? traffic.healthCheck.protocol : "https";
  const probe = (name: string, host: string): ProbeSpec => ({
    name,
    url: `${protocol}://${host}${health.path}`,
  });
  return [
    probe("global", globalEndpoint),
    ...Object.entries(endpoints).map(([name, host]) => probe(name, host)),
  ];
}

const peersOf = ({ regions }: PlanInput, own: string): readonly TelemetryPeer[] =>
  regions.flatMap(({ name, manifest }) => {
    const cidr = manifest.spec.network.cidr;
    return name === own || cidr === undefined ? [] : [{ region: name, cidr }];
  });

const trustOf = (region: string): PrometheusStackSpec["trust"] => ({
  caCertificate: { secret: "telemetry-ca-certificate" },
  caKey: { secret: "telemetry-ca-key" },
  certificate: { secret: `telemetry-certificate-${region}` },
  key: { secret: `telemetry-key-${region}` },
});

/** What watches one region, and its view of the others. */
function prometheusStackSpec(input: PlanInput, stack: Stack, region: PlannedRegion): PrometheusStackSpec {
  const { metadata, spec } = input.fleet.platform;
  const { name } = region;
  const several = input.regions.length > 1;
  const volume = (size: string) => ({ size, storageClass: STORAGE_CLASS });
  return {
    kind: "telemetry/prometheus-stack",
    name: "telemetry",
    namespace: TELEMETRY_NAMESPACE,
    applications: spec.services.apps?.engine === "deployment" ? spec.services.apps.namespace : "apps",
    region: name,
    regions: input.regions.map((one) => one.name),
    peers: peersOf(input, name),
    domain: spec.network.internalDomain ?? `${metadata.name}.internal`,
    metrics: {
      retentionDays: days(stack.metrics.retention),
      storage: volume("200Gi"),
      aggregated: several && stack.metrics.globalAggregation,
    },
    logs: {
      retentionDays: days(stack.logging.retention),
      storage: volume("200Gi"),
      crossRegion: several && stack.logging.crossRegionSearch,
    },
    traces: { sampling: stack.tracing.sampling, crossRegion: several && stack.tracing.crossRegion },
    dashboards: {
      perRegion: stack.dashboards.perRegion,
      crossRegion: several && stack.dashboards.crossRegion,
      adminPassword: { secret: "grafana-admin-password" },
    },
    thresholds: thresholdsOf(spec),
    probes: stack.syntheticTransactions ? probesOf(spec) : [],
    alerting: alertingSpec(spec, region),
    trust: trustOf(name),
    deletion: "protected",
  };
}

/** Logs are read from the nodes and node metrics from the host: its pods need what others are refused. */
const telemetryNamespaceSpec = ({ fleet }: PlanInput): NamespacesSpec => {
  const { metadata, spec } = fleet.platform;
  const { apps, mesh } = spec.services;
  return {
    kind: "kubernetes/namespaces",
    name: "telemetry-namespace",
    namespaces: [
      {
        name: TELEMETRY_NAMESPACE,
        labels: { "meridian.dev/platform": metadata.name },
        podSecurity: "privileged",
        ingress: "namespace",
        admits: [
          ...(apps?.engine === "deployment" ? [apps.namespace] : []),
          ...(mesh === undefined ? [] : ["istio-system"]),
        ],
        publicPorts: [PORTS.metrics, PORTS.search, ...PORTS.webhooks],
      },
    ],
  };
};

/** The telemetry of one region with its namespace, for the stack of its cluster; none of another engine's. */
export function telemetryServices(
  input: PlanInput,
  region: PlannedRegion,
): readonly (NamespacesSpec | PrometheusStackSpec)[] {
  const { telemetry } = input.fleet.platform.spec.services;
  return telemetry?.engine === "prometheus-stack"
    ? [telemetryNamespaceSpec(input), prometheusStackSpec(input, telemetry, region)]
    : [];
}
