/** `meridian runbook`: on stdout, into a file, as a document. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import { meridian, shopFolder, write } from "./run";

let shop = "";
beforeAll(async () => {
  shop = await shopFolder();
});

const markdown = async (): Promise<string> => (await meridian(shop, "runbook shop")).stdout;

test("prints the page and nothing else", async () => {
  const { code, stdout, stderr } = await meridian(shop, "runbook shop");
  expect({ code, stderr, title: stdout.split("\n")[0] }).toEqual({
    code: 0,
    stderr: "",
    title: "# Disaster recovery of shop",
  });
  expect(stdout).toContain("> Generated from `regions/shop/platform.yaml` by `meridian runbook shop`.");
});

test("--out writes the same page, making folders", async () => {
  const ran = await meridian(shop, "runbook shop --out docs/runbooks/shop.md");
  expect(ran).toEqual({ code: 0, stdout: "", stderr: "wrote docs/runbooks/shop.md\n" });
  expect(readFileSync(join(shop, "docs", "runbooks", "shop.md"), "utf8")).toBe(await markdown());
});

test("--json is one document of the published schema, with the same page", async () => {
  const { code, stdout } = await meridian(shop, "runbook shop --json --out page.md");
  const document: unknown = JSON.parse(stdout);
  const schema = join(__dirname, "..", "..", "schemas", "cli", "runbook.schema.json");
  const validate = new Ajv2020().compile(JSON.parse(readFileSync(schema, "utf8")) as object);
  validate(document);
  expect({ code, errors: validate.errors, document }).toEqual({
    code: 0,
    errors: null,
    document: {
      command: "runbook",
      ok: true,
      platform: "shop",
      manifest: "regions/shop/platform.yaml",
      unbuilt: [],
      file: "page.md",
      markdown: await markdown(),
    },
  });
});

test.each([
  { line: "runbook shopp", says: /MRD4104 {2}no platform "shopp", did you mean "shop"\?/ },
  { line: "runbook", says: /MRD4101/ },
  { line: "runbook shop --out file/page.md", says: /MRD4109 .*could not be written/ },
])("meridian $line is refused in one sentence", async ({ line, says }) => {
  write(shop, { file: "in the way" });
  const { code, stdout, stderr } = await meridian(shop, line);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(says);
  expect(stderr).not.toMatch(/\n\s+at /);
});
