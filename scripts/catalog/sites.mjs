// Reading the packages: where a place is, without deciding anything yet.
import { PACKAGES, jsonOf, literalOf, textOf } from "./packages.mjs";

/** Four decimals are eleven metres: more than any of the sources knows. */
const degrees = (value) => Math.round(Number(value) * 10_000) / 10_000;

/** A point and what it is a point of. */
export const pointOf = (latitude, longitude, precision) => ({
  latitude: degrees(latitude),
  longitude: degrees(longitude),
  precision,
});

function csvRow(line) {
  return [...line.matchAll(/"([^"]*)"|([^,]+)/g)].map(([, quoted, bare]) => quoted ?? bare);
}

/** IATA code → city, country and point of the airport. */
export function airports() {
  const lines = textOf(PACKAGES.airports, "airportsdata/airports.csv").trim().split("\n").slice(1);
  const rows = lines.map(csvRow).filter(([, iata]) => iata !== "");
  return new Map(
    rows.map(([, iata, , city, , country, , lat, lon]) => [
      iata,
      { city, country, point: pointOf(lat, lon, "airport") },
    ]),
  );
}

/** AWS region → what AWS itself publishes of it in Systems Manager. */
export function awsPublished() {
  const tree = jsonOf(PACKAGES.moto, "moto/ssm/resources/regions.json.gz");
  const regions = tree.aws.service["global-infrastructure"].regions;
  const entries = Object.entries(regions).map(([name, facts]) => [
    name,
    {
      displayName: facts.longName.Value,
      country: facts.geolocationCountry.Value,
      subdivision: facts.geolocationRegion.Value,
      partition: facts.partition.Value,
    },
  ]);
  return new Map(entries);
}

/** AWS region → city and point, as sparecores compiled them. */
export function awsCompiled() {
  const rows = literalOf(PACKAGES.sparecores, "sc_crawler/vendors/_aws.py", "regions");
  return new Map(rows.map((row) => [row.region_id, row]));
}

/** The four Azure tables that have to be laid over each other. */
export function azureTables() {
  return {
    countries: jsonOf(
      PACKAGES.azRegions,
      "az_scout_plugin_regions_cheapest/static/data/region_locations.json",
    ),
    names: jsonOf(PACKAGES.azLatency, "az_scout_latency_stats/static/data/region-coordinates.json"),
    old: jsonOf(PACKAGES.cloudRegions, "cloud_regions_info/mappings/azure_regions.json"),
    cities: literalOf(PACKAGES.sparecores, "sc_crawler/vendors/_azure.py", "manual_datas"),
    pairs: literalOf(PACKAGES.azureCli, "azure/cli/command_modules/backup/custom.py", "secondary_region_map"),
  };
}

/** Name of a subdivision → its ISO 3166-2 code, for example `Virginia` of US → `US-VA`. */
export function subdivisionCodes() {
  const text = textOf(PACKAGES.subdivisions, "package/iso3166.min.js");
  const found = [...text.matchAll(/"([A-Z]{2}-[A-Z0-9]{1,3})":\{type:"[^"]*",name:"([^"]*)"/g)];
  return new Map(found.map(([, code, name]) => [`${code.slice(0, 2)} ${name}`, code]));
}

/** Hetzner location → point, from the sample answer of its API that sparecores quotes. */
export function hetznerPoints() {
  const text = textOf(PACKAGES.sparecores, "sc_crawler/vendors/_hcloud.py");
  const sample = /'name': '([a-z0-9]+)'[\s\S]{0,400}?'latitude': ([\d.-]+),[\s#]+'longitude': ([\d.-]+)/g;
  return new Map([...text.matchAll(sample)].map(([, name, lat, lon]) => [name, pointOf(lat, lon, "city")]));
}

const slug = (name) => name.toLowerCase().replaceAll(" ", "-");

/** Countries with an ISO 3166-1 code, and the continent each is filed under, in the words manifests use. */
export function countries() {
  const iso = new Set(jsonOf(PACKAGES.isoCodes, "package/codes.json").map(([alpha2]) => alpha2));
  const continents = jsonOf(PACKAGES.countries, "package/continents.min.json");
  return Object.entries(jsonOf(PACKAGES.countries, "package/countries.min.json"))
    .filter(([code]) => iso.has(code))
    .map(([code, { name, continent }]) => ({ code, name, continent: slug(continents[continent]) }));
}
