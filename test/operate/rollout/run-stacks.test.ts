import fc from "fast-check";
import { reversed, runStacks, type StackOutcome } from "../../../automation/operate/rollout/run-stacks";
import { parseStack, type TestStack } from "./stacks";

interface Case {
  readonly stacks: readonly string[];
  readonly parallel?: number;
  readonly failing?: readonly string[];
  /** Aborts as soon as this stack has started. */
  readonly abortAt?: string;
}

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Runs them; every stack takes as many turns as its name is long. */
async function ran({ stacks, parallel = 9, failing = [], abortAt }: Case) {
  const log: string[] = [];
  const abort = new AbortController();
  const outcomes = await runStacks(stacks.map(parseStack), {
    parallel,
    signal: abort.signal,
    run: async ({ stack }) => {
      log.push(`> ${stack}`);
      if (stack === abortAt) abort.abort();
      for (let turn = 0; turn < stack.length; turn++) await tick();
      if (failing.includes(stack)) throw new RangeError(`${stack} broke`);
      log.push(`< ${stack}`);
      return stack.toUpperCase();
    },
  });
  return { log: log.join(" "), outcomes: outcomes.map(said) };
}

function said(outcome: StackOutcome<string>): string {
  const name = outcome.stack.replace("shop/", "");
  switch (outcome.status) {
    case "done":
      return `${name} done ${outcome.result}`;
    case "failed":
      return `${name} failed: ${(outcome.error as Error).message}`;
    case "blocked":
      return `${name} blocked by ${outcome.by.join(",").replaceAll("shop/", "")}`;
    case "stopped":
      return `${name} stopped`;
  }
}

describe("runStacks", () => {
  test.each([
    { name: "nothing", stacks: [], log: "", outcomes: [] },
    {
      name: "each as soon as what it waits for is done, not wave by wave",
      stacks: ["a", "long", "b < a", "d < b,long"],
      log: "> a > long < a > b < b < long > d < d",
      outcomes: ["a done A", "long done LONG", "b done B", "d done D"],
    },
    {
      name: "the one with most behind it first, or it would be waited for alone at the end",
      stacks: ["a", "b", "c", "d < c", "e < d"],
      parallel: 2,
      log: "> c > a < c > d < a > b < d > e < b < e",
      outcomes: ["a done A", "b done B", "c done C", "d done D", "e done E"],
    },
    {
      name: "no more than allowed at once",
      stacks: ["a", "b", "c"],
      parallel: 1,
      log: "> a < a > b < b > c < c",
      outcomes: ["a done A", "b done B", "c done C"],
    },
    {
      name: "not even zero leaves everything undone",
      stacks: ["a", "b"],
      parallel: 0,
      log: "> a < a > b < b",
      outcomes: ["a done A", "b done B"],
    },
    {
      name: "a failure stops those that wait for it, and theirs, and nobody else",
      stacks: ["a", "b < a", "c < b", "free", "e < free"],
      failing: ["a"],
      log: "> a > free < free > e < e",
      outcomes: ["a failed: a broke", "b blocked by a", "c blocked by b", "free done FREE", "e done E"],
    },
    {
      name: "an abort starts nothing new and lets what runs end",
      stacks: ["a", "long", "b < a"],
      abortAt: "long",
      log: "> a > long < a < long",
      outcomes: ["a done A", "long done LONG", "b stopped"],
    },
    {
      name: "a failure after an abort is still told",
      stacks: ["a", "b < a"],
      failing: ["a"],
      abortAt: "a",
      log: "> a",
      outcomes: ["a failed: a broke", "b stopped"],
    },
    {
      name: "what is not in the list counts as done",
      stacks: ["b < elsewhere"],
      log: "> b < b",
      outcomes: ["b done B"],
    },
    {
      name: "a circle is told, and does not hang",
      stacks: ["a < b", "b < a", "c"],
      log: "> c < c",
      outcomes: ["a blocked by b", "b blocked by a", "c done C"],
    },
  ])("$name", async ({ log, outcomes, ...given }) => {
    expect(await ran(given)).toEqual({ log, outcomes });
  });

  test("stacks of one name in two platforms are two stacks", async () => {
    const stacks: readonly TestStack[] = [
      { platform: "shop", stack: "eu", after: [] },
      { platform: "bank", stack: "eu", after: [] },
      { platform: "bank", stack: "us", after: ["eu"] },
    ];
    const outcomes = await runStacks(stacks, {
      parallel: 2,
      signal: new AbortController().signal,
      run: ({ platform }) =>
        platform === "shop" ? Promise.reject(new RangeError("no")) : Promise.resolve(1),
    });
    expect(outcomes.map(({ stack, status }) => `${stack} ${status}`)).toEqual([
      "shop/eu failed",
      "bank/eu done",
      "bank/us done",
    ]);
  });

  test("a run that throws at once is a failed stack, not a lost command", async () => {
    const outcomes = await runStacks(["a", "b"].map(parseStack), {
      parallel: 2,
      signal: new AbortController().signal,
      run: ({ stack }) => {
        if (stack === "a") throw new RangeError("at once");
        return Promise.resolve(stack);
      },
    });
    expect(outcomes.map(({ status }) => status)).toEqual(["failed", "done"]);
  });
});

