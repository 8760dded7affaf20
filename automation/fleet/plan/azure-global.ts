import type { PlatformManifest } from "../../manifest/schema/manifest";
import { azureCacheName, resourceGroupName, trafficProfileName } from "../specs/azure/names";
import type { LinkedCache } from "../specs/azure/redis";
import type { TrafficManagerSpec } from "../specs/azure/traffic-manager";
import type { ComponentSpec } from "../specs/component-spec";
import {
  availabilityOf,
  groupSpec,
  logsRef,
  platformName,
  receiversOf,
  subscriptionSpec,
  webAppRef,
  workspaceSpec,
} from "./azure-names";
import type { PlanInput, PlannedRegion } from "./plan-input";

type TrafficManager = Extract<
  NonNullable<PlatformManifest["spec"]["traffic"]>,
  { engine: "traffic-manager" }
>;

/** The write owner first: with priority routing it takes all traffic while it is healthy. */
function byPreference({ regions, topology }: PlanInput): readonly PlannedRegion[] {
  const owner = topology.cells[0]?.writers[0]?.region;
  return [...regions.filter(({ name }) => name === owner), ...regions.filter(({ name }) => name !== owner)];
}

function profiles(input: PlanInput, traffic: TrafficManager): readonly TrafficManagerSpec[] {
  const { apps } = input.fleet.platform.spec.services;
  const services = apps?.engine === "app-service" ? apps.services : [];
  const { protocol, interval, timeout, failures } = traffic.healthCheck;
  return services.map(({ name, health }) => {
    const profile = trafficProfileName(traffic.dnsName, name, services.length);
    return {
      kind: "traffic/traffic-manager",
      name: `traffic-${name}`,
      group: resourceGroupName(platformName(input), "global"),
      profile,
      dnsName: profile,
      routing: traffic.routing,
      ttl: traffic.ttl,
      // Azure probes every 30 s or, at a price, every 10 s; its timeout is 5 to 10 s.
      monitor: {
        protocol,
        path: health,
        interval: interval < 30 ? 10 : 30,
        timeout: Math.min(Math.max(timeout, 5), interval < 30 ? 9 : 10),
        failures: Math.min(failures, 10),
      },
      endpoints: byPreference(input).map((region) => ({
        region: region.name,
        app: webAppRef(input, region.name, name),
      })),
      diagnostics: logsRef(input, "global"),
    };
  });
}

function cacheLink(input: PlanInput): readonly ComponentSpec[] {
  const { redis } = input.fleet.platform.spec.services;
  const [primary, secondary] = byPreference(input);
  if (
    redis?.engine !== "azure-cache" ||
    !redis.geoReplication ||
    primary === undefined ||
    secondary === undefined
  )
    return [];
  const platform = platformName(input);
  const end = ({ name, manifest }: PlannedRegion): LinkedCache => ({
    group: resourceGroupName(platform, name),
    name: azureCacheName(platform, name),
    region: name,
    location: manifest.spec.location,
  });
  return [
    { kind: "redis/azure-cache-link", name: "redis-link", primary: end(primary), secondary: end(secondary) },
  ];
}

/** What stands above the regions; its group is kept where the primary is not, so it can be changed when that is lost. */
export function azureGlobal(input: PlanInput): readonly ComponentSpec[] {
  const { traffic } = input.fleet.platform.spec;
  const location = input.regions.at(-1)?.manifest.spec.location;
  if (traffic?.engine !== "traffic-manager" || location === undefined) return [];
  const managers = profiles(input, traffic);
  const group = resourceGroupName(platformName(input), "global");
  return [
    subscriptionSpec(input, location),
    groupSpec(input, "global", location),
    workspaceSpec(input, "global", location, false),
    ...managers,
    ...cacheLink(input),
    {
      kind: "telemetry/azure-alerts",
      name: "alerts",
      group,
      location,
      prefix: `${platformName(input)}-global`,
      availability: availabilityOf(input),
      receivers: receiversOf(input),
      watches: managers.map(({ name, profile }) => ({
        kind: "traffic",
        name,
        profile: { group, name: profile },
      })),
    },
  ];
}
