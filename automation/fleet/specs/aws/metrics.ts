/** What a region on AWS is watched by, and who is told: CloudWatch and SNS. */

/** People who are told by email. */
export interface AlarmChannel {
  readonly name: string;
  readonly email: string;
}

/** One topic a channel; made before what sends to it. */
export interface AlarmChannelsSpec {
  readonly kind: "telemetry/channels";
  readonly name: string;
  /** Begins the physical names, for example `hse-us-east`. */
  readonly prefix: string;
  readonly channels: readonly AlarmChannel[];
}

/** One thing that is measured; `title` is the document's own word for it, and the dashboard's. */
export type MetricWatch = { readonly title: string } & (
  | { readonly kind: "latency"; readonly seconds: number }
  | { readonly kind: "errors"; readonly percent: number }
  | { readonly kind: "health"; readonly minimum: number }
  | { readonly kind: "replica-lag"; readonly seconds: number }
  /** `nodes` are the ids of the cache's members, as ElastiCache makes them. */
  | { readonly kind: "redis-memory"; readonly nodes: readonly string[]; readonly percent: number }
  | { readonly kind: "failovers" }
  /** As the edge publishes it, since each CDN keeps its own count elsewhere. */
  | { readonly kind: "cdn-hit-ratio"; readonly namespace: string; readonly percent: number }
);

export interface RegionMetricsSpec {
  readonly kind: "telemetry/metrics";
  readonly name: string;
  readonly region: string;
  /** For example `us-east-1`. */
  readonly location: string;
  readonly prefix: string;
  /** Names of the channels that hear of alarms. */
  readonly notify: readonly string[];
  readonly watches: readonly MetricWatch[];
}
