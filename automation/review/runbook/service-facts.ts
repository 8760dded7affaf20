/** What each service's steps need to know, from the manifests. */
import type { PlatformFleet } from "../../fleet/fleet";
import { mongodbHosting, mongodbMembers } from "../../fleet/plan/mongodb";
import { planInput } from "../../fleet/plan/plan-input";
import { clusterName } from "../../fleet/plan/postgres";
import { azureCacheName, cosmosAccountName, resourceGroupName } from "../../fleet/specs/azure/names";
import type { Topology } from "../../fleet/topology";
import type { RegionManifest } from "../../manifest/schema/manifest";
import type { ServiceFacts } from "./facts";

type Services = PlatformFleet["platform"]["spec"]["services"];

/** Every service of the platform, those without steps of their own too. */
export function serviceFacts(fleet: PlatformFleet, topology: Topology): readonly ServiceFacts[] {
  const { services } = fleet.platform.spec;
  return Object.entries(services).flatMap(([name, service]): readonly ServiceFacts[] =>
    service === undefined
      ? []
      : [known(fleet, services, name, topology) ?? { kind: "other", name, engine: service.engine }],
  );
}

function known(
  fleet: PlatformFleet,
  services: Services,
  name: string,
  topology: Topology,
): ServiceFacts | undefined {
  if (name === "postgres" && services.postgres?.engine === "cnpg") return postgres(fleet, services.postgres);
  if (name === "mongodb" && services.mongodb !== undefined) return mongodb(fleet, services.mongodb, topology);
  if (name === "cosmos" && services.cosmos !== undefined) return cosmos(fleet, services.cosmos, topology);
  if (name === "redis" && services.redis?.engine === "azure-cache")
    return cache(fleet, services.redis.geoReplication);
  return undefined;
}

/** A value of each region, by its name. */
export const byRegion = <T>(
  { regions }: PlatformFleet,
  value: (region: RegionManifest) => T,
): Readonly<Record<string, T>> =>
  Object.fromEntries(regions.map((region) => [region.metadata.name, value(region)]));

const DAY = 86_400;

function postgres(
  fleet: PlatformFleet,
  service: Extract<NonNullable<Services["postgres"]>, { engine: "cnpg" }>,
): ServiceFacts {
  const { replication, backup } = service;
  return {
    kind: "postgres/cnpg",
    name: "postgres",
    namespace: service.namespace,
    database: service.database,
    clusters: byRegion(fleet, ({ metadata }) => clusterName(metadata.name)),
    mode: replication.mode,
    durability: replication.synchronous?.dataDurability ?? "required",
    backup: { walArchive: backup.walArchive, retentionDays: Math.floor(backup.retention / DAY) },
  };
}

const mongodb = (
  fleet: PlatformFleet,
  service: NonNullable<Services["mongodb"]>,
  topology: Topology,
): ServiceFacts => {
  const input = planInput(fleet, topology);
  return {
    kind: "mongodb/community",
    name: "mongodb",
    namespace: service.namespace,
    resource: service.resource,
    spread: service.spread,
    hosting: mongodbHosting(input, service),
    members: mongodbMembers(input, service).map(({ region, votes, priority, endpoint }) => ({
      region,
      votes,
      priority,
      ...(endpoint === undefined ? {} : { host: `${endpoint.host}:${endpoint.port}` }),
    })),
  };
};

const cosmos = (
  fleet: PlatformFleet,
  service: NonNullable<Services["cosmos"]>,
  topology: Topology,
): ServiceFacts => ({
  kind: "cosmos/sql",
  name: "cosmos",
  group: resourceGroupName(fleet.platform.metadata.name, "data"),
  account: cosmosAccountName(fleet.platform.metadata.name),
  locations: Object.fromEntries(topology.regions.map(({ name, displayName }) => [name, displayName])),
  multiRegionWrites: service.multiRegionWrites,
  automaticFailover: service.automaticFailover,
  consistency: service.consistency,
  conflict: service.conflict,
  backup: service.backup.mode,
});

const cache = (fleet: PlatformFleet, linked: boolean): ServiceFacts => {
  const platform = fleet.platform.metadata.name;
  return {
    kind: "redis/azure-cache",
    name: "redis",
    caches: byRegion(fleet, ({ metadata: { name } }) => ({
      group: resourceGroupName(platform, name),
      cache: azureCacheName(platform, name),
    })),
    linked,
  };
};
