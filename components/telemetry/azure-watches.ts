/** From what is watched to the metrics that show it, as data: azure-alerts.ts makes resources of them. */
import type { AzureWatch } from "../../automation/fleet/specs/azure/alerts";
import { burnAlerts } from "../../automation/fleet/specs/azure/error-budget";
import type { AzureResourceRef } from "../../automation/fleet/specs/azure/subscription";
import type { ArmType } from "../azure/arm-directory";

/** One alert on one metric of one resource. */
export interface MetricRule {
  /** Key in its component, for example `api-errors`. */
  readonly key: string;
  readonly description: string;
  /** 0 critical, 1 error, 2 warning, 3 worth knowing. */
  readonly severity: 0 | 1 | 2 | 3;
  readonly scope: { readonly type: ArmType; readonly ref: AzureResourceRef };
  readonly metric: string;
  readonly aggregation: "Average" | "Total" | "Maximum" | "Minimum";
  readonly operator: "LessThan" | "GreaterThan";
  readonly threshold: number;
  /** ISO 8601, for example `PT6H`. */
  readonly window: string;
  readonly every: string;
  readonly dimension?: { readonly name: string; readonly values: readonly string[] };
}

type WebTestWatch = Extract<AzureWatch, { kind: "web-test" }>;

/** A region is called down when this many places cannot reach it at once. */
export const failedLocations = ({ locations }: WebTestWatch): number =>
  Math.max(1, Math.floor(locations.length / 2));

const SECONDS_AN_HOUR = 3_600;

const windowOf = (hours: number): string => (hours === 24 ? "P1D" : `PT${hours}H`);

/** Availability over longer windows, against the platform's objective. */
function webTestRules(watch: WebTestWatch, availability: number, test: string): readonly MetricRule[] {
  const probes = (watch.locations.length * SECONDS_AN_HOUR) / watch.interval;
  return burnAlerts(availability, probes).map(({ hours, burn, threshold, severity }) => ({
    key: `${watch.name}-availability-${hours}h`,
    description: `${watch.name} spends its error budget for ${availability} % ${burn} times too fast over ${hours} h`,
    severity,
    scope: { type: "Microsoft.Insights/components", ref: watch.insights },
    metric: "availabilityResults/availabilityPercentage",
    aggregation: "Average",
    operator: "LessThan",
    threshold,
    window: windowOf(hours),
    every: hours === 1 ? "PT5M" : "PT1H",
    dimension: { name: "availabilityResult/name", values: [test] },
  }));
}

/** Every metric alert of a watch; `test` is the name of its web test, when it has one. */
export function metricRules(watch: AzureWatch, availability: number, test: string): readonly MetricRule[] {
  switch (watch.kind) {
    case "web-test":
      return webTestRules(watch, availability, test);
    case "web-app":
      return webAppRules(watch);
    case "cosmos":
      return cosmosRules(watch, availability);
    case "azure-cache":
      return cacheRules(watch);
    case "traffic":
      return trafficRules(watch);
  }
}

function webAppRules({ name, app }: Extract<AzureWatch, { kind: "web-app" }>): readonly MetricRule[] {
  const scope = { type: "Microsoft.Web/sites", ref: app } as const;
  return [
    {
      key: `${name}-errors`,
      description: `${name} answered more than 10 requests with 5xx within 5 minutes`,
      severity: 1,
      scope,
      metric: "Http5xx",
      aggregation: "Total",
      operator: "GreaterThan",
      threshold: 10,
      window: "PT5M",
      every: "PT1M",
    },
    {
      key: `${name}-instances`,
      description: `instances of ${name} fail their health check`,
      severity: 2,
      scope,
      metric: "HealthCheckStatus",
      aggregation: "Average",
      operator: "LessThan",
      threshold: 100,
      window: "PT5M",
      every: "PT1M",
    },
  ];
}

function cosmosRules(
  { name, account, lagSeconds = 60 }: Extract<AzureWatch, { kind: "cosmos" }>,
  availability: number,
): readonly MetricRule[] {
  const scope = { type: "Microsoft.DocumentDB/databaseAccounts", ref: account } as const;
  return [
    {
      key: `${name}-availability`,
      description: `${name} answered less than ${availability} % of its requests within an hour`,
      severity: 1,
      scope,
      metric: "ServiceAvailability",
      aggregation: "Average",
      operator: "LessThan",
      threshold: availability,
      window: "PT1H",
      every: "PT1H",
    },
    {
      key: `${name}-lag`,
      description: `${name} replicates between regions more than ${lagSeconds} s late: losing a region loses that much`,
      severity: 1,
      scope,
      metric: "ReplicationLatency",
      aggregation: "Average",
      operator: "GreaterThan",
      threshold: lagSeconds * 1_000,
      window: "PT5M",
      every: "PT1M",
    },
  ];
}

function cacheRules({
  name,
  cache,
  linked,
}: Extract<AzureWatch, { kind: "azure-cache" }>): readonly MetricRule[] {
  const scope = { type: "Microsoft.Cache/redis", ref: cache } as const;
  const load: MetricRule = {
    key: `${name}-load`,
    description: `${name} is busy more than 80 % of the time`,
    severity: 2,
    scope,
    metric: "serverLoad",
    aggregation: "Average",
    operator: "GreaterThan",
    threshold: 80,
    window: "PT5M",
    every: "PT1M",
  };
  const link: MetricRule = {
    key: `${name}-link`,
    description: `the geo-replication link of ${name} is broken`,
    severity: 1,
    scope,
    metric: "GeoReplicationHealthy",
    aggregation: "Minimum",
    operator: "LessThan",
    threshold: 1,
    window: "PT5M",
    every: "PT1M",
  };
  return linked ? [load, link] : [load];
}

const trafficRules = ({ name, profile }: Extract<AzureWatch, { kind: "traffic" }>): readonly MetricRule[] => [
  {
    key: `${name}-endpoints`,
    description: `Traffic Manager calls a region of ${name} down; users are sent to the others`,
    severity: 0,
    scope: { type: "Microsoft.Network/trafficManagerProfiles", ref: profile },
    metric: "ProbeAgentCurrentEndpointStateByProfileResourceId",
    aggregation: "Maximum",
    operator: "LessThan",
    threshold: 1,
    window: "PT5M",
    every: "PT1M",
    dimension: { name: "EndpointName", values: ["*"] },
  },
];
