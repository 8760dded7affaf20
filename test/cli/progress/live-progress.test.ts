/** listr2 loads ES modules, which jest cannot: the live lines are drawn by the built CLI, in a process of its own. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { isLive } from "../../../automation/cli/progress/progress";
import { fakeTerminal } from "./fake-terminal";
import { event, OPENOVA } from "./run-of";
import { screenOf } from "./screen";

const BUILT = join(__dirname, "../../../dist/automation/cli");

interface Scene {
  readonly events: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** The chunks written to a terminal of 80 columns during a run; each event gets time to be drawn. */
function drawn({ events, env = {} }: Scene): readonly string[] {
  const facts = { env, waves: OPENOVA, events: events.map(event) };
  const code = `
    const { guardedTerminal } = require(${JSON.stringify(join(BUILT, "guarded-terminal.js"))});
    const { progressFor } = require(${JSON.stringify(join(BUILT, "progress/progress.js"))});
    const { env, waves, events } = ${JSON.stringify(facts)};
    const chunks = [];
    const stderr = { isTTY: true, columns: 80, rows: 24, write: (text) => chunks.push(text) };
    const stdout = { write: () => { throw new TypeError("stdout belongs to the result") } };
    const terminal = guardedTerminal({ cwd: "/nowhere", env, stdout, stderr, now: () => 0 });
    const pause = () => new Promise((resolve) => setTimeout(resolve, 250));
    (async () => {
      const progress = progressFor(terminal, { verb: "apply", quiet: false });
      progress.begin(waves);
      await pause();
      for (const event of events) { progress.event(event); await pause(); }
      terminal.stderr.write("said by another\\n");
      await pause();
      chunks.push("END");
      await progress.end();
      process.stdout.write(JSON.stringify(chunks));
    })();`;
  const text = execFileSync(process.execPath, ["-e", code], { encoding: "utf8", timeout: 20_000 });
  return JSON.parse(text) as readonly string[];
}

const EVENTS = [
  "0 openova/europe started",
  "0 openova/europe done create Deployment api",
  "0 openova/europe warning hunter2-hunter2 is deprecated",
  "0 openova/europe finished",
  "0 openova/india running create Cluster postgres",
].map((line) => line.slice(2));

test("lines redrawn in place; what was said stays, the lines do not", () => {
  const chunks = drawn({ events: EVENTS, env: { NO_COLOR: "1", MERIDIAN_SECRET_PG: "hunter2-hunter2" } });
  const end = chunks.indexOf("END");
  const said: readonly unknown[] = [
    expect.stringMatching(/^warning openova\/europe {2}\S+ is deprecated$/),
    "said by another",
  ];
  expect(
    screenOf(
      chunks
        .slice(0, end)
        .join("")
        .replaceAll(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/g, "*"),
    ),
  ).toEqual([
    ...said,
    "✔ wave 1  europe          1 created                                       0.0 s",
    "* wave 2  india           Cluster postgres                                  0 s",
    "  wave 2  workspaces-000  waiting for its turn",
    "  wave 3  global          waiting for india",
    "1/4 stacks · 0 s",
    "",
  ]);
  const all = chunks.filter((chunk) => chunk !== "END").join("");
  expect(screenOf(all).filter((line) => line !== "")).toEqual(said);
  expect(all).not.toContain("hunter2");
  // No colour was asked for: only the cursor moves.
  expect(all.match(/\u001b\[[\d;]*m/g)).toBeNull();
  expect(all.endsWith("\u001b[?25h")).toBe(true);
});

describe("live lines are for a person", () => {
  test.each([
    { name: "a terminal", columns: 100, env: {}, live: true },
    { name: "no colour is no reason against them", columns: 100, env: { NO_COLOR: "1" }, live: true },
    { name: "a pipe", env: {}, live: false },
    { name: "a build with a terminal", columns: 100, env: { CI: "true" }, live: false },
    { name: "CI=false", columns: 100, env: { CI: "false" }, live: true },
    { name: "a terminal that cannot move its cursor", columns: 100, env: { TERM: "dumb" }, live: false },
    { name: "a very narrow one", columns: 30, env: {}, live: false },
  ])("$name", ({ live, ...abilities }) => {
    expect(isLive(fakeTerminal(abilities as Parameters<typeof fakeTerminal>[0]).terminal)).toBe(live);
  });
});
