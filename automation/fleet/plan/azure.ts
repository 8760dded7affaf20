/** An Azure platform: `data` first, then its regions, then `global`. */
import type { PlatformManifest } from "../../manifest/schema/manifest";
import type { AzureAlertsSpec, AzureWatch } from "../specs/azure/alerts";
import type { AppServicesSpec } from "../specs/azure/app-service";
import type { CosmosAccountSpec, CosmosConflict } from "../specs/azure/cosmos";
import {
  azureCacheName,
  appServicePlanName,
  insightsName,
  resourceGroupName,
  webAppHost,
} from "../specs/azure/names";
import type { AzureCacheSpec } from "../specs/azure/redis";
import type { ComponentSpec } from "../specs/component-spec";
import {
  availabilityOf,
  cosmosRef,
  groupSpec,
  logsRef,
  platformName,
  receiversOf,
  subscriptionSpec,
  webAppRef,
  workspaceSpec,
} from "./azure-names";
import type { PlanInput, PlannedRegion } from "./plan-input";

type Services = PlatformManifest["spec"]["services"];
type Cosmos = NonNullable<Services["cosmos"]>;
type AppService = Extract<NonNullable<Services["apps"]>, { engine: "app-service" }>;
type AzureCache = Extract<NonNullable<Services["redis"]>, { engine: "azure-cache" }>;

const locationOf = ({ manifest }: PlannedRegion): string => manifest.spec.location;

const isZonal = ({ manifest }: PlannedRegion): boolean => manifest.spec.capacity.zones > 1;

/** Five places of one continent, so that one that is unwell alone is outvoted. */
const PROBE_LOCATIONS = [
  "us-va-ash-azr",
  "us-ca-sjc-azr",
  "us-tx-sn1-azr",
  "us-il-ch1-azr",
  "us-fl-mia-edge",
];

/** Azure offers three intervals; the nearest one that is not rarer than asked. */
const webTestInterval = (seconds: number): 300 | 600 | 900 =>
  seconds < 600 ? 300 : seconds < 900 ? 600 : 900;

/** Writers first, in the platform's order of preference: the order of failover. */
function inFailoverOrder({ regions, topology }: PlanInput): readonly PlannedRegion[] {
  const writers = new Set(topology.cells.flatMap((cell) => cell.writers.map((writer) => writer.region)));
  return [
    ...regions.filter(({ name }) => writers.has(name)),
    ...regions.filter(({ name }) => !writers.has(name)),
  ];
}

function backupOf({ backup }: Cosmos): CosmosAccountSpec["backup"] {
  if (backup.mode === "periodic") {
    return { kind: "periodic", intervalMinutes: 240, retentionHours: 8, redundancy: "Geo" };
  }
  return {
    kind: "continuous",
    tier: backup.mode === "continuous-30d" ? "Continuous30Days" : "Continuous7Days",
  };
}

const conflictOf = ({ conflict }: Cosmos): CosmosConflict =>
  conflict === "custom" ? { kind: "conflicts-feed" } : { kind: "last-writer-wins", path: "/_ts" };

function cosmosSpec(input: PlanInput, cosmos: Cosmos, home: string): CosmosAccountSpec {
  const { group, name: account } = cosmosRef(input);
  return {
    kind: "cosmos/account",
    name: "cosmos",
    group,
    account,
    location: home,
    // Where every region writes there is no writer to put first, and nothing of the account changes in a failover:
    // Azure refuses a new order while a region is lost.
    locations: (cosmos.multiRegionWrites ? input.regions : inFailoverOrder(input)).map((region) => ({
      region: region.name,
      location: region.place.displayName,
      zoneRedundant: isZonal(region),
    })),
    multiRegionWrites: cosmos.multiRegionWrites,
    automaticFailover: cosmos.automaticFailover,
    consistency: cosmos.consistency,
    conflict: conflictOf(cosmos),
    database: cosmos.database,
    throughput: cosmos.throughput,
    containers: cosmos.containers,
    backup: backupOf(cosmos),
    diagnostics: logsRef(input, "data"),
    deletion: cosmos.deletion,
  };
}

const alertsSpec = (
  input: PlanInput,
  scope: string,
  location: string,
  watches: readonly AzureWatch[],
): readonly AzureAlertsSpec[] =>
  watches.length === 0
    ? []
    : [
        {
          kind: "telemetry/azure-alerts",
          name: "alerts",
          group: resourceGroupName(platformName(input), scope),
          location,
          prefix: `${platformName(input)}-${scope}`,
          availability: availabilityOf(input),
          receivers: receiversOf(input),
          watches,
        },
      ];

