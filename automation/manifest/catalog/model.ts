/**
 * The catalog: dated facts about places, as regions/catalog/*.json holds them.
 *
 * A fact that is not known is an absent key, never a guess; `confidence` says who vouches for a country.
 */

/** Clouds a region can be placed in; Cloudflare is only an edge and has points of presence instead. */
export type CloudName = "aws" | "azure" | "contabo" | "hetzner";

/** Continents in the words manifests use. */
export type Continent =
  "africa" | "antarctica" | "asia" | "europe" | "north-america" | "oceania" | "south-america";

/** The vendor's own data, a third party's table, typed by hand from a document, or not confirmed anywhere. */
export type Confidence = "published" | "compiled" | "typed" | "unverified";

/** What the coordinates are a point of: the region as its vendor draws it, its city, or the city's airport. */
export type Precision = "region" | "city" | "airport";

export interface Source {
  readonly name: string;
  readonly url: string;
  readonly licence: string;
  /** `2026-10` or `2026-09-05`. */
  readonly asOf: string;
  /** Which of the file's facts come from here. */
  readonly gives: string;
}

/** The head of every file. */
export interface Provenance {
  readonly asOf: string;
  readonly licence: string;
  readonly sources: readonly Source[];
}

/** Whose law reaches the operator, wherever the machines are. */
export interface Operator {
  readonly name: string;
  readonly country: string;
}

export interface PlaceRow {
  readonly name: string;
  readonly city?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly latitude?: number;
  readonly longitude?: number;
  readonly precision?: Precision;
  readonly confidence: Confidence;
}

export interface LocationRow extends PlaceRow {
  readonly displayName: string;
  /** ISO 3166-2, for example `DE-BY`. */
  readonly subdivision?: string;
  /** Where the cloud itself puts the second copy; may name a location the catalog does not have. */
  readonly pair?: string;
  /** AWS partition: credentials and endpoints end at its border. */
  readonly partition?: string;
  /** What the vendor's API calls it, where that is not the name. */
  readonly apiRegion?: string;
  /** What was corrected, and why. */
  readonly note?: string;
}

export interface LocationsFile extends Provenance {
  readonly cloud: CloudName;
  readonly operator: Operator;
  readonly locations: readonly LocationRow[];
}

export interface PopsFile extends Provenance {
  readonly cloud: "cloudflare";
  readonly operator: Operator;
  readonly pops: readonly PlaceRow[];
}

export interface Country {
  /** ISO 3166-1 alpha-2. */
  readonly code: string;
  readonly name: string;
  readonly continent: Continent;
}

export interface CountriesFile extends Provenance {
  readonly countries: readonly Country[];
}

export interface Jurisdiction {
  readonly key: string;
  readonly title: string;
  readonly source: string;
  readonly confidence: Confidence;
  /** Country → the condition under which it counts: not a member until somebody names that basis. */
  readonly conditional: Readonly<Partial<Record<string, string>>>;
}

export interface JurisdictionsFile {
  readonly asOf: string;
  readonly licence: string;
  /** Law moves: past this age the file has to be looked at again. */
  readonly reviewAfterDays: number;
  readonly jurisdictions: readonly Jurisdiction[];
  readonly countries: Readonly<Partial<Record<string, readonly string[]>>>;
}

/** Everything the lookups need, as data. */
export interface CatalogData {
  readonly clouds: readonly LocationsFile[];
  readonly cloudflare: PopsFile;
  readonly countries: CountriesFile;
  readonly jurisdictions: JurisdictionsFile;
}
