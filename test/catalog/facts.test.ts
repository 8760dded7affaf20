import { catalog, catalogData } from "../../automation/manifest/catalog/data";
import type { Location } from "../../automation/manifest/catalog/catalog";

const all: readonly Location[] = catalogData.clouds.flatMap(({ cloud }) => catalog.locations(cloud));
const label = ({ cloud, name }: Location): string => `${cloud}/${name}`;

describe("the places the five documents use", () => {
  test.each([
    { at: "azure/eastus", city: "Boydton", country: "US", subdivision: "US-VA", continent: "north-america" },
    { at: "azure/westus2", city: "Quincy", country: "US", subdivision: "US-WA", continent: "north-america" },
    { at: "aws/us-east-1", city: "Ashburn", country: "US", subdivision: "US-VA", continent: "north-america" },
    {
      at: "aws/us-west-2",
      city: "Boardman",
      country: "US",
      subdivision: "US-OR",
      continent: "north-america",
    },
    { at: "aws/eu-west-1", city: "Dublin", country: "IE", subdivision: "IE-D", continent: "europe" },
    { at: "aws/ap-southeast-1", city: "Singapore", country: "SG", subdivision: "SG-01", continent: "asia" },
    { at: "contabo/nuremberg", city: "Nuremberg", country: "DE", subdivision: "DE-BY", continent: "europe" },
    { at: "contabo/mumbai", city: "Mumbai", country: "IN", subdivision: "IN-MH", continent: "asia" },
    { at: "hetzner/fsn1", city: "Falkenstein", country: "DE", subdivision: "DE-SN", continent: "europe" },
    { at: "hetzner/nbg1", city: "Nuremberg", country: "DE", subdivision: "DE-BY", continent: "europe" },
    { at: "hetzner/hel1", city: "Helsinki", country: "FI", subdivision: "FI-18", continent: "europe" },
    { at: "hetzner/ash", city: "Ashburn", country: "US", subdivision: "US-VA", continent: "north-america" },
    { at: "hetzner/hil", city: "Hillsboro", country: "US", subdivision: "US-OR", continent: "north-america" },
    { at: "hetzner/sin", city: "Singapore", country: "SG", continent: "asia" },
  ])("$at is in $city", ({ at, ...expected }) => {
    const [cloud = "", name = ""] = at.split("/");
    const found = catalog.location(cloud, name);
    expect(found).toMatchObject({ cloud, name, ...expected });
    expect(found?.latitude).toEqual(expect.any(Number));
    expect(found?.longitude).toEqual(expect.any(Number));
  });

  test.each([
    { code: "FRA", country: "DE", continent: "europe" },
    { code: "AMS", country: "NL", continent: "europe" },
    { code: "LHR", country: "GB", continent: "europe" },
    { code: "CDG", country: "FR", continent: "europe" },
    { code: "DXB", country: "AE", continent: "asia" },
    { code: "BOM", country: "IN", continent: "asia" },
    { code: "DEL", country: "IN", continent: "asia" },
    { code: "SIN", country: "SG", continent: "asia" },
  ])("POP $code is in $country", ({ code, ...expected }) => {
    expect(catalog.pop(code)).toMatchObject({ name: code, precision: "airport", ...expected });
  });
});

