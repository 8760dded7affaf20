/**
 * Lookups over the catalog: where a place is and whose law it lies under.
 *
 * Pure: the data is an argument, so a test or a newer catalog is another argument.
 */
import { closest } from "./closest";
import type {
  CatalogData,
  CloudName,
  Continent,
  Country,
  Jurisdiction,
  LocationRow,
  LocationsFile,
  Operator,
  PlaceRow,
} from "./model";

/** What follows from the country of a place. */
export interface Lawful {
  /** Absent only for a country the catalog does not know. */
  readonly continent?: Continent;
  /** For example `["EU", "EEA", "DE"]`: blocs first, then the country itself. */
  readonly jurisdictions: readonly string[];
}

/** A cloud location with what its country implies. */
export type Location = LocationRow & Lawful & { readonly cloud: CloudName };

/** A Cloudflare point of presence with what its country implies. */
export type Pop = PlaceRow & Lawful;

/** A jurisdiction a country only counts for when somebody names the basis. */
export interface ConditionalMembership {
  readonly jurisdiction: string;
  readonly condition: string;
}

/** Every question the rest of Meridian asks of the catalog; unknown names answer `undefined` or nothing. */
export interface Catalog {
  readonly data: CatalogData;
  readonly location: (cloud: string, name: string) => Location | undefined;
  readonly locations: (cloud: string) => readonly Location[];
  /** Company that runs the cloud, and the country whose law reaches it. */
  readonly operator: (cloud: string) => Operator | undefined;
  /** Cloudflare point of presence by its code, for example `FRA`. */
  readonly pop: (code: string) => Pop | undefined;
  readonly country: (code: string) => Country | undefined;
  readonly countriesOf: (continent: string) => readonly string[];
  readonly jurisdiction: (key: string) => Jurisdiction | undefined;
  /** Blocs first, then the country itself; empty for a code that is no country. */
  readonly jurisdictionsOf: (country: string) => readonly string[];
  readonly conditionalJurisdictionsOf: (country: string) => readonly ConditionalMembership[];
  /** True for a bloc (`EU`) and for a country code (`IN`): what `residency.jurisdictions` may name. */
  readonly isJurisdiction: (key: string) => boolean;
  /** Locations a person may have meant: nearest first, at most three. */
  readonly suggestions: (cloud: string, wrongName: string) => readonly string[];
  readonly popSuggestions: (wrongCode: string) => readonly string[];
  readonly jurisdictionSuggestions: (wrongKey: string) => readonly string[];
}

const byKey = <T>(rows: readonly T[], key: (row: T) => string): ReadonlyMap<string, T> =>
  new Map(rows.map((row) => [key(row), row]));

/** Runs once, on the first question: a command that asks nothing pays nothing. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Countries, and what each is part of. */
function lawOf({ countries, jurisdictions }: CatalogData) {
  const country = once(() => byKey(countries.countries, ({ code }) => code));
  const blocs = once(() => byKey(jurisdictions.jurisdictions, ({ key }) => key));
  const jurisdictionsOf = (code: string): readonly string[] =>
    country().has(code) ? [...(jurisdictions.countries[code] ?? []), code] : [];
  const lawful = (code: string): Lawful => {
    const continent = country().get(code)?.continent;
    return { ...(continent && { continent }), jurisdictions: jurisdictionsOf(code) };
  };
  return { country, blocs, jurisdictionsOf, lawful };
}

function conditions(all: readonly Jurisdiction[], country: string): readonly ConditionalMembership[] {
  return all.flatMap(({ key, conditional }) =>
    Object.entries(conditional)
      .filter(([code]) => code === country)
      .map(([, condition = ""]) => ({ jurisdiction: key, condition })),
  );
}

const aliasesOf = ({ displayName, city }: LocationRow): readonly string[] =>
  city === undefined ? [displayName] : [displayName, city];

/** The catalog as questions over its data; nothing is indexed before it is asked for. */
export function catalogOf(data: CatalogData): Catalog {
  const { country, blocs, jurisdictionsOf, lawful } = lawOf(data);
  const file = (cloud: string): LocationsFile | undefined => data.clouds.find((one) => one.cloud === cloud);
  const located = ({ cloud, locations }: LocationsFile): ReadonlyMap<string, Location> =>
    byKey(
      locations.map((row) => ({ ...row, ...lawful(row.country), cloud })),
      ({ name }) => name,
    );
  const clouds = new Map<string, () => ReadonlyMap<string, Location>>(
    data.clouds.map((one) => [one.cloud, once(() => located(one))]),
  );
  const pops = once(() =>
    byKey(
      data.cloudflare.pops.map((row) => ({ ...row, ...lawful(row.country) })),
      ({ name }) => name,
    ),
  );
  const locations = (cloud: string): readonly Location[] => [...(clouds.get(cloud)?.().values() ?? [])];
  return {
    data,
    location: (cloud, name) => clouds.get(cloud)?.().get(name),
    locations,
    operator: (cloud) => (cloud === "cloudflare" ? data.cloudflare : file(cloud))?.operator,
    pop: (code) => pops().get(code),
    country: (code) => country().get(code),
    countriesOf: (continent) =>
      data.countries.countries.filter((one) => one.continent === continent).map(({ code }) => code),
    jurisdiction: (key) => blocs().get(key),
    jurisdictionsOf,
    conditionalJurisdictionsOf: (code) => conditions(data.jurisdictions.jurisdictions, code),
    isJurisdiction: (key) => blocs().has(key) || country().has(key),
    suggestions: (cloud, wrongName) =>
      closest(
        wrongName,
        locations(cloud).map((row) => ({ name: row.name, aliases: aliasesOf(row) })),
      ),
    popSuggestions: (wrongCode) =>
      closest(
        wrongCode,
        [...pops().values()].map(({ name, city }) => ({ name, aliases: city === undefined ? [] : [city] })),
      ),
    jurisdictionSuggestions: (wrongKey) =>
      closest(wrongKey, [
        ...[...blocs().values()].map(({ key, title }) => ({ name: key, aliases: [title] })),
        ...[...country().values()].map(({ code, name }) => ({ name: code, aliases: [name] })),
      ]),
  };
}
