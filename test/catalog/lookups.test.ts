import fc from "fast-check";
import { catalogOf } from "../../automation/manifest/catalog/catalog";
import { closest } from "../../automation/manifest/catalog/closest";
import { catalog, catalogData } from "../../automation/manifest/catalog/data";

const names = catalogData.clouds.flatMap(({ cloud, locations }) =>
  locations.map(({ name }) => ({ cloud, name })),
);
const aLocation = fc.constantFrom(...names);

describe("suggestions", () => {
  test.each([
    { cloud: "aws", wrong: "us-esat-1", first: "us-east-1" },
    { cloud: "aws", wrong: "US East 1", first: "us-east-1" },
    { cloud: "aws", wrong: "Singapore", first: "ap-southeast-1" },
    { cloud: "azure", wrong: "East US", first: "eastus" },
    { cloud: "azure", wrong: "west-us-2", first: "westus2" },
    { cloud: "contabo", wrong: "nürnberg", first: "nuremberg" },
    { cloud: "contabo", wrong: "munbai", first: "mumbai" },
    { cloud: "hetzner", wrong: "Falkenstein", first: "fsn1" },
  ])("$cloud has no $wrong, but $first", ({ cloud, wrong, first }) => {
    expect(catalog.suggestions(cloud, wrong)[0]).toBe(first);
  });

  test.each([
    { cloud: "aws", wrong: "atlantis" },
    { cloud: "aws", wrong: "" },
    { cloud: "local", wrong: "us-east-1" },
  ])("nothing near $wrong of $cloud", ({ cloud, wrong }) => {
    expect(catalog.suggestions(cloud, wrong)).toEqual([]);
  });

  test("of points of presence and jurisdictions know the word for the place", () => {
    expect(catalog.popSuggestions("frankfurt am main")).toEqual(["FRA"]);
    expect(catalog.jurisdictionSuggestions("Germany")).toEqual(["DE"]);
    expect(catalog.jurisdictionSuggestions("GDPR-adequat")).toEqual(["GDPR-ADEQUATE"]);
  });

  test("are locations of that cloud, at most three, each once", () => {
    fc.assert(
      fc.property(aLocation, fc.string({ maxLength: 30 }), ({ cloud }, wrong) => {
        const found = catalog.suggestions(cloud, wrong);
        expect(found.length).toBeLessThanOrEqual(3);
        expect(new Set(found).size).toBe(found.length);
        expect(found.filter((name) => catalog.location(cloud, name) === undefined)).toEqual([]);
      }),
    );
  });

  test("begin with a name itself, however it is cased or spaced", () => {
    fc.assert(
      fc.property(aLocation, fc.boolean(), ({ cloud, name }, spaced) => {
        const typed = (spaced ? name.replaceAll("-", " ") : name).toUpperCase();
        const [first = ""] = catalog.suggestions(cloud, typed);
        const aliases = [first, catalog.location(cloud, first)?.city?.toLowerCase()];
        expect(aliases).toContain(name);
      }),
    );
  });

  test("find a name of six letters or more through any one dropped letter", () => {
    const long = fc.constantFrom(...names.filter(({ name }) => name.replace(/\W/g, "").length >= 6));
    fc.assert(
      fc.property(long, fc.nat(), ({ cloud, name }, seed) => {
        const at = seed % name.length;
        const found = closest(name.slice(0, at) + name.slice(at + 1), [{ name, aliases: [] }]);
        expect({ cloud, found }).toEqual({ cloud, found: [name] });
      }),
    );
  });

  test("do not depend on the order of the candidates", () => {
    const candidates = catalog.locations("aws").map(({ name }) => ({ name, aliases: [] }));
    const shuffled = fc.shuffledSubarray(candidates, { minLength: candidates.length });
    fc.assert(
      fc.property(fc.constantFrom("us-east", "eu-west-9", "ap-south"), shuffled, (wrong, order) => {
        expect(closest(wrong, order)).toEqual(closest(wrong, candidates));
      }),
    );
  });
});

describe("catalogOf", () => {
  test("answers from the data it is given", () => {
    const one = catalogOf({
      ...catalogData,
      clouds: catalogData.clouds.filter(({ cloud }) => cloud === "hetzner"),
    });
    expect(one.location("aws", "us-east-1")).toBeUndefined();
    expect(one.location("hetzner", "nbg1")).toEqual({
      cloud: "hetzner",
      name: "nbg1",
      displayName: "Nuremberg DC Park 1",
      city: "Nuremberg",
      country: "DE",
      subdivision: "DE-BY",
      latitude: 49.4521,
      longitude: 11.0767,
      precision: "city",
      confidence: "typed",
      continent: "europe",
      jurisdictions: ["EU", "EEA", "DE"],
    });
  });

  test("is not confused by names every object has", () => {
    expect(catalog.jurisdictionsOf("constructor")).toEqual([]);
    expect(catalog.conditionalJurisdictionsOf("toString")).toEqual([]);
    expect(catalog.location("aws", "toString")).toBeUndefined();
  });
});
