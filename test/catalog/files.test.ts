import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";

const folder = join(__dirname, "..", "..", "regions", "catalog");
const json = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), "utf8"));
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));

describe("catalog files", () => {
  test("are the seven the lookups read", () => {
    expect(files.sort()).toEqual([
      "aws.json",
      "azure.json",
      "cloudflare.json",
      "contabo.json",
      "countries.json",
      "hetzner.json",
      "jurisdictions.json",
    ]);
  });

  const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, strictTypes: false });
  const isCatalogFile = ajv.compile(json("schema/catalog-file.schema.json") as object);

  test.each(files)("%s follows the schema", (name) => {
    isCatalogFile(json(name));
    expect(isCatalogFile.errors).toBeNull();
  });

  test("the schema refuses a guess: coordinates without what they are of", () => {
    const { locations, ...head } = json("hetzner.json") as { locations: readonly object[] };
    const vague = { ...locations[0], precision: undefined };
    expect(isCatalogFile({ ...head, locations: [JSON.parse(JSON.stringify(vague))] })).toBe(false);
  });
});
