/** @jest-environment ./test/engine/engine-environment.ts */
/**
 * Killed at any moment of an apply, the next one converges: every resource exactly once, in the state and
 * in the world, and nothing pending. MERIDIAN_CRASH_SEED=7 tries other moments, MERIDIAN_CRASHES=50 more.
 */
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { armFaults } from "../../../automation/engine/sandbox/faults";
import { World } from "../../../automation/engine/sandbox/world";
import { readState, stackNames } from "../../../automation/engine/pulumi/state-files";
import { describeWithEngine, scratchFolder } from "../real-engine";
import { descendantsOf, killAll, Meridian, type Descendant } from "./meridian-process";
import { writeTinyPlatform } from "./tiny-platform";

const SEED = Number(process.env["MERIDIAN_CRASH_SEED"] ?? 1);
const CRASHES = Number(process.env["MERIDIAN_CRASHES"] ?? 12);

const CASTIEL = join(__dirname, "../../../regions/castiel");

/** mulberry32: 0 ≤ x < 1, the same for the same seed everywhere. */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Who is killed: one process, or all of them as when the power fails. */
const victims = {
  "the command": (pid: number) => [pid],
  "the stack's process": (_: number, below: readonly Descendant[]) => matching(below, /pulumi\/child\.js/),
  "the engine": (_: number, below: readonly Descendant[]) => matching(below, / --event-log /),
  "a provider": (_: number, below: readonly Descendant[]) => matching(below, /provider-main\.js/),
  everything: (pid: number, below: readonly Descendant[]) => [pid, ...below.map((one) => one.pid)],
} as const;
type Victim = keyof typeof victims;

const matching = (below: readonly Descendant[], pattern: RegExp): readonly number[] =>
  below.filter(({ commandLine }) => pattern.test(commandLine)).map(({ pid }) => pid);

interface Crash {
  readonly name: string;
  readonly scenario: Scenario;
  readonly victim: Victim;
  /** Milliseconds after the first new entry in the world; before it, when that is negative. */
  readonly after: number;
}

const names = Object.keys(victims) as readonly Victim[];

/** What is applied, how slow its clouds are, and about how long it takes after its first resource: milliseconds. */
const scenarios = {
  "first apply": { platform: "tiny", slow: 40, span: 400 },
  "second apply": { platform: "tiny", slow: 40, span: 400 },
  "apply of castiel": { platform: "castiel", slow: 10, span: 3_000 },
} as const;
type Scenario = keyof typeof scenarios;

const scenarioOf = (index: number): Scenario =>
  index % 5 === 4 ? "apply of castiel" : index % 3 === 2 ? "second apply" : "first apply";

/** Every victim and every scenario come up; the moments are drawn. */
function crashAt(index: number): Crash {
  const draw = chance(SEED * 1_000 + index);
  const scenario = scenarioOf(index);
  const victim = names[Math.floor(draw() * names.length)] ?? "everything";
  // An apply has about 900 ms before its first resource.
  const after = Math.round(draw() < 0.15 ? -draw() * 700 : draw() * scenarios[scenario].span);
  const at = after < 0 ? `${-after} ms before` : `${after} ms after`;
  return { name: `${victim} in a ${scenario}, ${at} the first resource`, scenario, victim, after };
}

describeWithEngine(`a crash (seed ${SEED})`, () => {
  const scratch = scratchFolder();
  const applied = join(scratch.folder, "applied");
  afterAll(() => scratch.remove());

  const apply = (folder: string, platform: string) => new Meridian(folder, ["apply", platform, "--yes"]);
  const worldOf = (folder: string, platform: string) => new World(join(folder, ".meridian/world", platform));

  beforeAll(async () => {
    writeTinyPlatform(applied, ["api@1", "web@1"]);
    expect(await apply(applied, "tiny").ended).toMatchObject({ status: 0 });
  }, 60_000);

  /** The folder in which the scenario begins. */
  function prepare(scenario: Scenario): string {
    const folder = join(scratch.folder, `crash-${Math.random()}`);
    if (scenario === "second apply") cpSync(applied, folder, { recursive: true });
    if (scenario === "apply of castiel") {
      mkdirSync(folder);
      cpSync(CASTIEL, join(folder, "regions/castiel"), { recursive: true });
    } else writeTinyPlatform(folder, scenario === "first apply" ? ["api@1", "web@1"] : ["api@2", "jobs@1"]);
    return folder;
  }

  let struck = 0;
  const crashes = Array.from({ length: CRASHES }, (_, index) => crashAt(index));
  test.each(crashes)(
    "kills $name",
    async ({ scenario, victim, after }) => {
      const folder = prepare(scenario);
      const { platform, slow } = scenarios[scenario];
      const world = worldOf(folder, platform);
      armFaults(world.folder, [{ kind: "slow", milliseconds: slow }]);

      const before = world.journal().length;
      const run = apply(folder, platform);
      await moment(run, () => world.journal().length > before, after);
      killAll(victims[victim](run.pid, descendantsOf(run.pid)));
      const killed = await run.ended;
      if (killed.status !== 0) struck += 1;

      const again = await apply(folder, platform).ended;
      if (again.status !== 0) throw new RangeError(`not converged: ${again.stderr}\nafter ${killed.stderr}`);
      expectOnce(folder, platform);
    },
    60_000,
  );

  test.each([
    { name: "once", times: 1 },
    { name: "twice", times: 2 },
  ])(
    "is told to stop $name",
    async ({ times }) => {
      const folder = prepare("first apply");
      const world = worldOf(folder, "tiny");
      armFaults(world.folder, [{ kind: "slow", milliseconds: 40 }]);
      const run = apply(folder, "tiny");
      await moment(run, () => world.journal().length > 0, 20);
      run.signal("SIGINT");
      await sleep(100);
      if (times > 1) run.signal("SIGINT");
      const stopped = await run.ended;
      expect(stopped.status).toBe(130);
      expect(stopped.stderr).not.toMatch(/\n\s+at |canary|TypeError/);
      expect(await apply(folder, "tiny").ended).toMatchObject({ status: 0 });
      expectOnce(folder, "tiny");
    },
    60_000,
  );

  test("most of these moments were in the middle of something", () => {
    expect(struck).toBeGreaterThan(CRASHES / 2);
  });

  /** Every resource has been made once and removed at most once, and the states hold exactly what there is. */
  function expectOnce(folder: string, platform: string): void {
    const world = worldOf(folder, platform);
    const once = world.journal().filter(({ operation }) => operation !== "update");
    const histories = once.map(({ operation, key }) => `${operation} ${key}`);
    expect(histories).toEqual([...new Set(histories)]);

    const root = join(folder, ".meridian/state/sandbox");
    const states = stackNames(root, platform).map((stack) => readState({ root, platform, stack }));
    expect(states.flatMap((state) => state?.pending_operations ?? [])).toEqual([]);
    const resources = states.flatMap((state) => state?.resources ?? []);
    const urns = resources.map(({ urn }) => urn);
    expect(urns).toEqual([...new Set(urns)]);
    const made = resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
    const identity = ({ urn, id = "" }: { urn: string; id?: string }) => `${urn} ${id}`;
    expect(made.map(identity).sort()).toEqual(world.live().map(identity).sort());
  }
});

async function moment(run: Meridian, begun: () => boolean, after: number): Promise<void> {
  if (after < 0) await sleep(Math.max(0, 900 + after));
  else {
    while (run.isRunning && !begun()) await sleep(5);
    await sleep(after);
  }
}
