/** What is judged over all regions, by the global Prometheus of each: none of them is needed for it. */
import type { PrometheusStackSpec, Severity } from "../../automation/fleet/specs/kubernetes/telemetry";
import { runbookUrl, type AlertRule, type RuleGroup } from "./prometheus-rules";

/** Two replicas wrote each series: one of them is as good as the other. */
const once = (labels: string, series: string): string => `max by (${labels}) (${series})`;

export const platformGroups = (spec: PrometheusStackSpec): readonly RuleGroup[] => [
  {
    name: "platform.alerts",
    rules: [...silent(spec), unhealthy(spec), errorRate(spec), ...correlated(spec)],
  },
  { name: "platform.voice", rules: earlierHeard(spec) },
];

interface PlatformAlert {
  readonly name: string;
  readonly severity: Severity;
  readonly expr: string;
  readonly for?: string;
  readonly summary: string;
  readonly labels?: Readonly<Record<string, string>>;
}

const platform = (
  { name, severity, expr, for: duration, summary, labels = {} }: PlatformAlert,
  { alerting }: PrometheusStackSpec,
): AlertRule => ({
  alert: name,
  expr,
  ...(duration === undefined ? {} : { for: duration }),
  labels: { severity, scope: "platform", ...labels },
  annotations: {
    summary,
    ...(alerting.runbooks === undefined ? {} : { runbook_url: runbookUrl(alerting.runbooks, name) }),
  },
});

/** Another region's aggregates stopped: it is lost, or the link to it is. */
const silent = (spec: PrometheusStackSpec): readonly AlertRule[] =>
  spec.peers.map(({ region }) =>
    platform(
      {
        name: "RegionSilent",
        severity: "critical",
        // A sender that dies says no goodbye: an instant query would go on finding its last sample for 5 min.
        expr: `absent_over_time(region:heartbeat{region="${region}"}[1m])`,
        for: "1m",
        summary: `Nothing was heard of ${region} for 2 min: the region or the link to it is lost`,
        labels: { region },
      },
      spec,
    ),
  );

/** The share of a region's services beyond a threshold that the document calls a lost region. */
function unhealthy(spec: PrometheusStackSpec): AlertRule {
  const { errorRate, latency, unhealthyPercent } = spec.thresholds;
  const pair = "region, service";
  const bad = `(${once(pair, "region:errors:ratio")} > ${String(errorRate)}) or (${once(pair, "region:latency_seconds:p99")} > ${String(latency)})`;
  return platform(
    {
      name: "RegionUnhealthy",
      severity: "critical",
      expr: `100 * count by (region) (${bad}) / count by (region) (${once(pair, "region:requests:rate")}) >= ${String(unhealthyPercent)}`,
      summary: `{{ $value }} % of the services of {{ $labels.region }} are beyond a threshold: a failover is due at ${String(unhealthyPercent)} %`,
    },
    spec,
  );
}

/** All requests of all regions: the platform as a whole keeps its promise, or not. */
function errorRate(spec: PrometheusStackSpec): AlertRule {
  const limit = spec.thresholds.errorRate;
  const rate = once("region, service", "region:requests:rate");
  return platform(
    {
      name: "PlatformErrorRate",
      severity: "critical",
      expr: `sum(${once("region, service", "region:errors:ratio")} * ${rate}) / sum(${rate}) > ${String(limit)}`,
      summary: `The platform fails {{ $value | humanizePercentage }} of all requests, above ${String(limit * 100)} %`,
    },
    spec,
  );
}

/** The same cause in two regions within the window is one event, and mutes the regions' own. */
function correlated(spec: PrometheusStackSpec): readonly AlertRule[] {
  const { correlationMinutes, crossRegion } = spec.alerting;
  if (!crossRegion) return [];
  const window = `[${String(correlationMinutes)}m]`;
  return [
    platform(
      {
        name: "CorrelatedAlert",
        severity: "critical",
        expr: `count by (cause, service) (max by (cause, service, region) (max_over_time(region:alerts:firing{severity=~"critical|high"}${window}))) >= 2`,
        summary: `{{ $labels.cause }} of {{ $labels.service }} in {{ $value }} regions within ${String(correlationMinutes)} min`,
      },
      spec,
    ),
  ];
}

/** Every region sees the whole platform; the first one that is heard tells. Alertmanager mutes by this alert. */
export const EARLIER_HEARD = "EarlierRegionHeard";

function earlierHeard({ region, regions }: PrometheusStackSpec): readonly AlertRule[] {
  const earlier = regions.slice(0, regions.indexOf(region));
  return earlier.length === 0
    ? []
    : [
        {
          alert: EARLIER_HEARD,
          expr: `count(present_over_time(region:heartbeat{region=~"${earlier.join("|")}"}[1m])) > 0`,
          // A gap of a minute does not make two speakers.
          keep_firing_for: "2m",
          labels: { scope: "voice" },
          annotations: { summary: `${earlier.join(" or ")} is heard and speaks for the platform` },
        },
      ];
}
