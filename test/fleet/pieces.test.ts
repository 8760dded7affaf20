/** The small pure pieces of planning, each by table. */
import fc from "fast-check";
import { canonicalJson, fingerprint } from "../../automation/fleet/canonical";
import { differences, withValue } from "../../automation/fleet/differences";
import { StackCycleError, stackWaves } from "../../automation/fleet/stack-order";
import { formatPath, valueAt } from "../../automation/manifest/diagnostics/manifest-path";
import { MAXIMUM_PER_SHARD, shardIndex, shardName } from "../../automation/manifest/shards";

const json = fc.jsonValue({ maxDepth: 3 });
const object = fc.dictionary(fc.stringMatching(/^[a-c]{1,2}$/), json, { maxKeys: 4 });

describe("canonicalJson", () => {
  test.each([
    {
      name: "keys sort, spaces go",
      value: { b: 1, a: [2, { d: null, c: "x" }] },
      text: '{"a":[2,{"c":"x","d":null}],"b":1}',
    },
    { name: "undefined is left out of objects", value: { a: undefined, b: false }, text: '{"b":false}' },
    { name: "and null in lists, as JSON has it", value: [undefined, 1], text: "[null,1]" },
    { name: "nothing at all", value: undefined, text: "null" },
    { name: "letters beyond ASCII sort by code", value: { é: 1, z: 2, "€": 3 }, text: '{"z":2,"é":1,"€":3}' },
  ])("$name", ({ value, text }) => {
    expect(canonicalJson(value)).toBe(text);
  });

  test("is JSON of the same value, whatever order its keys were in", () => {
    const reversed = (value: unknown): unknown =>
      typeof value !== "object" || value === null
        ? value
        : Array.isArray(value)
          ? value.map(reversed)
          : Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, item]) => [key, reversed(item)]),
            );
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalJson(value);
        expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(JSON.parse(text)));
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(value))).toBe(text);
      }),
    );
  });

  test("a fingerprint is SHA-256, in hex", () => {
    expect(fingerprint({})).toBe("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
  });
});

describe("differences", () => {
  const paths = (before: unknown, after: unknown): readonly string[] =>
    differences(before, after).map(formatPath);

  test.each([
    { name: "equal values", before: { a: [1, { b: 2 }] }, after: { a: [1, { b: 2 }] }, expected: [] },
    {
      name: "as deep as both are objects",
      before: { a: { b: 1, c: 1 } },
      after: { a: { b: 1, c: 2 } },
      expected: ["a.c"],
    },
    { name: "a key that came, a key that went", before: { a: 1 }, after: { b: 1 }, expected: ["a", "b"] },
    { name: "a list as a whole", before: { a: [{ b: 1 }] }, after: { a: [{ b: 2 }] }, expected: ["a"] },
    { name: "a longer list", before: { a: [1] }, after: { a: [1, 1] }, expected: ["a"] },
    { name: "an object that became a list", before: { a: {} }, after: { a: [] }, expected: ["a"] },
    { name: "null is a value", before: { a: null }, after: { a: {} }, expected: ["a"] },
    { name: "undefined and absent are the same", before: { a: undefined }, after: {}, expected: [] },
  ])("$name", ({ before, after, expected }) => {
    expect(paths(before, after)).toEqual(expected);
  });

  test("putting each difference in turns one value into the other", () => {
    fc.assert(
      fc.property(object, object, (before, after) => {
        const turned = differences(before, after).reduce<unknown>(
          (value, path) => withValue(value, path, valueAt(after, path)),
          before,
        );
        expect(canonicalJson(turned)).toBe(canonicalJson(after));
        expect(differences(turned, after)).toEqual([]);
      }),
    );
  });
});

describe("stackWaves", () => {
  const waves = (texts: readonly string[]): readonly string[] =>
    stackWaves(
      texts.map((text) => {
        const [stack = "", after = ""] = text.split(" < ");
        return { stack, after: after.split(",").filter((name) => name !== "") };
      }),
    ).map((wave) => wave.map(({ stack }) => stack).join(" "));

  test.each([
    { name: "nothing", stacks: [], expected: [] },
    { name: "names sort in a wave", stacks: ["c", "a", "b < c"], expected: ["a c", "b"] },
    { name: "as early as it can be", stacks: ["a", "b < a", "c < b", "d < a"], expected: ["a", "b d", "c"] },
    { name: "who is not there counts as done", stacks: ["a < gone"], expected: ["a"] },
  ])("$name", ({ stacks, expected }) => {
    expect(waves(stacks)).toEqual(expected);
  });

  test.each([
    { name: "two that wait for each other", stacks: ["a < b", "b < a", "c"], circle: ["a", "b"] },
    { name: "one that waits for itself", stacks: ["a < a"], circle: ["a"] },
  ])("refuses $name", ({ stacks, circle }) => {
    const thrown = ((): unknown => {
      try {
        return waves(stacks);
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toBeInstanceOf(StackCycleError);
    expect((thrown as StackCycleError).stacks).toEqual(circle);
  });
});

describe("shards", () => {
  test.each([
    { workspace: "pilot", shards: 1, name: "workspaces-europe-000" },
    { workspace: "pilot", shards: 4, name: "workspaces-europe-001" },
    { workspace: "acme", shards: 4, name: "workspaces-europe-000" },
    { workspace: "acme", shards: 64, name: "workspaces-europe-059" },
  ])("$workspace among $shards", ({ workspace, shards, name }) => {
    expect(shardName("europe", workspace, shards)).toBe(name);
  });

  test("more shards move a workspace only into a new one", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 64 }), (workspace, shards) => {
        const [was, is] = [shardIndex(workspace, shards), shardIndex(workspace, shards + 1)];
        expect(is === was || is === shards).toBe(true);
      }),
    );
  });

  test("workspaces spread evenly enough to stay within a stack", () => {
    const shards = 20;
    const counts = new Array<number>(shards).fill(0);
    for (let index = 0; index < 2_000; index++) {
      const shard = shardIndex(`tenant-${index}`, shards);
      counts[shard] = (counts[shard] ?? 0) + 1;
    }
    expect(Math.max(...counts)).toBeLessThanOrEqual(MAXIMUM_PER_SHARD);
    expect(Math.min(...counts)).toBeGreaterThan(50);
  });
});
