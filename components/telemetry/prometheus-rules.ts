/** What a region records about itself, and what it wakes its people for. */
import type {
  EscalationStep,
  PrometheusStackSpec,
  Severity,
  TelemetryThresholds,
} from "../../automation/fleet/specs/kubernetes/telemetry";
import { PROBE_SECONDS } from "./prometheus-scrapes";

interface Recording {
  readonly record: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly keep_firing_for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

interface Alert {
  readonly name: string;
  readonly severity: Severity;
  readonly expr: string;
  readonly for?: string;
  readonly summary: string;
}

export interface RuleGroup {
  readonly name: string;
  readonly interval?: string;
  readonly rules: readonly (Recording | AlertRule)[];
}

/** Page of a runbook in the platform's repository: `git@github.com:a/b.git` → `https://github.com/a/b`. */
export function runbookUrl(repository: string, alert: string): string {
  const web = repository.replace(/^git@([^:]+):/, "https://$1/").replace(/\.git$/, "");
  return `${web}/blob/main/${alert}.md`;
}

export const regionalGroups = (spec: PrometheusStackSpec): readonly RuleGroup[] => [
  { name: "region.recordings", rules: recordings(spec) },
  { name: "region.alerts", rules: alertsOf(spec).map((alert) => regional(alert, spec)) },
  { name: "region.escalation", rules: spec.alerting.escalation.map((step) => escalation(step, spec)) },
];

/** Alerts of any rule in the cluster, whoever wrote it, by what they are about. */
const firing = (severities: string): string =>
  `max by (cause, service, severity) (label_replace(ALERTS{alertstate="firing",scope="",severity=~"${severities}"}, "cause", "$1", "alertname", "(.+)"))`;

/** Mesh metrics with Prometheus' own word for a service. */
const byService = (expr: string): string =>
  `label_replace(${expr}, "service", "$1", "destination_canonical_service", "(.+)")`;

/** `region` stands in the series itself: external labels are only seen by those it is sent to. */
function recordings({ applications, region, thresholds }: PrometheusStackSpec): readonly Recording[] {
  const requests = `reporter="destination",destination_workload_namespace="${applications}"`;
  const window = `[${String(thresholds.window)}s]`;
  const total = `sum by (destination_canonical_service) (rate(istio_requests_total{${requests}}${window}))`;
  const failed = `sum by (destination_canonical_service) (rate(istio_requests_total{${requests},response_code=~"5.."}${window}))`;
  const p99 = `histogram_quantile(0.99, sum by (le, destination_canonical_service) (rate(istio_request_duration_milliseconds_bucket{${requests}}${window}))) / 1000`;
  const expressions: readonly (readonly [string, string])[] = [
    ["region:heartbeat", "vector(1)"],
    ["region:requests:rate", byService(total)],
    // A service without failures has no series of them: it has none, not an unknown number.
    ["region:errors:ratio", byService(`((${failed}) or (${total}) * 0) / ((${total}) > 0)`)],
    ["region:latency_seconds:p99", byService(p99)],
    ["region:probe_success:min", `min by (target) (probe_success{job="synthetic"})`],
    ["region:probe_seconds:max", `max by (target) (probe_duration_seconds{job="synthetic"})`],
    ["region:alerts:firing", firing("critical|high|medium|warning")],
    ...replicationRecordings(thresholds),
  ];
  return expressions.map(([record, expr]) => ({ record, expr, labels: { region } }));
}

/** By the metrics of the pglogical exporter, and of Redis Enterprise, which counts lag in ms. */
const replicationRecordings = ({
  postgres,
  redis,
}: TelemetryThresholds): readonly (readonly [string, string])[] => [
  ...(postgres === undefined
    ? []
    : ([
        ["region:postgres_lag_seconds:max", "max by (datname, peer) (pglogical_replication_lag_seconds)"],
        [
          "region:postgres_conflicts:increase15m",
          "sum by (datname) (increase(pglogical_conflicts_total[15m]))",
        ],
      ] as const)),
  ...(redis === undefined
    ? []
    : ([
        ["region:redis_lag_seconds:max", "max by (bdb) (bdb_crdt_syncer_local_ingress_lag_time) / 1000"],
        // 0 is in step, 1 is catching up, 2 is out of step: each time there, in and out again, is a failure.
        [
          "region:redis_sync_failures:count15m",
          "sum by (bdb) (ceil(changes((bdb_crdt_syncer_status >= bool 2)[15m:15s]) / 2))",
        ],
      ] as const)),
];

function alertsOf(spec: PrometheusStackSpec): readonly Alert[] {
  const { errorRate, latency, window } = spec.thresholds;
  const percent = String(errorRate * 100);
  const over = `over ${String(window)} s`;
  return [
    {
      name: "ErrorRate",
      severity: "critical",
      expr: `region:errors:ratio > ${String(errorRate)}`,
      summary: `{{ $labels.service }} fails {{ $value | humanizePercentage }} of its requests, above ${percent} % ${over}`,
    },
    {
      name: "Latency",
      severity: "high",
      expr: `region:latency_seconds:p99 > ${String(latency)}`,
      summary: `{{ $labels.service }} takes {{ $value | humanizeDuration }} at the 99th percentile, above ${String(latency * 1000)} ms ${over}`,
    },
    {
      name: "SyntheticTransaction",
      severity: "critical",
      expr: "region:probe_success:min == 0",
      // Three failures in a row, as the health checks count.
      for: `${String(2 * PROBE_SECONDS)}s`,
      summary: "A request to {{ $labels.target }} as users make it fails",
    },
    {
      name: "CertificateExpiry",
      severity: "medium",
      expr: `min by (target) (probe_ssl_earliest_cert_expiry{job="synthetic"}) - time() < 14 * 86400`,
      for: "1h",
      summary: "The certificate of {{ $labels.target }} ends in {{ $value | humanizeDuration }}",
    },
    ...replicationAlerts(spec.thresholds),
    {
      name: "TelemetryBehind",
      severity: "low",
      expr: `max by (remote_name) (prometheus_remote_storage_highest_timestamp_in_seconds - ignoring (remote_name, url) group_right prometheus_remote_storage_queue_highest_sent_timestamp_seconds) > 300`,
      for: "15m",
      summary: "Aggregates for {{ $labels.remote_name }} are {{ $value | humanizeDuration }} behind",
    },
  ];
}

/** Those of Redis stand beside its database. */
const replicationAlerts = ({ postgres }: TelemetryThresholds): readonly Alert[] =>
  postgres === undefined
    ? []
    : [
        {
          name: "PostgresLag",
          severity: "critical",
          expr: `region:postgres_lag_seconds:max > ${String(postgres.lagSeconds)}`,
          summary: `{{ $labels.peer }} has {{ $labels.datname }} {{ $value | humanizeDuration }} late, more than ${String(postgres.lagSeconds)} s`,
        },
        {
          name: "PostgresConflicts",
          severity: "high",
          expr: `region:postgres_conflicts:increase15m > ${String(postgres.conflicts)}`,
          summary: `{{ $labels.datname }} had {{ $value }} conflicts in 15 min, more than ${String(postgres.conflicts)}`,
        },
      ];

function regional(
  { name, severity, expr, for: duration, summary }: Alert,
  { alerting, region }: PrometheusStackSpec,
): AlertRule {
  return {
    alert: name,
    expr,
    ...(duration === undefined ? {} : { for: duration }),
    keep_firing_for: "1m",
    labels: { severity },
    annotations: {
      summary: `${region}: ${summary}`,
      ...(alerting.runbooks === undefined ? {} : { runbook_url: runbookUrl(alerting.runbooks, name) }),
    },
  };
}

/** An alert on the alert: it says how long, Alertmanager whom. */
const escalation = ({ team, afterMinutes }: EscalationStep, { region }: PrometheusStackSpec): AlertRule => ({
  alert: "Escalation",
  expr: firing("critical|high"),
  for: `${String(afterMinutes)}m`,
  labels: { scope: "escalation", team },
  annotations: {
    summary: `${region}: {{ $labels.cause }} {{ $labels.service }} has been firing for ${String(afterMinutes)} min: ${team} is needed`,
  },
});
