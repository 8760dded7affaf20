/** From what is watched to CloudWatch's metrics, as data: metrics.ts makes resources of them. */
import type { MetricWatch } from "../../automation/fleet/specs/aws/metrics";

/** Names of what AWS made, by what they are of. */
export interface WatchedNames<T> {
  readonly loadBalancer: T | undefined;
  readonly targetGroup: T | undefined;
  readonly database: T | undefined;
}

/** One series; `dimensions` of what is not there yet are told by name. */
export interface Series {
  readonly id: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, Dimension>>;
  readonly statistic: string;
}

export type Dimension = string | { readonly of: keyof WatchedNames<unknown> };

/** One alarm: a series, or an expression over several. */
export interface MetricRule {
  readonly key: string;
  readonly description: string;
  readonly series: readonly Series[];
  /** Over the ids of the series; absent for a single one. */
  readonly expression?: string;
  readonly comparison: "GreaterThanThreshold" | "LessThanThreshold";
  readonly threshold: number;
  /** Minutes in a row. */
  readonly minutes: number;
  readonly missing: "breaching" | "notBreaching" | "missing";
}

const LOAD_BALANCER = { LoadBalancer: { of: "loadBalancer" } } as const;

const balancer = (id: string, metric: string, statistic: string, target = false): Series => ({
  id,
  namespace: "AWS/ApplicationELB",
  metric,
  dimensions: { ...LOAD_BALANCER, ...(target ? { TargetGroup: { of: "targetGroup" } as const } : {}) },
  statistic,
});

/** The alarm of a watch; failovers are events, which need none. */
export function metricRule(watch: MetricWatch): MetricRule | undefined {
  switch (watch.kind) {
    case "latency":
      return {
        key: "latency",
        description: `the slowest hundredth of requests took longer than ${String(watch.seconds)} s for 3 minutes`,
        series: [balancer("m1", "TargetResponseTime", "p99")],
        comparison: "GreaterThanThreshold",
        threshold: watch.seconds,
        minutes: 3,
        missing: "notBreaching",
      };
    case "errors":
      return {
        key: "errors",
        description: `more than ${String(watch.percent)} % of requests failed for 3 minutes`,
        series: [
          balancer("failed", "HTTPCode_Target_5XX_Count", "Sum"),
          balancer("refused", "HTTPCode_ELB_5XX_Count", "Sum"),
          balancer("requests", "RequestCount", "Sum"),
        ],
        expression: "IF(requests > 0, 100 * (FILL(failed, 0) + FILL(refused, 0)) / requests, 0)",
        comparison: "GreaterThanThreshold",
        threshold: watch.percent,
        minutes: 3,
        missing: "notBreaching",
      };
    case "health":
      return {
        key: "health",
        description: `fewer than ${String(watch.minimum)} instances were healthy for 2 minutes`,
        series: [balancer("m1", "HealthyHostCount", "Minimum", true)],
        comparison: "LessThanThreshold",
        threshold: watch.minimum,
        minutes: 2,
        missing: "breaching",
      };
    case "replica-lag":
      return {
        key: "replica-lag",
        description: `the replica was more than ${String(watch.seconds)} s behind: losing the primary loses that much`,
        series: [
          {
            id: "m1",
            namespace: "AWS/RDS",
            metric: "ReplicaLag",
            dimensions: { DBInstanceIdentifier: { of: "database" } },
            statistic: "Maximum",
          },
        ],
        comparison: "GreaterThanThreshold",
        threshold: watch.seconds,
        minutes: 1,
        // A replica that says nothing may be any time behind.
        missing: "breaching",
      };
    case "redis-memory":
      return {
        key: "redis-memory",
        description: `a node of Redis used more than ${String(watch.percent)} % of its memory for 5 minutes`,
        series: watch.nodes.map((node, at) => ({
          id: `m${String(at + 1)}`,
          namespace: "AWS/ElastiCache",
          metric: "DatabaseMemoryUsagePercentage",
          dimensions: { CacheClusterId: node },
          statistic: "Maximum",
        })),
        ...(watch.nodes.length > 1 ? { expression: "MAX(METRICS())" } : {}),
        comparison: "GreaterThanThreshold",
        threshold: watch.percent,
        minutes: 5,
        missing: "breaching",
      };
    case "cdn-hit-ratio":
      return {
        key: "cdn-hit-ratio",
        description: `less than ${String(watch.percent)} % came from the CDN's caches for 15 minutes`,
        series: [
          {
            id: "m1",
            namespace: watch.namespace,
            metric: "CdnCacheHitRatio",
            dimensions: {},
            statistic: "Average",
          },
        ],
        comparison: "LessThanThreshold",
        threshold: watch.percent,
        minutes: 15,
        missing: "missing",
      };
    case "failovers":
      return undefined;
  }
}
