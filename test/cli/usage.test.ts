import { buildProgram } from "../../automation/cli/program";
import { guardedTerminal } from "../../automation/cli/guarded-terminal";
import { realTerminal } from "../../automation/cli/terminal";
import { emptyFolder, meridian, shopFolder } from "./run";

const program = buildProgram(guardedTerminal({ ...realTerminal(), env: {} }), () => undefined);
const verbs = program.commands.map((command) => command.name());
let empty = "";
let shop = "";

beforeAll(async () => {
  empty = emptyFolder();
  shop = await shopFolder();
});

describe("help", () => {
  test.each(verbs)("of %s goes to stdout, with examples that name it", async (verb) => {
    const asked = await meridian(empty, `${verb} --help`);
    expect(asked).toEqual({
      code: 0,
      stdout: expect.stringContaining("\nExamples:\n") as string,
      stderr: "",
    });
    const examples = asked.stdout.split("\nExamples:\n")[1]?.trimEnd().split("\n") ?? [];
    expect(examples.filter((line) => !/^ {2}\$ (meridian|npm) /.test(line))).toEqual([]);
    expect(examples.filter((line) => line.includes(verb))).not.toEqual([]);
    expect(await meridian(empty, `help ${verb}`)).toEqual(asked);
  });

  test("without a verb is printed all the same, and is no success", async () => {
    const { code, stdout, stderr } = await meridian(empty, "");
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout.split("\n")[0]).toBe("Usage: meridian [options] [command]");
    for (const verb of verbs) expect(stdout).toContain(`\n  ${verb} `);
  });

  test("is plain text when it is not a terminal", async () => {
    expect((await meridian(empty, "--help")).stdout).not.toContain("\u001b");
  });

  test("--version is the package's", async () => {
    expect(await meridian(empty, "--version")).toEqual({ code: 0, stdout: "0.1.0\n", stderr: "" });
  });
});

describe("what cannot be done is said in one sentence with a next step", () => {
  test.each([
    [
      "valdate",
      'error MRD4101  unknown command "valdate", did you mean validate?\n  next: see `meridian help`\n',
    ],
    ["frobnicate", 'error MRD4101  unknown command "frobnicate"\n  next: see `meridian help`\n'],
    [
      "validate --jsn",
      'error MRD4101  unknown option "--jsn", did you mean --json?\n  next: see `meridian help validate`\n',
    ],
    ["init", 'error MRD4101  missing required argument "name"\n  next: see `meridian help init`\n'],
    [
      "graph --format png",
      'error MRD4101  --format cannot be "png"\n  next: use one of svg, mermaid, json\n',
    ],
    [
      "preview --parallel 0",
      'error MRD4101  --parallel cannot be "0"\n  next: use a whole number from 1 to 64\n',
    ],
    ["plan shpo", 'error MRD4104  no platform "shpo", did you mean "shop"?\n  next: use shop\n'],
    [
      "apply shop",
      "error MRD4106  apply changes the sandbox and was not told to go ahead\n  next: look first with `meridian preview shop`, then run `meridian apply shop --yes`\n",
    ],
    [
      "destroy shop",
      "error MRD4106  destroy changes the sandbox and was not told to go ahead\n  next: look first with `meridian preview shop`, then run `meridian destroy shop --yes`\n",
    ],
    [
      "validate nowhere",
      "error MRD4102  nowhere does not exist\n  next: name a folder of manifests, or make a first platform with `meridian init`\n",
    ],
    [
      "plan --manifests .git",
      "error MRD4102  .git does not exist\n  next: name a folder of manifests, or make a first platform with `meridian init`\n",
    ],
    ["completion tcsh", 'error MRD4101  no completion for "tcsh"\n  next: use one of bash, zsh, fish\n'],
    [
      "schema regoin",
      'error MRD4110  no kind "regoin", did you mean "region"?\n  next: use one of Platform, Region, Workspace, Exemption, PriceBook\n',
    ],
    [
      "explain region.spec.serves.cuntries",
      'error MRD4110  region.spec.serves has no field "cuntries", did you mean "countries"?\n  next: use one of continents, countries, pops, note\n',
    ],
    ["explain MRD2199", "error MRD4120  there is no code MRD2199\n  next: near it are MRD2190\n"],
    [
      "graph --out a.svg shop shop2",
      'error MRD4104  no platform "shop2", did you mean "shop"?\n  next: use shop\n',
    ],
    [
      "init Bad_Name",
      'error MRD4101  "Bad_Name" cannot be the name of a platform\n  next: use lower case letters, digits and dashes, for example `meridian init shop`\n',
    ],
  ])("meridian %s", async (line, stderr) => {
    expect(await meridian(shop, line)).toEqual({ code: 1, stdout: "", stderr });
  });

  test.each(["valdate --json", "plan shpo --json", "validate nowhere --json", "apply shop --json"])(
    "meridian %s: the same as a document",
    async (line) => {
      const { code, stdout, stderr } = await meridian(shop, line);
      expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
      expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: /MRD4\d+/.exec(stdout)?.[0] } });
    },
  );

  test("colours are for people", async () => {
    const seen = await meridian(shop, "plan shpo", { isTTY: true });
    expect(seen.stderr).toContain("\u001b[");
    const dim = await meridian(shop, "plan shpo", { isTTY: true, env: { NO_COLOR: "1" } });
    expect(dim.stderr).not.toContain("\u001b[");
  });
});
