import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..", "..");
const tables = join(root, "scripts", "catalog", "tables.mjs");

/** Calls one function of the generator with JSON arguments; Maps are written as lists of entries. */
function call(name: string, args: string): { readonly value: unknown; readonly refused: string | undefined } {
  const code = `import { ${name} } from ${JSON.stringify(tables)};
    process.stdout.write(JSON.stringify(${name}(${args})));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", code], {
    encoding: "utf8",
  });
  const refused = /Error: (catalog: .*)/.exec(stderr)?.[1];
  return { value: stdout === "" ? undefined : JSON.parse(stdout), refused };
}

const airports = `new Map([["FRA", { city: "Frankfurt am Main", country: "DE", point: { latitude: 50, longitude: 8.5, precision: "airport" } }]])`;
const aws = `new Map([["eu-x-1", { displayName: "X", country: "DE", subdivision: "DE-HE", partition: "aws" }]])`;

describe("the generator", () => {
  test.each([
    {
      name: "two sources that name two countries",
      call: [
        "awsLocations",
        `${aws}, new Map([["eu-x-1", { country_id: "FR", lat: 1, lon: 2 }]]), {}, new Map()`,
      ],
      refused: "catalog: eu-x-1: DE or FR?",
    },
    {
      name: "a point of presence whose airport is in another country",
      call: ["pops", `{ pops: { FR: "FRA" }, filedUnder: {} }, ${airports}`],
      refused: "catalog: FRA: FR or DE?",
    },
    {
      name: "an airport nobody knows",
      call: ["typedLocations", `{ here: { country: "DE", airport: "QQQ" } }, ${airports}`],
      refused: "catalog: no airport QQQ",
    },
    {
      name: "a member that is no country",
      call: ["jurisdictionTable", `[{ key: "EU", members: "DE XX" }], [{ code: "DE" }]`],
      refused: "catalog: XX is no country",
    },
  ])("refuses $name", ({ call: [name = "", args = ""], refused }) => {
    expect(call(name, args)).toEqual({ value: undefined, refused });
  });

  test("leaves out what nobody knows", () => {
    expect(call("pops", `{ pops: { DE: "FRA", BR: "QWJ" }, filedUnder: {} }, ${airports}`).value).toEqual([
      {
        name: "FRA",
        city: "Frankfurt am Main",
        country: "DE",
        latitude: 50,
        longitude: 8.5,
        precision: "airport",
        confidence: "typed",
      },
      { name: "QWJ", country: "BR", confidence: "typed" },
    ]);
  });

  const cache = join(root, ".meridian", "cache", "catalog");
  const fetched = existsSync(cache) && readdirSync(cache).length >= 10;
  (fetched ? test : test.skip)("finds the committed files up to date (packages in the cache)", () => {
    const { status, stdout } = spawnSync(process.execPath, ["scripts/catalog/generate.mjs", "--check"], {
      cwd: root,
      encoding: "utf8",
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: "the catalog is up to date\n" });
  });
});
