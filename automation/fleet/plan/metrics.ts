/** What a region on AWS is watched by: what the document says, and what its objectives depend on. */
import type { PlatformManifest } from "../../manifest/schema/manifest";
import type { AlarmChannel, AlarmChannelsSpec, MetricWatch, RegionMetricsSpec } from "../specs/aws/metrics";
import { cellOf, isWriter, type PlanInput, type PlannedRegion } from "./plan-input";
import { redisGroup, shardsOf } from "./redis-cluster";

type Services = PlatformManifest["spec"]["services"];

/** No number is in the manifest for these; they are ours. */
const DEFAULT_LATENCY = 10;
const DEFAULT_ERROR_RATE = 0.05;
const MEMORY_PERCENT = 80;
const HIT_PERCENT = 70;

/** The document's words for what has a word in them. */
function titleOf({ telemetry }: Services, word: RegExp, otherwise: string): string {
  const watched = telemetry?.engine === "metrics" ? telemetry.watched : [];
  return watched.find((text) => word.test(text)) ?? otherwise;
}

const channelsOf = ({ fleet }: PlanInput): readonly AlarmChannel[] =>
  fleet.platform.spec.alerts.channels.flatMap(({ name, kind, target }) =>
    kind === "email" && target !== undefined ? [{ name, email: target }] : [],
  );

const prefixOf = ({ fleet }: PlanInput, region: string): string =>
  `${fleet.platform.metadata.name}-${region}`;

/** Topics of a region: an alarm and what hears of it are in one region, so that a lost one silences no other. */
export const alarmChannelsSpec = (input: PlanInput, { name }: PlannedRegion): AlarmChannelsSpec => ({
  kind: "telemetry/channels",
  name: "channels",
  prefix: prefixOf(input, name),
  channels: channelsOf(input),
});

function trafficWatches({ fleet }: PlanInput, region: PlannedRegion): readonly MetricWatch[] {
  const { services, traffic, failover } = fleet.platform.spec;
  if (services.apps?.engine !== "instances") return [];
  const slow = traffic?.healthCheck.maximumResponseTime ?? failover.detection.latency ?? DEFAULT_LATENCY;
  const errors = failover.detection.errorRate ?? DEFAULT_ERROR_RATE;
  // Half of them gone is a region that is about to be: AWS replaces one or two by itself.
  const minimum = Math.ceil(Math.max(1, region.manifest.spec.capacity.instances) / 2);
  return [
    { kind: "latency", title: titleOf(services, /latency/i, "Request latency"), seconds: slow },
    { kind: "errors", title: titleOf(services, /error/i, "Error rate"), percent: errors * 100 },
    { kind: "health", title: "Healthy instances", minimum },
  ];
}

function dataWatches(input: PlanInput, { name }: PlannedRegion): readonly MetricWatch[] {
  const { services } = input.fleet.platform.spec;
  const { postgres, redis } = services;
  const follows = !isWriter(cellOf(input, name), name);
  const hasData = postgres?.engine === "streaming" || redis?.engine === "cluster";
  return [
    ...(postgres?.engine === "streaming" && follows
      ? [
          {
            kind: "replica-lag" as const,
            title: titleOf(services, /replication lag/i, "Replication lag"),
            seconds: postgres.alerts.lag,
          },
        ]
      : []),
    ...(redis?.engine === "cluster"
      ? [
          {
            kind: "redis-memory" as const,
            title: titleOf(services, /memory/i, "Redis memory usage"),
            nodes: nodesOf(redisGroup(input, name), redis),
            percent: MEMORY_PERCENT,
          },
        ]
      : []),
    ...(hasData
      ? [{ kind: "failovers" as const, title: titleOf(services, /failover/i, "Failover events") }]
      : []),
  ];
}

/** `hse-us-east-redis-0001-001`: a master and its replicas of each shard. */
const nodesOf = (group: string, redis: Parameters<typeof shardsOf>[0]): readonly string[] =>
  shardsOf(redis).flatMap(({ id, replicas }) =>
    Array.from({ length: replicas + 1 }, (_, at) => `${group}-${id}-${String(at + 1).padStart(3, "0")}`),
  );

function edgeWatches({ fleet }: PlanInput): readonly MetricWatch[] {
  const { services } = fleet.platform.spec;
  if (services.cdn === undefined) return [];
  const title = titleOf(services, /cdn/i, "CDN cache hit ratio");
  return [
    {
      kind: "cdn-hit-ratio",
      title,
      namespace: `Meridian/${fleet.platform.metadata.name}`,
      percent: HIT_PERCENT,
    },
  ];
}

/** Channels named by the database's alerts, or all of them. */
function notifyOf(input: PlanInput): readonly string[] {
  const { postgres } = input.fleet.platform.spec.services;
  const all = channelsOf(input).map(({ name }) => name);
  const named = postgres?.engine === "streaming" ? postgres.alerts.channels : [];
  const known = named.filter((name) => all.includes(name));
  return known.length === 0 ? all : known;
}

/** Alarms and the dashboard of one region. */
export const metricsSpec = (input: PlanInput, region: PlannedRegion): RegionMetricsSpec => ({
  kind: "telemetry/metrics",
  name: "metrics",
  region: region.name,
  location: region.manifest.spec.location,
  prefix: prefixOf(input, region.name),
  notify: notifyOf(input),
  watches: [...trafficWatches(input, region), ...dataWatches(input, region), ...edgeWatches(input)],
});
