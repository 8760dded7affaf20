/** The land one law holds on: what the map shades around a platform's regions. */
import type { TopologyRegion } from "../../fleet/topology";

/** Countries (ISO alpha-2) a jurisdiction covers; none for a key that is not to be shaded. */
export type CountriesOf = (jurisdiction: string) => readonly string[];

export interface Territory {
  readonly jurisdiction: string;
  readonly countries: readonly string[];
}

/** A permission to send data somewhere is not a law that holds there. */
const isPermission = (jurisdiction: string): boolean => jurisdiction.startsWith("GDPR-");

/** The first jurisdiction of a region that is land: blocs come before the country they hold. */
export const territoryOf = (
  { jurisdictions }: Pick<TopologyRegion, "jurisdictions">,
  countriesOf: CountriesOf,
): Territory | undefined =>
  jurisdictions
    .filter((jurisdiction) => !isPermission(jurisdiction))
    .map((jurisdiction) => ({ jurisdiction, countries: countriesOf(jurisdiction) }))
    .find(({ countries }) => countries.length > 0);

/** Territories of all regions, each once, in the order of their names. */
export function territoriesOf(
  regions: readonly Pick<TopologyRegion, "jurisdictions">[],
  countriesOf: CountriesOf,
): readonly Territory[] {
  const found = regions.flatMap((region) => territoryOf(region, countriesOf) ?? []);
  return [...new Map(found.map((territory) => [territory.jurisdiction, territory])).values()].sort((a, b) =>
    a.jurisdiction < b.jurisdiction ? -1 : 1,
  );
}
