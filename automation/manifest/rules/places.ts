/** Codes of jurisdictions, countries and points of presence that the catalog does not know. */
import type { ManifestPath } from "../diagnostics/manifest-path";
import type { PlatformManifest, RegionManifest } from "../schema/manifest";
import type { Loaded, Problem, RuleCatalog, ScopeRule } from "./problem";

type Residency = PlatformManifest["spec"]["residency"];

/** Codes that people write for a country that has another one. */
const OTHER_CODES: Readonly<Partial<Record<string, string>>> = { UK: "GB", EL: "GR" };

const hintOf = (name: string | undefined): { readonly hint?: string } =>
  name === undefined ? {} : { hint: `did you mean "${name}"?` };

/** `USA` begins like the code of two letters, and is nearer to `SA` by letters alone. */
const shorter = (code: string, { isJurisdiction }: RuleCatalog): string | undefined =>
  [OTHER_CODES[code], code.slice(0, 2)].find((one) => one !== undefined && isJurisdiction(one));

/** A code that nobody knows allows nothing and forbids nothing: residency would be judged by a typo. */
function unknownJurisdictions(
  {
    origin,
    manifest: { spec },
  }: Loaded & { readonly manifest: { readonly spec: { readonly residency: Residency } } },
  catalog: RuleCatalog,
): readonly Problem[] {
  const path = ["spec", "residency"];
  const named = [
    ...spec.residency.jurisdictions.map((code, index) => ({ code, path: [...path, "jurisdictions", index] })),
    ...spec.residency.transfers.map(({ to }, index) => ({
      code: to,
      path: [...path, "transfers", index, "to"],
    })),
  ];
  return named
    .filter(({ code }) => !catalog.isJurisdiction(code))
    .map(({ code, path }) => ({
      code: "MRD2118",
      severity: "error",
      message: `"${code}" is not a jurisdiction of the catalog`,
      ...hintOf(shorter(code, catalog) ?? catalog.suggestJurisdictions(code)[0]),
      fix: "use a bloc such as EU, or the code of a country such as DE",
      origin,
      path,
    }));
}

const unknownPlace = (
  { origin }: Loaded<RegionManifest>,
  what: string,
  hint: string | undefined,
  fix: string,
  path: ManifestPath,
): Problem => ({
  code: "MRD2119",
  severity: "error",
  message: `${what} is not in the catalog, so nobody is served by it`,
  ...hintOf(hint),
  fix,
  origin,
  path,
});

function unknownServed(region: Loaded<RegionManifest>, catalog: RuleCatalog): readonly Problem[] {
  const { countries, pops } = region.manifest.spec.serves;
  const path = ["spec", "serves"];
  return [
    ...countries.flatMap((code, index): readonly Problem[] => {
      if (catalog.isCountry(code)) return [];
      const fix = "use the two letters of ISO 3166-1, such as DE";
      return [unknownPlace(region, `country ${code}`, OTHER_CODES[code], fix, [...path, "countries", index])];
    }),
    ...pops.flatMap((code, index): readonly Problem[] => {
      if (catalog.isPop(code)) return [];
      const fix = "use the airport code of a Cloudflare location, such as FRA";
      return [
        unknownPlace(region, `POP ${code}`, catalog.suggestPops(code)[0], fix, [...path, "pops", index]),
      ];
    }),
  ];
}

/** Every code of law and place that the manifests name is one the catalog knows. */
export const knownPlaces: ScopeRule = ({ platform, regions, workspaces }, catalog) => [
  ...[platform, ...workspaces].flatMap((one) => unknownJurisdictions(one, catalog)),
  ...regions.flatMap((region) => unknownServed(region, catalog)),
];
