/** The routing table of a platform, from its topology and workspaces. */
import { catalogData } from "../../manifest/catalog/data";
import type { PlatformManifest, WorkspaceManifest } from "../../manifest/schema/manifest";
import {
  type CountryPlatform,
  epochOf,
  type RoutingEntry,
  type RoutingHealth,
  type RoutingRegion,
  routingShard,
  type RoutingShard,
  type RoutingTable,
} from "../specs/cloudflare/routing-table";
import type { Topology, TopologyRegion } from "../topology";
import { byDistance } from "./distance";
import { cellOf, type PlanInput, type PlannedRegion } from "./plan-input";

type Spec = PlatformManifest["spec"];
export type RouterTraffic = Extract<NonNullable<Spec["traffic"]>, { engine: "router" }>;

/** About 100 bytes each: far below what one KV value may hold, and little to read for one request. */
const WORKSPACES_PER_SHARD = 500;
const BREAKER_COOLDOWN = 10;

const PLATFORMS: Readonly<Record<string, CountryPlatform>> = {
  cloudflare: "cloudflare",
  aws: "aws",
  vercel: "vercel",
};

/** Where a region's application answers. */
export const originOf = ({ manifest, name }: PlannedRegion): string => {
  const { app, api } = manifest.spec.endpoints;
  return `https://${app ?? api ?? `${name}.invalid`}`;
};

const routingRegion = (region: PlannedRegion, all: readonly PlannedRegion[]): RoutingRegion => ({
  name: region.name,
  origin: originOf(region),
  jurisdictions: region.place.jurisdictions,
  nearest: byDistance(
    region.place,
    all.flatMap(({ name, place }) => (name === region.name ? [] : [place])),
  ).map(({ name }) => name),
});

/** What a platform's own rules and each region's `serves` say; the rules win. */
function geography(regions: readonly PlannedRegion[], { rules }: RouterTraffic) {
  const known = new Set(regions.map(({ name }) => name));
  const said = [
    ...regions.map(({ name, manifest }) => ({ region: name, ...manifest.spec.serves })),
    ...rules.filter(({ region }) => known.has(region)),
  ];
  const by = (kind: "countries" | "continents") =>
    Object.fromEntries(said.flatMap((rule) => rule[kind].map((place) => [place, rule.region] as const)));
  return { countries: by("countries"), continents: by("continents") };
}

const continentOf = (): Readonly<Record<string, string>> =>
  Object.fromEntries(catalogData.countries.countries.map(({ code, continent }) => [code, continent]));

/** Regions that data bound to these jurisdictions may be in; bound to none, it may be anywhere. */
export function lawfulRegions(
  regions: readonly Pick<TopologyRegion, "name" | "jurisdictions">[],
  ...bound: readonly Spec["residency"][]
): readonly string[] {
  const jurisdictions = bound.find((one) => one.jurisdictions.length > 0)?.jurisdictions;
  if (jurisdictions === undefined) return regions.map(({ name }) => name);
  const allowed = new Set([
    ...jurisdictions,
    ...bound.flatMap(({ transfers }) => transfers.map(({ to }) => to)),
  ]);
  return regions
    .filter((region) => region.jurisdictions.some((one) => allowed.has(one)))
    .map(({ name }) => name);
}

function health({ failover, services }: Spec, { healthCheck }: RouterTraffic): RoutingHealth {
  const { path, interval, timeout, failures, successes } = healthCheck;
  const { wait, gradual } = failover?.failback ?? { wait: 0, gradual: false };
  const steps = failover?.shifting ?? { increment: 100, interval: 0 };
  const lag = services.postgres?.alerts?.lag;
  return {
    path,
    interval,
    timeout,
    failures,
    successes,
    wait,
    ramp: gradual ? Math.ceil(100 / steps.increment) * steps.interval : 0,
    ...(lag === undefined ? {} : { maximumLag: lag }),
  };
}

/** How many shards hold that many workspaces. */
export const shardsFor = (workspaces: number): number =>
  Math.max(1, Math.ceil(workspaces / WORKSPACES_PER_SHARD));

/** Everything but the workspaces. */
export function routingTable(input: PlanInput, traffic: RouterTraffic): RoutingTable {
  const { fleet, regions, topology } = input;
  const { spec } = fleet.platform;
  const there = new Set(regions.map(({ name }) => name));
  const present = (names: readonly string[]) => names.filter((name) => there.has(name));
  return {
    format: 1,
    platform: topology.platform,
    hostname: traffic.hostname,
    regions: regions.map((region) => routingRegion(region, regions)),
    cells: topology.cells.map(({ name, writers, standbys, readers }) => ({
      name,
      writers: writers.filter(({ region }) => there.has(region)),
      standbys: present(standbys),
      readers: present(readers),
    })),
    ...geography(regions, traffic),
    continentOf: continentOf(),
    fallback: topology.cells[0]?.writers[0]?.region ?? regions[0]?.name ?? "",
    lawful: lawfulRegions(
      regions.map(({ place }) => place),
      spec.residency,
    ),
    countryHeaders: traffic.countryHeaders.map(({ header, from }) => ({
      header,
      platform: PLATFORMS[from.toLowerCase()] ?? "custom",
    })),
    tenantPreference: traffic.tenantPreference?.enabled ?? true,
    shards: shardsFor(fleet.workspaces.length),
    retries: traffic.retries,
    breaker: { failures: traffic.breaker, cooldown: BREAKER_COOLDOWN },
    health: health(spec, traffic),
    retryAfter: traffic.healthCheck.interval,
  };
}

function entryOf(input: PlanInput, { spec }: WorkspaceManifest): RoutingEntry {
  const { homeRegion, preferredRegion, replicaRegions, residency } = spec;
  const lawful = lawfulRegions(
    input.regions.map(({ place }) => place),
    residency,
    input.fleet.platform.spec.residency,
  );
  return {
    cell: cellOf(input, homeRegion).name,
    home: homeRegion,
    replicas: replicaRegions,
    lawful,
    ...(preferredRegion === undefined ? {} : { preferred: preferredRegion }),
  };
}

const epochs = ({ cells }: Topology): Readonly<Record<string, number>> =>
  Object.fromEntries(cells.map((cell) => [cell.name, epochOf(cell)]));

/** The workspaces, by shard: adding one changes one shard, until their number needs another. */
export function routingShards(input: PlanInput): readonly RoutingShard[] {
  const { workspaces } = input.fleet;
  const shards = shardsFor(workspaces.length);
  const rows = Array.from({ length: shards }, (): [string, RoutingEntry][] => []);
  for (const workspace of workspaces) {
    const { name } = workspace.metadata;
    rows[routingShard(name, shards)]?.push([name, entryOf(input, workspace)]);
  }
  return rows.map((members, shard) => ({
    format: 1,
    shard,
    epochs: epochs(input.topology),
    workspaces: Object.fromEntries(members),
  }));
}
