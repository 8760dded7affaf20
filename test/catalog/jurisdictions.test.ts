import { catalog, catalogData } from "../../automation/manifest/catalog/data";

describe("jurisdictionsOf", () => {
  test.each([
    { country: "DE", jurisdictions: ["EU", "EEA", "DE"] },
    { country: "RE", jurisdictions: ["EU", "EEA", "RE"] },
    { country: "NO", jurisdictions: ["EEA", "NO"] },
    { country: "CH", jurisdictions: ["GDPR-ADEQUATE", "CH"] },
    { country: "GB", jurisdictions: ["GDPR-ADEQUATE", "UK", "GB"] },
    { country: "BR", jurisdictions: ["GDPR-ADEQUATE", "BR"] },
    { country: "US", jurisdictions: ["US"] },
    { country: "CA", jurisdictions: ["CA"] },
    { country: "IN", jurisdictions: ["IN"] },
    { country: "SG", jurisdictions: ["SG"] },
    { country: "XX", jurisdictions: [] },
  ])("$country lies in $jurisdictions", ({ country, jurisdictions }) => {
    expect(catalog.jurisdictionsOf(country)).toEqual(jurisdictions);
  });

  test("the Union has 27 members and 7 territories, the EEA three countries more", () => {
    const members = (key: string): number =>
      catalogData.countries.countries.filter(({ code }) => catalog.jurisdictionsOf(code).includes(key))
        .length;
    expect([members("EU"), members("EEA")]).toEqual([34, 37]);
  });

  test("no country is both inside the EEA and adequate from outside it", () => {
    const both = catalogData.countries.countries.filter(({ code }) => {
      const keys = catalog.jurisdictionsOf(code);
      return keys.includes("EEA") && keys.includes("GDPR-ADEQUATE");
    });
    expect(both).toEqual([]);
  });

  test("a conditional membership is none until somebody names the basis", () => {
    expect(catalog.conditionalJurisdictionsOf("US")).toEqual([
      {
        jurisdiction: "GDPR-ADEQUATE",
        condition: expect.stringContaining("Data Privacy Framework") as string,
      },
    ]);
    expect(catalog.conditionalJurisdictionsOf("DE")).toEqual([]);
  });
});

describe("isJurisdiction", () => {
  test.each([
    { key: "EU", yes: true },
    { key: "IN", yes: true },
    { key: "GDPR-ADEQUATE", yes: true },
    { key: "EUROPE", yes: false },
    { key: "eu", yes: false },
  ])("$key: $yes", ({ key, yes }) => {
    expect(catalog.isJurisdiction(key)).toBe(yes);
  });
});

describe("operator", () => {
  test.each([
    { cloud: "aws", country: "US" },
    { cloud: "azure", country: "US" },
    { cloud: "cloudflare", country: "US" },
    { cloud: "contabo", country: "DE" },
    { cloud: "hetzner", country: "DE" },
    { cloud: "local", country: undefined },
  ])("$cloud answers to the law of $country", ({ cloud, country }) => {
    expect(catalog.operator(cloud)?.country).toBe(country);
  });
});
