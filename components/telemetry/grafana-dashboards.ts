/** What people look at: one dashboard of the region, one of all of them side by side. */
import type { PrometheusStackSpec } from "../../automation/fleet/specs/kubernetes/telemetry";
import type { Dashboard, Panel, Row } from "./grafana-panels";

const panel = (
  title: string,
  unit: string,
  queries: readonly (readonly [expr: string, legend: string])[],
  more: Partial<Panel> = {},
): Panel => ({
  title,
  kind: "timeseries",
  unit,
  width: 12,
  queries: queries.map(([expr, legend]) => ({ expr, legend })),
  ...more,
});

/** Both dashboards show the same numbers; `by` is what tells their lines apart. */
interface View {
  readonly spec: PrometheusStackSpec;
  /** Labels kept besides the panel's own: the global Prometheus holds each region, twice. */
  readonly by: "" | "region, ";
  readonly legend: "" | "{{region}} ";
}

const each = ({ by }: View, label: string, series: string): string => `max by (${by}${label}) (${series})`;

function goldenSignals(view: View): Row {
  const { errorRate, latency } = view.spec.thresholds;
  const service = `${view.legend}{{service}}`;
  return {
    title: "Requests",
    panels: [
      panel(
        "Latency, 99th percentile",
        "s",
        [[each(view, "service", "region:latency_seconds:p99"), service]],
        {
          threshold: latency,
        },
      ),
      panel("Errors", "percentunit", [[each(view, "service", "region:errors:ratio"), service]], {
        threshold: errorRate,
      }),
      panel("Requests", "reqps", [[each(view, "service", "region:requests:rate"), service]]),
      panel("Alerts firing", "short", [
        [
          `count by (${view.by}severity) (${each(view, "cause, service, severity", "region:alerts:firing")})`,
          `${view.legend}{{severity}}`,
        ],
      ]),
    ],
  };
}

function replication(view: View): readonly Row[] {
  const { postgres, redis } = view.spec.thresholds;
  const database = `${view.legend}{{datname}}`;
  const cache = `${view.legend}database {{bdb}}`;
  const panels: readonly Panel[] = [
    ...(postgres === undefined
      ? []
      : [
          panel(
            "PostgreSQL lag",
            "s",
            [[each(view, "datname, peer", "region:postgres_lag_seconds:max"), `${database} → {{peer}}`]],
            {
              threshold: postgres.lagSeconds,
            },
          ),
          panel(
            "PostgreSQL conflicts in 15 min",
            "short",
            [[each(view, "datname", "region:postgres_conflicts:increase15m"), database]],
            { threshold: postgres.conflicts },
          ),
        ]),
    ...(redis === undefined
      ? []
      : [
          panel("Redis lag", "s", [[each(view, "bdb", "region:redis_lag_seconds:max"), cache]], {
            threshold: redis.lagSeconds,
          }),
          panel(
            "Redis sync failures in 15 min",
            "short",
            [[each(view, "bdb", "region:redis_sync_failures:count15m"), cache]],
            { threshold: redis.syncFailures },
          ),
        ]),
  ];
  return panels.length === 0 ? [] : [{ title: "Replication", panels }];
}

const users = (view: View): Row => ({
  title: "As users see it",
  panels: [
    panel(
      "Synthetic transactions",
      "bool_on_off",
      [[each(view, "target", "region:probe_success:min"), `${view.legend}→ {{target}}`]],
      { kind: "state-timeline" },
    ),
    panel("Their duration", "s", [
      [each(view, "target", "region:probe_seconds:max"), `${view.legend}→ {{target}}`],
    ]),
  ],
});

const regional = (spec: PrometheusStackSpec, platform: string): Dashboard => {
  const view: View = { spec, by: "", legend: "" };
  return {
    uid: `${platform}-${spec.region}`,
    title: `${platform}: ${spec.region}`,
    datasource: "regional",
    tags: [platform, spec.region],
    rows: [
      goldenSignals(view),
      ...replication(view),
      ...(spec.probes.length === 0 ? [] : [users(view)]),
      { title: "Cluster", panels: clusterPanels(spec) },
    ],
  };
};

const clusterPanels = ({ applications }: PrometheusStackSpec): readonly Panel[] => [
  panel("CPU of pods", "short", [
    [
      `sum by (pod) (rate(container_cpu_usage_seconds_total{namespace="${applications}",container!=""}[5m]))`,
      "{{pod}}",
    ],
  ]),
  panel("Replicas missing", "short", [
    [
      `max by (deployment) (kube_deployment_spec_replicas{namespace="${applications}"} - kube_deployment_status_replicas_available{namespace="${applications}"})`,
      "{{deployment}}",
    ],
  ]),
];

/** Which regions are heard, how far each is from the threshold of a failover, and where the traffic went. */
function failover({ spec }: View): Row {
  const { errorRate, latency, unhealthyPercent } = spec.thresholds;
  const pair = (series: string): string => `max by (region, service) (${series})`;
  const rate = pair("region:requests:rate");
  return {
    title: "Failover",
    panels: [
      panel(
        "Regions heard",
        "bool_on_off",
        spec.regions.map(
          (region) =>
            [
              `max(present_over_time(region:heartbeat{region="${region}"}[1m])) or vector(0)`,
              region,
            ] as const,
        ),
        { kind: "state-timeline", width: 8 },
      ),
      panel(
        "Services beyond a threshold, of 100",
        "percent",
        [
          [
            `100 * (count by (region) ((${pair("region:errors:ratio")} > ${String(errorRate)}) or (${pair("region:latency_seconds:p99")} > ${String(latency)})) or 0 * count by (region) (${rate})) / count by (region) (${rate})`,
            "{{region}}",
          ],
        ],
        { threshold: unhealthyPercent, width: 8 },
      ),
      panel(
        "Share of the requests",
        "percentunit",
        [[`sum by (region) (${rate}) / scalar(sum(${rate}))`, "{{region}}"]],
        { width: 8 },
      ),
    ],
  };
}

const across = (spec: PrometheusStackSpec, platform: string): Dashboard => {
  const view: View = { spec, by: "region, ", legend: "{{region}} " };
  return {
    uid: `${platform}-regions`,
    title: `${platform}: all regions`,
    datasource: "global",
    tags: [platform, "all-regions"],
    rows: [
      failover(view),
      goldenSignals(view),
      ...replication(view),
      ...(spec.probes.length === 0 ? [] : [users(view)]),
    ],
  };
};

/** Those that the manifest asks for; across regions only where there are aggregates of others. */
export const dashboardsOf = (spec: PrometheusStackSpec, platform: string): readonly Dashboard[] => [
  ...(spec.dashboards.perRegion ? [regional(spec, platform)] : []),
  ...(spec.dashboards.crossRegion && spec.metrics.aggregated ? [across(spec, platform)] : []),
];
