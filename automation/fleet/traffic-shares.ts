import type { RegionManifest } from "../manifest/schema/manifest";
import { membersOf } from "./cells";
import type { PlatformFleet } from "./fleet";
import type { Cell, TrafficShare } from "./topology";

const titled = (text: string): string =>
  text
    .split("-")
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join(" ");

/** `Europe, Africa` · `FRA, AMS` · the document's own words. */
function servesWords({ spec: { serves } }: RegionManifest): readonly string[] {
  const words = [...serves.continents.map(titled), ...serves.countries];
  const pops = serves.pops.length > 0 ? [`POPs ${serves.pops.join(", ")}`] : [];
  return [...words, ...pops, ...(serves.note === undefined ? [] : [serves.note])];
}

/** Regions that take requests in the steady state. */
function servingRegions(
  { platform: { spec }, regions }: PlatformFleet,
  cells: readonly Cell[],
): readonly string[] {
  const built = new Set(
    regions.flatMap(({ metadata, spec: { availability } }) =>
      availability === "planned" ? [] : [metadata.name],
    ),
  );
  const there = (names: readonly string[]): readonly string[] =>
    [...new Set(names)].filter((name) => built.has(name));
  const writers = there(cells.flatMap((cell) => cell.writers.map((writer) => writer.region)));
  const everywhere = there(cells.flatMap(membersOf));
  // A standby is ready for users, and has none.
  const working = there([...writers, ...cells.flatMap(({ readers }) => readers)]);
  switch (spec.traffic?.engine) {
    case undefined:
      return spec.topology === "active-passive" ? writers : everywhere;
    case "traffic-manager":
      return spec.traffic.routing === "priority" ? writers.slice(0, 1) : everywhere;
    case "cloudflare-load-balancer": {
      // Without steering the first default pool takes all: that of the fallback region.
      const { fallback, steering } = spec.traffic;
      const first = everywhere.includes(fallback) ? [fallback] : everywhere.slice(0, 1);
      return steering === "off" ? first : everywhere;
    }
    case "route53":
    case "router":
      return working;
  }
}

/** Whole percents that add up to 100: the first regions take what does not divide. */
const split = (index: number, parts: number): number =>
  Math.floor(100 / parts) + (index < 100 % parts ? 1 : 0);

/**
 * What each region takes in the steady state. Geography and latency decide per request, so regions that
 * serve side by side count equally: a measured share would be a different thing.
 */
export function trafficShares(fleet: PlatformFleet, cells: readonly Cell[]): readonly TrafficShare[] {
  const serving = servingRegions(fleet, cells);
  return fleet.regions.map((region) => {
    const { name } = region.metadata;
    const index = serving.indexOf(name);
    return {
      region: name,
      percent: index < 0 ? 0 : split(index, serving.length),
      serves: servesWords(region),
    };
  });
}