describe("every place", () => {
  test("has a country of the country file", () => {
    const strays = [...all, ...catalogData.cloudflare.pops].filter(
      (at) => catalog.country(at.country) === undefined,
    );
    expect(strays).toEqual([]);
  });

  test("has a subdivision of its own country, or none", () => {
    const strays = all.filter(({ subdivision, country }) => subdivision?.startsWith(`${country}-`) === false);
    expect(strays.map(label)).toEqual([]);
  });

  test("is named once", () => {
    expect(new Set(all.map(label)).size).toBe(all.length);
    expect(new Set(catalogData.cloudflare.pops.map(({ name }) => name)).size).toBe(
      catalogData.cloudflare.pops.length,
    );
  });

  test("whose coordinates nobody gives is listed here, and has none", () => {
    expect(all.filter(({ latitude }) => latitude === undefined).map(label)).toEqual([]);
    const pops = catalogData.cloudflare.pops.filter(({ latitude }) => latitude === undefined);
    expect(pops.map(({ name }) => name)).toEqual(["FRU", "JXG", "KIV", "PNH", "QWJ", "XNH", "ZDM"]);
  });

  test("whose city nobody names is listed here, and has none", () => {
    expect(all.filter(({ city }) => city === undefined).map(label)).toEqual([
      "aws/eu-south-2",
      "aws/eusc-de-east-1",
      "aws/me-south-1",
      "aws/us-gov-east-1",
      "aws/us-gov-west-1",
      "aws/us-west-1",
      "azure/centralus",
      "azure/israelcentral",
      "azure/taiwannorth",
    ]);
  });

  test("that no source confirms is listed here", () => {
    expect(all.filter(({ confidence }) => confidence === "unverified").map(label)).toEqual([
      "contabo/munich",
      "contabo/new-york",
      "contabo/portsmouth",
      "contabo/seattle",
    ]);
  });
});

describe("paired regions of Azure", () => {
  const paired = catalog
    .locations("azure")
    .flatMap(({ name, pair }) => (pair === undefined ? [] : [{ name, pair }]));
  const pairOf = new Map(paired.map(({ name, pair }) => [name, pair]));
  const known = (name: string): boolean => catalog.location("azure", name) !== undefined;

  test("go both ways, but for those Microsoft pairs one way", () => {
    const oneWay = paired.filter(({ name, pair }) => known(pair) && pairOf.get(pair) !== name);
    expect(oneWay).toEqual([
      { name: "brazilsouth", pair: "southcentralus" },
      { name: "brazilsoutheast", pair: "brazilsouth" },
      { name: "westindia", pair: "southindia" },
      { name: "westus3", pair: "eastus" },
    ]);
  });

  test("name regions of the catalog, but for those closed to customers", () => {
    expect(paired.filter(({ pair }) => !known(pair)).map(({ pair }) => pair)).toEqual([
      "swedensouth",
      "taiwannorthwest",
    ]);
  });

  test("cross a border in these cases: geo-redundant storage does too", () => {
    const country = (name: string): string | undefined => catalog.location("azure", name)?.country;
    const crossing = paired.filter(({ name, pair }) => known(pair) && country(name) !== country(pair));
    expect(crossing.map(({ name, pair }) => `${name} → ${pair}`)).toEqual([
      "brazilsouth → southcentralus",
      "eastasia → southeastasia",
      "northeurope → westeurope",
      "southeastasia → eastasia",
      "westeurope → northeurope",
    ]);
  });
});

describe("countries", () => {
  test.each([
    { code: "DE", name: "Germany", continent: "europe" },
    { code: "GB", name: "United Kingdom", continent: "europe" },
    { code: "IN", name: "India", continent: "asia" },
    { code: "AE", name: "United Arab Emirates", continent: "asia" },
    { code: "US", name: "United States", continent: "north-america" },
    { code: "MX", name: "Mexico", continent: "north-america" },
    { code: "BR", name: "Brazil", continent: "south-america" },
    { code: "ZA", name: "South Africa", continent: "africa" },
    { code: "AU", name: "Australia", continent: "oceania" },
    { code: "SG", name: "Singapore", continent: "asia" },
  ])("$code is $name", (expected) => {
    expect(catalog.country(expected.code)).toEqual(expected);
  });

  test("each is of exactly one continent", () => {
    const continents = [
      "africa",
      "antarctica",
      "asia",
      "europe",
      "north-america",
      "oceania",
      "south-america",
    ];
    const codes = continents.flatMap((continent) => catalog.countriesOf(continent));
    expect([...codes].sort()).toEqual(catalogData.countries.countries.map(({ code }) => code).sort());
  });
});
