import * as fc from "fast-check";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EngineError } from "../../../automation/engine/engine-error";
import { drift, vanish, World, type NewEntry } from "../../../automation/engine/sandbox/world";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "world-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const entry = (key: string, operation: NewEntry["operation"] = "create", value = 1): NewEntry => ({
  key,
  operation,
  type: "test:index:Thing",
  urn: `urn:${key}`,
  id: key,
  inputs: { value },
  outputs: { value },
});

function thrown(work: () => unknown): EngineError {
  try {
    work();
  } catch (error) {
    if (error instanceof EngineError) return error;
  }
  throw new EngineError("MRD7099", "no EngineError was thrown");
}

const history = (world: World) =>
  world.journal().map(({ key, revision, operation }) => [key, revision, operation]);

describe("World", () => {
  test("keeps every operation of a resource, in order", () => {
    const world = new World(folder);
    expect(world.append(entry("a"), undefined)).toBe(true);
    expect(world.append(entry("a", "update", 2), world.last("a"))).toBe(true);
    vanish(world, "a");
    expect(world.current("a")).toBeUndefined();
    expect(world.append(entry("a"), world.last("a"))).toBe(true);
    drift(world, "a", ({ inputs }) => ({ inputs, outputs: { value: 9 } }));
    expect(history(world)).toEqual([
      ["a", 1, "create"],
      ["a", 2, "update"],
      ["a", 3, "delete"],
      ["a", 4, "create"],
      ["a", 5, "drift"],
    ]);
    expect(world.live().map(({ key, outputs }) => [key, outputs])).toEqual([["a", { value: 9 }]]);
  });

  test("of two writers of one revision one is told to look again", () => {
    const [here, there] = [new World(folder), new World(folder)];
    expect(here.append(entry("a"), undefined)).toBe(true);
    expect(there.append(entry("a", "create", 2), undefined)).toBe(false);
    expect(there.current("a")?.inputs).toEqual({ value: 1 });
  });

  test("keys that look alike in a file name stay apart", () => {
    const world = new World(folder);
    for (const key of ["a/b", "a_b", "a b"]) world.append(entry(key), undefined);
    expect(world.live().map(({ key }) => key)).toEqual(["a b", "a/b", "a_b"]);
  });

  test("a full disk is one clear error, and nothing is lost or left behind", () => {
    const world = new World(folder);
    world.append(entry("a"), undefined);
    const full = (): never => {
      throw Object.assign(new Error("write"), { code: "ENOSPC" });
    };
    const error = thrown(() => world.append(entry("a", "update"), world.last("a"), full));
    expect(error.code).toBe("MRD7003");
    expect(error.message).toMatch(/^no space left to write .*000002\.json$/);
    expect(history(world)).toEqual([["a", 1, "create"]]);
    expect(readdirSync(join(folder, "drafts"))).toEqual([]);
  });

  test("any sequence of operations by any writers reads back as written", () => {
    const step = fc.record({ key: fc.constantFrom("a", "b", "c"), writer: fc.nat(2), stale: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        rmSync(folder, { recursive: true, force: true });
        const writers = [new World(folder), new World(folder), new World(folder)];
        const expected = new Map<string, number>();
        for (const { key, writer, stale } of steps) {
          const world = writers[writer] ?? new World(folder);
          const last = stale ? undefined : world.last(key);
          const done = world.append(entry(key, last === undefined ? "create" : "update"), last);
          expect(done).toBe(!stale || !expected.has(key));
          if (done) expected.set(key, (expected.get(key) ?? 0) + 1);
        }
        const found = new World(folder).live().map(({ key, revision }) => [key, revision] as const);
        expect(new Map(found)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });
});

describe("a damaged world", () => {
  const onlyFile = (): string => {
    const [name = ""] = readdirSync(join(folder, "resources"));
    return join(folder, "resources", name, "000001.json");
  };

  test.each<[string, (text: string) => string, string]>([
    ["truncated", (text) => text.slice(0, 40), "is not JSON, or only a part of it"],
    ["empty", () => "", "is empty"],
    ["garbage", () => "\u0000\u0001", "is not JSON, or only a part of it"],
    ["a list", () => "[]", "does not hold an object"],
    [
      "another format",
      (text) => text.replace('"format": 1', '"format": 2'),
      "has a format this version does not know",
    ],
    ["another revision", (text) => text.replace('"revision": 1', '"revision": 7'), "says revision 7"],
    ["without an id", (text) => text.replace('"id"', '"di"'), 'has no "id"'],
    ["an unknown operation", (text) => text.replace('"create"', '"make"'), 'has no known "operation"'],
    ["without outputs", (text) => text.replace('"outputs"', '"out"'), "has no inputs or outputs"],
  ])("%s: names the file and the next step, and changes nothing", (_, damage, what) => {
    const world = new World(folder);
    world.append(entry("a"), undefined);
    const damaged = damage(readFileSync(onlyFile(), "utf8"));
    writeFileSync(onlyFile(), damaged);
    const error = thrown(() => world.current("a"));
    expect(error.code).toBe("MRD7002");
    expect(error.message).toBe(`the sandbox world is damaged: ${onlyFile()} ${what}`);
    expect(error.detail.next).toMatch(/^Restore the named file/);
    expect(readFileSync(onlyFile(), "utf8")).toBe(damaged);
  });

  test("a missing revision is damage, not an older resource", () => {
    const world = new World(folder);
    world.append(entry("a"), undefined);
    world.append(entry("a", "update"), world.last("a"));
    rmSync(onlyFile());
    expect(() => world.current("a")).toThrow(/000001\.json is missing/);
  });
});
