/** `--json`: exactly one document on stdout, of the published schema; everything else on stderr. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import { meridian, shopFolder, write } from "./run";

const schemas = join(__dirname, "..", "..", "schemas", "cli");
const ajv = new Ajv2020({ allErrors: true });
const validators = new Map(
  readdirSync(schemas).map((name) => [
    name.replace(".schema.json", ""),
    ajv.compile(JSON.parse(readFileSync(join(schemas, name), "utf8")) as object),
  ]),
);

/** The document, after it has been held against its schema. */
async function documentOf(folder: string, line: string, schema: string, code: number): Promise<unknown> {
  const ran = await meridian(folder, line);
  const document: unknown = JSON.parse(ran.stdout);
  const validate = validators.get(schema);
  validate?.(document);
  expect({ line, errors: validate?.errors, code: ran.code }).toEqual({ line, errors: null, code });
  expect(ran.stdout).toBe(`${JSON.stringify(document, null, 2)}\n`);
  expect(ran.stderr).not.toMatch(/^[[{]/m);
  return document;
}

let shop = "";
beforeAll(async () => {
  shop = await shopFolder();
});

describe("every document fits its published schema", () => {
  test.each([
    ["validate --json", "validate", 0],
    ["plan shop --json", "plan", 0],
    ["graph --json", "graph", 0],
    ["explain platform.spec --json", "explain", 0],
    ["explain platform.spec.topology --json", "explain", 0],
    ["explain platform.spec.objectives.region.rto --json", "explain", 0],
    ["explain MRD2104 --json", "explain", 0],
    ["explain 4102 --json", "explain", 0],
    ["init other --folder elsewhere --json", "init", 0],
    ["status --engine graph --json", "status", 0],
    ["preview --engine graph --json", "preview", 0],
    ["preview shop --engine graph --json --detailed-exitcode", "preview", 2],
    ["validate nowhere --json", "error", 1],
    ["plan nobody --json", "error", 1],
    ["apply --json", "error", 1],
    ["unheard --json", "error", 1],
    ["explain MRD9999 --json", "error", 1],
    ["init shop --json", "error", 1],
  ])("meridian %s", async (line, schema, code) => {
    const document = await documentOf(shop, line, schema, code);
    expect(document).toMatchObject({ ok: code !== 1, command: line.split(" ")[0] });
  });

  test("schema prints the schema itself", async () => {
    const { code, stdout } = await meridian(shop, "schema workspace");
    expect({ code, schema: JSON.parse(stdout) as unknown }).toEqual({
      code: 0,
      schema: JSON.parse(readFileSync(join(schemas, "..", "workspace.schema.json"), "utf8")) as unknown,
    });
  });

  test("errors of manifests are in the document, each with its place and next step", async () => {
    const folder = await shopFolder();
    write(folder, { "regions/shop/broken.yaml": "kind: Regoin\n" });
    const document = await documentOf(folder, "validate --json", "validate", 1);
    expect(document).toMatchObject({
      ok: false,
      counts: { errors: 2, warnings: 0, files: 5 },
      diagnostics: [
        { code: "MRD1102", place: { file: "regions/shop/broken.yaml", line: 1, column: 1, length: 4 } },
        { code: "MRD1104", place: { file: "regions/shop/broken.yaml", line: 1, column: 7, length: 6 } },
      ],
    });
    const refused = await documentOf(folder, "plan --json", "error", 1);
    expect(refused).toMatchObject({ error: { code: "MRD4105" }, diagnostics: [{}, {}] });
  });
});

describe("a platform's life on the graph engine", () => {
  const runs = (line: string, schema: string, code: number) =>
    documentOf(shop, `${line} shop --engine graph --json`, schema, code) as Promise<{
      readonly stacks: readonly {
        readonly stack: string;
        readonly state?: string;
        readonly changes?: Readonly<Record<string, number>>;
      }[];
    }>;
  const states = async (): Promise<readonly (string | undefined)[]> => [
    ...new Set((await runs("status", "status", 0)).stacks.map(({ state }) => state)),
  ];
  const total = (stacks: Awaited<ReturnType<typeof runs>>["stacks"], change: string): number =>
    stacks.reduce((sum, { changes }) => sum + (changes?.[change] ?? 0), 0);

  test("apply, status, preview, apply again, destroy", async () => {
    expect(await states()).toEqual(["not-applied"]);
    const { stacks } = await runs("apply --yes", "apply", 0);
    const created = total(stacks, "create");
    expect(created).toBeGreaterThan(20);
    expect(await states()).toEqual(["in-sync"]);

    const again = await runs("apply --yes", "apply", 0);
    expect([total(again.stacks, "create"), total(again.stacks, "same")]).toEqual([0, created]);
    await documentOf(shop, "preview shop --engine graph --json --detailed-exitcode", "preview", 0);

    const gone = await runs("destroy --yes", "destroy", 0);
    expect(total(gone.stacks, "delete")).toBe(created);
    expect(await states()).toEqual(["not-applied"]);
  });
});

describe("what people read", () => {
  test("goes to stdout, progress to stderr", async () => {
    const { code, stdout, stderr } = await meridian(shop, "preview shop --engine graph");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^stack +resources +would change \(sandbox\)/);
    expect(stdout).not.toContain("started");
    expect(stderr).toContain("shop/germany");
  });

  test.each([
    ["plan shop", /^shop {2}active-passive/],
    ["status --engine graph", /^stack +resources +state \(sandbox\)/],
    ["graph shop --format mermaid", /^(%%|---|flowchart|graph)/],
    ["explain region.spec.serves", /^region\.spec\.serves/],
    ["validate", /^1 platform · 2 regions · 1 workspace · no errors/],
  ])("meridian %s says nothing on stderr", async (line, stdout) => {
    expect(await meridian(shop, line)).toEqual({
      code: 0,
      stdout: expect.stringMatching(stdout) as string,
      stderr: "",
    });
  });

  test("a warning is shown and counted, and is no failure", async () => {
    const folder = await shopFolder();
    const extra = readFileSync(join(folder, "regions/shop/regions/finland.yaml"), "utf8");
    const norway = extra.replaceAll("finland", "norway").replace("10.2.", "10.3.");
    write(folder, { "regions/shop/regions/norway.yaml": norway });
    const { code, stdout } = await meridian(folder, "validate");
    expect([code, stdout.split("\n")[0], stdout.trimEnd().split("\n").at(-1)]).toEqual([
      0,
      'warning MRD2110  region "norway" is not listed by platform "shop" and is never applied',
      "1 platform · 3 regions · 1 workspace · no errors · 1 warning   0.00 s",
    ]);
  });

  test("explain tells a field with an example", async () => {
    expect((await meridian(shop, "explain platform.spec.objectives.region.rto")).stdout).toBe(
      [
        "platform.spec.objectives.region.rto   string",
        "",
        "  A whole number and ms, s, m, h or d.",
        "",
        "  for example 30s, 5m, 14d",
        "",
      ].join("\n"),
    );
  });

  test("explain tells a code with its example", async () => {
    expect((await meridian(shop, "explain mrd2104")).stdout).toBe(
      [
        "MRD2104   home region outside the platform",
        "  Manifests together: names, regions, networks, services",
        "",
        "  A workspace's data would be written in a region that its platform does not have.",
        "",
        "    homeRegion: eu-centrall",
        "  becomes",
        "    homeRegion: eu-central",
        "",
        "  next: Use one of the platform's regions.",
        "",
      ].join("\n"),
    );
  });
});
