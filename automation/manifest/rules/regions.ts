import type { RegionManifest } from "../schema/manifest";
import { didYouMean, useOneOf } from "./did-you-mean";
import type { ManifestPath } from "../diagnostics/manifest-path";
import type { Loaded, Problem, RuleCatalog, ScopeRule } from "./problem";

const nameOf = ({ manifest }: Loaded<RegionManifest>): string => manifest.metadata.name;

/** The platform lists a region that has no manifest, or the same one twice. */
const listedRegions: ScopeRule = ({ platform: { origin, manifest }, regions }) => {
  const defined = regions.map(nameOf);
  return manifest.spec.regions.flatMap((name, index, all): readonly Problem[] => {
    const path = ["spec", "regions", index];
    if (all.indexOf(name) !== index) {
      return [
        {
          code: "MRD2108",
          severity: "error",
          message: `region "${name}" is listed twice`,
          fix: "delete one of them",
          origin,
          path,
        },
      ];
    }
    if (defined.includes(name)) return [];
    return [
      {
        code: "MRD2109",
        severity: "error",
        message: `region "${name}" has no manifest`,
        ...didYouMean(name, defined),
        fix: `add a Region named "${name}" with metadata.platform: ${manifest.metadata.name}`,
        origin,
        path,
      },
    ];
  });
};

/** A region manifest that its platform does not list is never applied. */
const unlistedRegions: ScopeRule = ({ platform, regions }) =>
  regions
    .filter((region) => !platform.manifest.spec.regions.includes(nameOf(region)))
    .map((region) => ({
      code: "MRD2110",
      severity: "warning",
      message: `region "${nameOf(region)}" is not listed by platform "${platform.manifest.metadata.name}" and is never applied`,
      fix: `add it to spec.regions in ${platform.origin.file}`,
      origin: region.origin,
      path: ["metadata", "name"],
    }));

/** `aws has it`: the name is right and the cloud is not. */
const otherCloud = (clouds: readonly string[]): string | undefined =>
  clouds.length === 0 ? undefined : `${clouds.join(" and ")} has it`;

/** Where a region is decides whose law it is under, so a location nobody knows is refused. */
const unknownLocations: ScopeRule = ({ regions }, catalog) =>
  regions.flatMap(({ origin, manifest: { spec } }): readonly Problem[] => {
    const cloud = spec.cloud ?? (spec.provider === "kubernetes" ? "local" : spec.provider);
    if (cloud === "local" || catalog.knows(cloud, spec.location)) return [];
    const [best] = catalog.suggest(cloud, spec.location);
    const elsewhere = catalog.cloudsWith(spec.location);
    const known = catalog.locationsOf(cloud);
    const hint = best === undefined ? otherCloud(elsewhere) : `did you mean "${best}"?`;
    return [
      {
        code: "MRD2111",
        severity: "error",
        message: `"${spec.location}" is not a location of ${cloud} in the catalog`,
        ...(hint === undefined ? {} : { hint }),
        fix: useOneOf(known) ?? `the catalog knows no location of ${cloud}`,
        origin,
        path: ["spec", "location"],
      },
    ];
  });

/** A single region of a shape that needs several. */
const tooFewRegions: ScopeRule = ({ platform: { origin, manifest }, regions: described }) => {
  const { topology, regions, standby, primary } = manifest.spec;
  const planned = described
    .filter((region) => region.manifest.spec.availability === "planned" && regions.includes(nameOf(region)))
    .map(nameOf);
  const problems: Problem[] = [];
  if (topology !== "single" && regions.length < 2) {
    problems.push({
      code: "MRD2112",
      severity: "error",
      message: `topology "${topology}" needs at least two regions`,
      fix: "list another region, or use topology: single",
      origin,
      path: ["spec", "topology"],
    });
  }
  if (topology !== "single" && regions.length > 1 && regions.length - planned.length < 2) {
    problems.push({
      code: "MRD2112",
      severity: "warning",
      message: `topology "${topology}" needs two regions, and ${planned.join(", ")} ${planned.length === 1 ? "is" : "are"} only planned`,
      fix: "use topology: single until then, or give one of them availability: active",
      origin,
      path: ["spec", "topology"],
    });
  }
  if (standby !== undefined && standby === (primary?.region ?? regions[0])) {
    problems.push({
      code: "MRD2113",
      severity: "error",
      message: `the standby "${standby}" is the primary itself`,
      fix: useOneOf(regions.filter((region) => region !== standby)) ?? "list another region, or leave it out",
      origin,
      path: ["spec", "standby"],
    });
  }
  return problems;
};

interface Claim {
  readonly what: string;
  readonly region: Loaded<RegionManifest>;
  readonly path: ManifestPath;
}

function claimsOf(region: Loaded<RegionManifest>): readonly Claim[] {
  const { serves } = region.manifest.spec;
  const of = (key: "continents" | "countries" | "pops", noun: string) =>
    serves[key].map((value, index) => ({
      what: `${noun} ${value}`,
      region,
      path: ["spec", "serves", key, index],
    }));
  return [...of("continents", "continent"), ...of("countries", "country"), ...of("pops", "POP")];
}

/** Two regions that claim the same users, and a country that the region's own continent already covers. */
const servedTwice: ScopeRule = ({ regions }, catalog) => {
  const first = new Map<string, Claim>();
  return regions.flatMap(claimsOf).flatMap((claim): readonly Problem[] => {
    const { origin, manifest } = claim.region;
    const earlier = first.get(claim.what);
    if (earlier === undefined) first.set(claim.what, claim);
    const covered = coveringContinent(claim, catalog);
    if (earlier === undefined && covered === undefined) return [];
    return [
      {
        code: "MRD2114",
        severity: "error",
        message:
          earlier === undefined
            ? `region "${manifest.metadata.name}" serves ${claim.what} twice: ${covered ?? ""} includes it`
            : `${claim.what} is served by both "${nameOf(earlier.region)}" and "${manifest.metadata.name}"`,
        fix: earlier === undefined ? "delete the country" : "leave it to one region",
        origin,
        path: claim.path,
      },
    ];
  });
};

function coveringContinent({ what, region }: Claim, { continentOf }: RuleCatalog): string | undefined {
  const [noun, country = ""] = what.split(" ");
  if (noun !== "country") return undefined;
  const continent = continentOf(country);
  return region.manifest.spec.serves.continents.find((one) => one === continent);
}

export const regionRules: readonly ScopeRule[] = [
  listedRegions,
  unlistedRegions,
  unknownLocations,
  tooFewRegions,
  servedTwice,
];
