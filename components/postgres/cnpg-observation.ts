import type {
  PostgresAlerts,
  PostgresCnpgSpec,
  PostgresTopology,
} from "../../automation/fleet/specs/kubernetes/postgres";

/** Whether a cluster takes changes of others logically: errors while applying them are then metrics of it. */
export const watchesSubscriptions = ({ kind }: PostgresTopology): boolean =>
  kind === "multi-writer" || kind === "subscriber";

/** The `spec` of a PodMonitor: CNPG 1.27 deprecated the one it makes itself. */
export const podMonitorSpec = (cluster: string) => ({
  selector: { matchLabels: { "cnpg.io/cluster": cluster } },
  podMetricsEndpoints: [{ port: "metrics" }],
});

/** Errors while applying the others' changes, as metrics of the cluster. */
export const SUBSCRIPTION_QUERIES = `meridian_subscription:
  query: |
    select s.subname, s.subenabled::int as enabled,
           coalesce(t.apply_error_count, 0) as apply_errors
      from pg_catalog.pg_subscription s
      left join pg_catalog.pg_stat_subscription_stats t on t.subid = s.oid
  target_databases: ["*"]
  metrics:
    - subname: { usage: LABEL, description: "Subscription" }
    - enabled: { usage: GAUGE, description: "0 when an error has stopped it" }
    - apply_errors: { usage: COUNTER, description: "Changes that could not be applied" }
`;

/** The `spec` of a PrometheusRule that wakes somebody before data is at risk. */
export function alertRulesSpec(spec: PostgresCnpgSpec, alerts: PostgresAlerts) {
  const pods = `pod=~"${spec.cluster}-[0-9]+"`;
  const rules = [
    {
      alert: "PostgresReplicationLag",
      expr: `max(cnpg_pg_replication_lag{${pods}}) > ${String(alerts.lagSeconds)}`,
      for: "1m",
      labels: { severity: "critical" },
      annotations: { summary: `${spec.cluster} is more than ${String(alerts.lagSeconds)}s behind` },
    },
    {
      alert: "PostgresArchiveFailing",
      expr: `increase(cnpg_pg_stat_archiver_failed_count{${pods}}[15m]) > 0`,
      for: "5m",
      labels: { severity: "warning" },
      annotations: { summary: `${spec.cluster} cannot archive its WAL` },
    },
    ...(watchesSubscriptions(spec.topology) ? conflictRules(spec.cluster, pods, alerts.conflicts) : []),
    ...(spec.synchronous?.across ?? []).map((standby) => standbyRule(spec.cluster, pods, standby)),
  ];
  return { groups: [{ name: `${spec.cluster}.replication`, rules }] };
}

/** While it is away writes go on without it: from here on the loss of this region costs data. */
const standbyRule = (cluster: string, pods: string, standby: string) => ({
  alert: "PostgresStandbyRegionAway",
  expr: `absent(cnpg_pg_stat_replication_sent_diff_bytes{${pods},application_name="${standby}"})`,
  for: "1m",
  labels: { severity: "critical", standby },
  annotations: { summary: `${standby} confirms no commits of ${cluster}` },
});

const conflictRules = (cluster: string, pods: string, conflicts: number) => [
  {
    alert: "PostgresConflicts",
    expr: `increase(cnpg_meridian_subscription_apply_errors{${pods}}[15m]) > ${String(conflicts)}`,
    for: "1m",
    labels: { severity: "critical" },
    annotations: { summary: `${cluster} cannot apply changes of another region` },
  },
  {
    alert: "PostgresSubscriptionStopped",
    expr: `cnpg_meridian_subscription_enabled{${pods}} == 0`,
    for: "1m",
    labels: { severity: "critical" },
    annotations: { summary: `${cluster} no longer receives another region's changes` },
  },
];
