/** What is published is what the sources say: run `npm run schemas` when one of these fails. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { diagnosticsPage } from "../../automation/cli/documents/diagnostics-page";
import { publishedDocuments } from "../../automation/cli/documents/publish";
import { publishedSchemas } from "../../automation/manifest/schema/publish";

const root = join(__dirname, "..", "..");
const read = (...path: readonly string[]): string => readFileSync(join(root, ...path), "utf8");
const published = { ...publishedSchemas(), ...publishedDocuments() };

describe("published files are not stale", () => {
  test.each(Object.entries(published))("schemas/%s", (name, schema) => {
    expect(read("schemas", name)).toBe(`${JSON.stringify(schema, null, 2)}\n`);
  });

  test("docs/diagnostics.md", () => {
    expect(read("docs", "diagnostics.md")).toBe(diagnosticsPage());
  });

  test("and nothing else is published", () => {
    const files = readdirSync(join(root, "schemas"), { recursive: true, encoding: "utf8" });
    const schemas = files.filter((name) => name.endsWith(".json")).map((name) => name.replaceAll("\\", "/"));
    expect(schemas.sort()).toEqual(Object.keys(published).sort());
  });
});
