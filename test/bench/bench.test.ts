import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { median } from "../../bench/figure";
import { judged, machine } from "../../bench/judge";

const root = join(__dirname, "../..");

const bench = (...args: readonly string[]) =>
  spawnSync(process.execPath, [join(root, "dist/bench/main.js"), ...args], { cwd: root, encoding: "utf8" });

const figure = (name: string, unit: string, target: string, of: string) => ({
  name,
  value: expect.any(Number) as number,
  unit,
  target,
  ok: expect.any(Boolean) as boolean,
  command: `npm run bench -- ${of}`,
  machine,
});

test("a smoke run makes every figure of the benches that need no engine", () => {
  const { status, stdout } = bench("validate", "import", "workspaces", "plan", "graph", "--smoke", "--json");
  expect(JSON.parse(stdout)).toEqual({
    figures: [
      figure("validate, all platforms", "ms", "<= 400", "validate"),
      figure("import of the pure half", "ms", "<= 100", "import"),
      figure("500 workspaces, load to specs", "s", "<= 1.5", "workspaces"),
      figure("500 workspaces, memory", "MB", "<= 400", "workspaces"),
      figure("plan, all platforms, cold", "s", "<= 6", "plan"),
      figure("plan, all platforms, nothing changed", "s", "<= 0.5", "plan"),
      figure("graph engine, 2 stacks of 100", "resources/CPU s", ">= 400", "graph"),
      figure("graph engine, openova + castiel, 9 stacks", "resources/CPU s", ">= 400", "graph"),
      figure("graph engine, heap left by stacks 6 to 10, 10 resources each", "KiB a stack", "<= 50", "graph"),
      figure("graph engine, heap left by stacks 6 to 10, openova + castiel", "KiB a stack", "<= 50", "graph"),
    ],
  });
  // Whether the figures reach their targets or not: small sizes say nothing about them.
  expect(status).toBe(0);
});

test("a table is for people", () => {
  const { stdout } = bench("import", "--smoke");
  expect(stdout).toMatch(
    /^ +figure +value +unit +target\n[✔✘] +import of the pure half +[\d.]+ +ms +<= 100\n/,
  );
});

describe("what it does not know", () => {
  test.each([
    {
      name: "a bench",
      args: ["grap"],
      said: 'error MRD4101  no bench "grap", did you mean "graph"?\n  next: use one of validate, import, workspaces, plan, graph, apply, edge\n',
    },
    {
      name: "an option",
      args: ["import", "--smok"],
      said: 'error MRD4101  no option "--smok", did you mean "--smoke"?\n  next: use one of --json, --smoke\n',
    },
  ])("$name", ({ args, said }) => {
    const { status, stdout, stderr } = bench(...args);
    expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: "", stderr: said });
  });
});

describe("a measurement against its target", () => {
  test.each([
    { name: "at most, reached", value: 400, target: { atMost: 400 }, ok: true, said: "<= 400" },
    { name: "at most, missed", value: 400.1, target: { atMost: 400 }, ok: false, said: "<= 400" },
    { name: "at least, reached", value: 1.7, target: { atLeast: 1.7 }, ok: true, said: ">= 1.7" },
    { name: "at least, missed", value: 1.69, target: { atLeast: 1.7 }, ok: false, said: ">= 1.7" },
    { name: "not a number is a miss", value: Number.NaN, target: { atLeast: 0 }, ok: false, said: ">= 0" },
  ])("$name", ({ value, target, ok, said }) => {
    expect(judged("some", { name: "speed", value, unit: "s", target })).toEqual({
      name: "speed",
      value,
      unit: "s",
      target: said,
      ok,
      command: "npm run bench -- some",
      machine,
    });
  });
});

test.each([
  { name: "odd", values: [9, 1, 2], middle: 2 },
  { name: "even", values: [4, 1, 2, 9], middle: 3 },
  { name: "none", values: [], middle: Number.NaN },
])("the median of $name", ({ values, middle }) => {
  expect(median(values)).toBe(middle);
});
