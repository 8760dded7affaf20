import { progressFor } from "../../../automation/cli/progress/progress";
import type { RunVerb } from "../../../automation/cli/progress/words";
import { fakeTerminal } from "./fake-terminal";
import { event, OPENOVA } from "./run-of";

/** Everything written while the events happened; `quiet` of a script, and what a build's environment says. */
async function written(
  events: readonly string[],
  { verb = "apply", quiet = false, env = {} }: { verb?: RunVerb; quiet?: boolean; env?: object } = {},
): Promise<{ stdout: string; stderr: string }> {
  const fake = fakeTerminal({ env: { ...env } });
  const progress = progressFor(fake.terminal, { verb, quiet });
  progress.begin(OPENOVA);
  for (const line of events) {
    const [at = "0", ...words] = line.split(" ");
    fake.passTo(Number(at));
    progress.event(event(words.join(" ")));
  }
  await progress.end();
  return { stdout: fake.stdout(), stderr: fake.stderr() };
}

const RUN = [
  "0 openova/europe started",
  "1 openova/europe info downloading something",
  "1 openova/europe running create Deployment api",
  "2 openova/europe done same Namespace apps",
  "2 openova/europe done create Deployment api",
  "3 openova/europe warning the field x is deprecated\nuse y",
  "4 openova/europe done replace Service api",
  "14.2 openova/europe finished",
  "15 openova/india started",
  "16 openova/india failed update Deployment web",
  "16 openova/india error quota exceeded",
  "17 openova/india broke",
];

test("a line for each start, change, warning, failure and end, on stderr alone", async () => {
  expect(await written(RUN)).toEqual({
    stdout: "",
    stderr: [
      "openova/europe  started (wave 1)",
      "openova/europe  create Deployment api",
      "openova/europe  warning: the field x is deprecated",
      "openova/europe  warning: use y",
      "openova/europe  replace Service api",
      "openova/europe  done: 1 created, 1 replaced in 14.2 s (1 of 4 stacks)",
      "openova/india  started (wave 2, after openova/europe)",
      "openova/india  failed to update Deployment web",
      "openova/india  error: quota exceeded",
      "openova/india  failed: 1 failed in 2.0 s (2 of 4 stacks)",
      "",
    ].join("\n"),
  });
});

test("a preview's changes are its result, not its progress", async () => {
  const { stderr } = await written(RUN.slice(0, 8), { verb: "preview" });
  expect(stderr).toBe(
    [
      "openova/europe  started (wave 1)",
      "openova/europe  warning: the field x is deprecated",
      "openova/europe  warning: use y",
      "openova/europe  done: 1 would be created, 1 would be replaced in 14.2 s (1 of 4 stacks)",
      "",
    ].join("\n"),
  );
});

test("a script is shown nothing", async () => {
  expect(await written(RUN, { quiet: true })).toEqual({ stdout: "", stderr: "" });
});

test("a secret in a message is blacked out, an escape code in it does nothing", async () => {
  const { stderr } = await written(["0 openova/europe warning \u001b[2Jpassword hunter2-hunter2"], {
    env: { MERIDIAN_SECRET_PG: "hunter2-hunter2" },
  });
  expect(stderr).not.toMatch(/hunter2|\u001b/);
  expect(stderr).toMatch(/^openova\/europe {2}warning: .*password \S+\n$/);
});

describe("a long silence", () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test("is broken every 30 s by what runs, and not after the end", async () => {
    const fake = fakeTerminal({});
    const progress = progressFor(fake.terminal, { verb: "apply", quiet: false });
    progress.begin(OPENOVA);
    progress.event(event("openova/europe started"));
    progress.event(event("openova/europe done create Secret a"));
    progress.event(event("openova/europe running create Cluster postgres"));
    const pass = (seconds: number): void => {
      for (let gone = 0; gone < seconds; gone += 5) {
        fake.passTo(fake.terminal.now() + 5);
        jest.advanceTimersByTime(5_000);
      }
    };
    pass(70);
    await progress.end();
    pass(60);
    expect(fake.stderr()).toBe(
      [
        "openova/europe  started (wave 1)",
        "openova/europe  create Secret a",
        "openova/europe  still running after 30.0 s, 1 changed: Cluster postgres for 30.0 s",
        "openova/europe  still running after 1 m, 1 changed: Cluster postgres for 1 m",
        "",
      ].join("\n"),
    );
  });
});