/** Any acyclic graph: each stack waits for some of those before it; then shuffled. */
const graphs = fc
  .integer({ min: 1, max: 14 })
  .chain((size) =>
    fc.tuple(
      ...Array.from({ length: size }, (_, index) =>
        fc.subarray(Array.from({ length: index }, (_unused, before) => `s${before}`)).map((after) => ({
          platform: "shop",
          stack: `s${index}`,
          after,
        })),
      ),
    ),
  )
  .chain((stacks) => fc.shuffledSubarray([...stacks], { minLength: stacks.length }));

test("any graph: nothing starts before what it waits for, never too many at once, every stack told once", async () => {
  await fc.assert(
    fc.asyncProperty(
      graphs,
      fc.integer({ min: 1, max: 4 }),
      fc.func(fc.integer({ min: 0, max: 3 })),
      fc.func(fc.integer({ min: 0, max: 5 })),
      async (stacks, parallel, turns, luck) => {
        const ended = new Set<string>();
        const fails = (stack: string): boolean => luck(stack) === 0;
        let [running, most] = [0, 0];
        const early: string[] = [];
        const outcomes = await runStacks(stacks, {
          parallel,
          signal: new AbortController().signal,
          run: async ({ stack, after }) => {
            most = Math.max(most, ++running);
            early.push(...after.filter((name) => !ended.has(name)));
            for (let turn = turns(stack); turn > 0; turn--) await tick();
            running--;
            if (fails(stack)) throw new RangeError(stack);
            ended.add(stack);
          },
        });
        expect(early).toEqual([]);
        expect(most).toBeLessThanOrEqual(parallel);
        expect(outcomes.map(({ stack }) => stack)).toEqual(stacks.map(({ stack }) => `shop/${stack}`));
        const lost = new Set(
          outcomes.flatMap(({ stack, status }) => (status === "done" ? [] : [stack.slice(5)])),
        );
        for (const { stack, after } of stacks) {
          expect(lost.has(stack)).toBe(after.some((name) => lost.has(name)) || fails(stack));
        }
      },
    ),
    { numRuns: 60 },
  );
});

describe("reversed", () => {
  test("what waits for a stack goes before it", () => {
    const stacks = ["net", "db < net", "app < db,net"].map(parseStack);
    expect(reversed(stacks).map(({ stack, after }) => `${stack} < ${after.join()}`)).toEqual([
      "app < ",
      "db < app",
      "net < db,app",
    ]);
  });

  test("twice is once", () => {
    const edges = (stacks: readonly TestStack[]): readonly string[] =>
      stacks.map(({ stack, after }) => `${stack} < ${[...after].sort().join()}`);
    fc.assert(
      fc.property(graphs, (stacks) => {
        expect(edges(reversed(reversed(stacks)))).toEqual(edges(stacks));
      }),
    );
  });
});
