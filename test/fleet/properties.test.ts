/** What must hold for every repository of manifests, and hashes that may not change by accident. */
import fc from "fast-check";
import { canonicalJson } from "../../automation/fleet/canonical";
import { stackId, type StackSpec } from "../../automation/fleet/stack-spec";
import { plan, stacksOf } from "./build-manifests";
import { smallPlatform } from "./small-platform";

const hashes = (stacks: readonly StackSpec[]): ReadonlyMap<string, string> =>
  new Map(stacks.map((spec) => [stackId(spec), spec.hash]));

const small = fc.record({
  topology: fc.constantFrom("read-replicas", "active-passive", "active-active", "isolated"),
  regions: fc.constantFrom(
    ["south", "north"],
    ["south", "north", "east"],
    ["south", "north", "east", "west"],
  ),
  workspaces: fc
    .uniqueArray(fc.stringMatching(/^[a-z][a-z0-9]{2,9}$/), { maxLength: 30 })
    .chain((names) =>
      fc.tuple(...names.map((name) => fc.constantFrom("south", "north").map((home) => `${name}@${home}`))),
    ),
});

test("files in any order give byte-identical specs", () => {
  const shuffled = small.chain((one) => {
    const files = [...smallPlatform(one)];
    return fc.tuple(fc.constant(files), fc.shuffledSubarray(files, { minLength: files.length }));
  });
  fc.assert(
    fc.property(shuffled, ([files, mixed]) => {
      expect(canonicalJson(plan(mixed))).toBe(canonicalJson(plan(files)));
    }),
    { numRuns: 30 },
  );
});

test("a new workspace changes one shard, and no workspace moves", () => {
  const shardOf = (files: Parameters<typeof plan>[0]) =>
    new Map(
      plan(files)
        .flatMap(({ topology }) => topology.placements)
        .map(({ workspace, shard }) => [workspace, shard]),
    );
  fc.assert(
    fc.property(small, (one) => {
      const [before, after] = [
        smallPlatform(one),
        smallPlatform({ ...one, workspaces: [...one.workspaces, "the-new-one@south"] }),
      ];
      const [was, is] = [hashes(stacksOf(before)), hashes(stacksOf(after))];
      const changed = [...new Set([...was.keys(), ...is.keys()])].filter((id) => was.get(id) !== is.get(id));
      const [old, now] = [shardOf(before), shardOf(after)];
      expect(changed).toEqual([`shop/${now.get("the-new-one") ?? ""}`]);
      expect([...old].filter(([workspace, shard]) => now.get(workspace) !== shard)).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

test("every stack comes after all it waits for, is named once, and waits only for stacks that are there", () => {
  fc.assert(
    fc.property(small, (one) => {
      const done = new Set<string>();
      for (const { stack, after } of stacksOf(smallPlatform(one))) {
        expect(after.filter((name) => !done.has(name))).toEqual([]);
        expect(done.has(stack)).toBe(false);
        done.add(stack);
      }
    }),
    { numRuns: 30 },
  );
});

/**
 * A changed hash makes every stack of every user an update, and voids what was approved. When one of these
 * changes, that must be wanted: say so in the commit.
 */
test("golden hashes of a small platform", () => {
  const stacks = stacksOf(smallPlatform({ workspaces: ["acme@south"] }));
  expect(Object.fromEntries([...hashes(stacks)].map(([id, hash]) => [id, hash.slice(0, 12)]))).toEqual({
    "shop/foundation": "83f9a5cb5265",
    "shop/global": "f812018a6276",
    "shop/north": "e9d718b7ccb0",
    "shop/south": "ae169aaac15f",
    "shop/workspaces-south-000": "f9befe775a6f",
  });
});
