import type { RedisEnterpriseSpec } from "../../automation/fleet/specs/kubernetes/redis-enterprise";

/** The `spec` of the ServiceMonitor of every node's exporter. */
export const monitorSpec = () => ({
  selector: { matchLabels: { "redis.io/service": "prom-metrics" } },
  endpoints: [
    {
      port: "prometheus",
      scheme: "https",
      interval: "30s",
      // The exporter's certificate is the cluster's own, made by itself for names nobody else knows.
      tlsConfig: { insecureSkipVerify: true },
    },
  ],
});

/** What a syncer says of itself: 0 in sync, 1 syncing, 2 out of sync. */
const OUT_OF_SYNC = 2;

/** The `spec` of the PrometheusRule: behind by more than the lag, or out of sync so often in a quarter of an hour. */
export function alertRulesSpec(
  { databaseName, member, region }: RedisEnterpriseSpec,
  { lagMs, syncFailures }: NonNullable<RedisEnterpriseSpec["alerts"]>,
) {
  const syncer = `{cluster=~"${member.cluster}.*"}`;
  const failing = `(max(bdb_crdt_syncer_status${syncer}) == bool ${String(OUT_OF_SYNC)})`;
  const rules = [
    {
      alert: "RedisReplicationLag",
      expr: `max(bdb_crdt_syncer_local_ingress_lag_time${syncer}) > ${String(lagMs)}`,
      for: "1m",
      labels: { severity: "critical", region },
      annotations: { summary: `${databaseName} in ${region} is more than ${String(lagMs)} ms behind` },
    },
    {
      alert: "RedisSyncFailures",
      expr: `sum_over_time(${failing}[15m:30s]) >= ${String(syncFailures)}`,
      labels: { severity: "critical", region },
      annotations: {
        summary: `${databaseName} in ${region} was out of sync ${String(syncFailures)} times in 15 minutes`,
      },
    },
  ];
  return { groups: [{ name: `${member.cluster}.replication`, rules }] };
}