/** Data over all regions; its account never moves, so it stays where the platform began. */
export function azureData(input: PlanInput): readonly ComponentSpec[] {
  const { cosmos } = input.fleet.platform.spec.services;
  const [first] = input.regions;
  const last = input.regions.at(-1);
  if (cosmos === undefined || first === undefined || last === undefined) return [];
  return [
    subscriptionSpec(input, locationOf(last)),
    groupSpec(input, "data", locationOf(last)),
    workspaceSpec(input, "data", locationOf(last), false),
    cosmosSpec(input, cosmos, locationOf(first)),
    ...alertsSpec(input, "data", locationOf(last), [
      { kind: "cosmos", name: "cosmos", account: cosmosRef(input) },
    ]),
  ];
}

function appsSpec(input: PlanInput, apps: AppService, region: PlannedRegion): AppServicesSpec {
  const platform = platformName(input);
  const { cosmos, redis } = input.fleet.platform.spec.services;
  const { instances, maximum } = region.manifest.spec.capacity;
  const minimum = instances > 0 ? instances : apps.scaling.minimum;
  const others = inFailoverOrder(input).filter(({ name }) => name !== region.name);
  return {
    kind: "apps/app-service",
    name: "apps",
    group: resourceGroupName(platform, region.name),
    location: locationOf(region),
    region: region.name,
    role: region.place.role === "writer" ? "primary" : "standby",
    plan: {
      plan: appServicePlanName(platform, region.name),
      sku: apps.sku,
      zoneRedundant: apps.zoneRedundant && isZonal(region),
      instances: { minimum, maximum: Math.max(minimum, maximum > 0 ? maximum : apps.scaling.maximum) },
      cpuPercent: apps.scaling.cpuPercent,
    },
    runtime: apps.runtime,
    services: apps.services.map(({ name, health }) => ({
      name,
      app: webAppRef(input, region.name, name).name,
      health,
    })),
    slots: apps.slots,
    settings: {},
    ...(cosmos === undefined
      ? {}
      : {
          cosmos: {
            group: cosmosRef(input).group,
            account: cosmosRef(input).name,
            database: cosmos.database,
            preferredRegions: [region, ...others].map(({ place }) => place.displayName),
          },
        }),
    ...(redis?.engine === "azure-cache"
      ? {
          redis: {
            group: resourceGroupName(platform, region.name),
            cache: azureCacheName(platform, region.name),
            linked: redis.geoReplication,
          },
        }
      : {}),
    insights: { group: resourceGroupName(platform, region.name), name: insightsName(platform, region.name) },
    diagnostics: logsRef(input, region.name),
  };
}

function cacheSpec(input: PlanInput, redis: AzureCache, region: PlannedRegion): AzureCacheSpec {
  const { zones } = region.manifest.spec.capacity;
  return {
    kind: "redis/azure-cache",
    name: "redis",
    group: resourceGroupName(platformName(input), region.name),
    location: locationOf(region),
    cache: azureCacheName(platformName(input), region.name),
    tier: redis.tier,
    capacity: redis.capacity,
    zones:
      redis.tier === "Premium" && zones > 1
        ? Array.from({ length: zones }, (_, index) => String(index + 1))
        : [],
    evictionPolicy: redis.maxmemoryPolicy,
    diagnostics: logsRef(input, region.name),
  };
}

function regionWatches(input: PlanInput, region: PlannedRegion): readonly AzureWatch[] {
  const { apps, redis, telemetry } = input.fleet.platform.spec.services;
  const group = resourceGroupName(platformName(input), region.name);
  const insights = { group, name: insightsName(platformName(input), region.name) };
  const interval = webTestInterval(telemetry?.engine === "azure-monitor" ? telemetry.webTestInterval : 300);
  const services = apps?.engine === "app-service" ? apps.services : [];
  return [
    ...services.flatMap(({ name, health }): readonly AzureWatch[] => {
      const app = webAppRef(input, region.name, name);
      const host = webAppHost(app.name);
      return [
        { kind: "web-test", name, host, path: health, insights, interval, locations: PROBE_LOCATIONS },
        { kind: "web-app", name, app },
      ];
    }),
    ...(redis?.engine === "azure-cache"
      ? [
          {
            kind: "azure-cache" as const,
            name: "redis",
            cache: { group, name: azureCacheName(platformName(input), region.name) },
            linked: redis.geoReplication,
          },
        ]
      : []),
  ];
}

/** Everything one Azure region holds. */
export function azureRegion(input: PlanInput, region: PlannedRegion): readonly ComponentSpec[] {
  const { apps, redis } = input.fleet.platform.spec.services;
  const location = locationOf(region);
  return [
    subscriptionSpec(input, location),
    groupSpec(input, region.name, location),
    workspaceSpec(input, region.name, location, true),
    ...(redis?.engine === "azure-cache" ? [cacheSpec(input, redis, region)] : []),
    ...(apps?.engine === "app-service" ? [appsSpec(input, apps, region)] : []),
    ...alertsSpec(input, region.name, location, regionWatches(input, region)),
  ];
}
