// Makes regions/catalog/*.json from pinned packages and the hand-typed tables beside this script.
//   node scripts/catalog/generate.mjs           write what changed
//   node scripts/catalog/generate.mjs --check   exit 1 when a committed file is stale, 2 when it cannot be known
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PACKAGES, PackageUnavailable, sourceOf } from "./packages.mjs";
import * as sites from "./sites.mjs";
import * as tables from "./tables.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const catalog = join(here, "..", "..", "regions", "catalog");
const typed = (name) => JSON.parse(readFileSync(join(here, "typed", `${name}.json`), "utf8"));

/** The head in full, then a row a line: small diffs, and a file a person can read. */
function rendered(file) {
  const lines = Object.entries(file).map(([key, value]) => {
    const rows = Array.isArray(value) ? value : undefined;
    if (rows === undefined || typeof rows[0] !== "object")
      return `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`;
    return `  ${JSON.stringify(key)}: [\n${rows.map((row) => `    ${JSON.stringify(row)}`).join(",\n")}\n  ]`;
  });
  return `{\n${lines.join(",\n")}\n}\n`;
}

/** Every file says where it is from, of when, and under which licence. */
const headed = (sources, body) => ({
  asOf: sources[0].asOf,
  licence: [...new Set(sources.map(({ licence }) => licence))].sort().join(", "),
  sources,
  ...body,
});

function awsFile(airports) {
  const fixes = typed("aws");
  const sources = [
    sourceOf(PACKAGES.moto, "regions, country, subdivision, partition (AWS Systems Manager's own data)"),
    sourceOf(PACKAGES.sparecores, "city and coordinates"),
    sourceOf(PACKAGES.airports, "coordinates where precision is airport"),
    fixes.source,
  ];
  const locations = tables.awsLocations(sites.awsPublished(), sites.awsCompiled(), fixes.locations, airports);
  return headed(sources, {
    cloud: "aws",
    operator: { name: "Amazon Web Services, Inc.", country: "US" },
    locations,
  });
}

function azureFile() {
  const fixes = typed("azure");
  const sources = [
    sourceOf(PACKAGES.azRegions, "country and coordinates"),
    sourceOf(PACKAGES.azureCli, "paired regions (Microsoft's backup commands)"),
    sourceOf(PACKAGES.azLatency, "display names"),
    sourceOf(PACKAGES.sparecores, "city and subdivision"),
    sourceOf(PACKAGES.cloudRegions, "display names of older regions"),
    sourceOf(PACKAGES.subdivisions, "ISO 3166-2 codes"),
    fixes.source,
  ];
  const locations = tables.azureLocations(sites.azureTables(), fixes, sites.subdivisionCodes());
  return headed(sources, {
    cloud: "azure",
    operator: { name: "Microsoft Corporation", country: "US" },
    locations,
  });
}

function typedFile(cloud, airports, points) {
  const { source, operator, locations } = typed(cloud);
  const sources = [source, sourceOf(PACKAGES.airports, "coordinates where precision is airport")];
  if (points !== undefined)
    sources.push(sourceOf(PACKAGES.sparecores, "coordinates quoted from the vendor's API"));
  return headed(sources, { cloud, operator, locations: tables.typedLocations(locations, airports, points) });
}

function cloudflareFile(airports) {
  const table = typed("cloudflare");
  const { source, operator } = table;
  const sources = [
    source,
    sourceOf(PACKAGES.airports, "city and coordinates of the airport a code is named after"),
  ];
  return headed(sources, { cloud: "cloudflare", operator, pops: tables.pops(table, airports) });
}

function countryFiles() {
  const countries = sites.countries();
  const sources = [
    sourceOf(PACKAGES.countries, "names and continents"),
    sourceOf(PACKAGES.isoCodes, "which codes are ISO 3166-1"),
  ];
  const { licence, asOf, reviewAfterDays, jurisdictions } = typed("jurisdictions");
  const rules = tables.jurisdictionTable(jurisdictions, countries);
  return {
    countries: headed(sources, { countries }),
    jurisdictions: { asOf, licence, reviewAfterDays, ...rules },
  };
}

function allFiles() {
  const airports = sites.airports();
  return {
    aws: awsFile(airports),
    azure: azureFile(),
    contabo: typedFile("contabo", airports),
    hetzner: typedFile("hetzner", airports, sites.hetznerPoints()),
    cloudflare: cloudflareFile(airports),
    ...countryFiles(),
  };
}

function main(check) {
  const stale = Object.entries(allFiles()).filter(([name, file]) => {
    const path = join(catalog, `${name}.json`);
    const text = rendered(file);
    if (existsSync(path) && readFileSync(path, "utf8") === text) return false;
    if (!check) writeFileSync(path, text);
    return true;
  });
  const names = stale.map(([name]) => `regions/catalog/${name}.json`).join(", ");
  if (stale.length === 0) console.log("the catalog is up to date");
  else console.log(check ? `stale: ${names}; run node scripts/catalog/generate.mjs` : `wrote ${names}`);
  return check && stale.length > 0 ? 1 : 0;
}

try {
  process.exitCode = main(process.argv.includes("--check"));
} catch (error) {
  if (!(error instanceof PackageUnavailable)) throw error;
  console.log(`not known: ${error.message}`);
  process.exitCode = 2;
}
