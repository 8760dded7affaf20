import fc from "fast-check";
import { stringify } from "yaml";
import type { Place } from "../../../automation/manifest/diagnostic";
import {
  formatPath,
  type ManifestPath,
  parsePointer,
  valueAt,
} from "../../../automation/manifest/diagnostics/manifest-path";
import { loadYaml } from "../../../automation/manifest/yaml/load-yaml";

const TEXT = `# platform
kind: Platform
"quoted key": 'it''s'
list:
  - name: one
    "a.b": [x, { y: "z" }, []]
  - &two
    name: two
    deep: { mark: 1.10 }
  -
empty:
text: |
  first
  second
again: *two
plain: several words
  on two lines
flow: { a: [1, 2], b: { c: [] } }
---
second: true
`;

function documents(text: string) {
  const loaded = loadYaml({ file: "f.yaml", text });
  if (loaded.kind === "rejected") throw new TypeError(JSON.stringify(loaded.diagnostics));
  return loaded.documents;
}

/** The text a place covers. */
const covered = (text: string, { line, column, length }: Place): string =>
  (text.split("\n")[line - 1] ?? "").slice(column - 1, column - 1 + length);

const seen = (place: Place): string => `${place.line}:${place.column} ${covered(TEXT, place)}`;

describe("places", () => {
  const [first, second] = documents(TEXT);

  test.each<[ManifestPath, string, string]>([
    [["kind"], "2:1 kind", "2:7 Platform"],
    [["quoted key"], '3:1 "quoted key"', "3:15 'it''s'"],
    [["list"], "4:1 list", "4:1 list"],
    [["list", 0], "5:5 name", "5:5 name"],
    [["list", 0, "name"], "5:5 name", "5:11 one"],
    [["list", 0, "a.b"], '6:5 "a.b"', '6:12 [x, { y: "z" }, []]'],
    [["list", 0, "a.b", 0], "6:13 x", "6:13 x"],
    [["list", 0, "a.b", 1], '6:16 { y: "z" }', '6:16 { y: "z" }'],
    [["list", 0, "a.b", 1, "y"], "6:18 y", '6:21 "z"'],
    [["list", 0, "a.b", 2], "6:28 []", "6:28 []"],
    [["list", 1], "8:5 name", "8:5 name"],
    [["list", 1, "deep", "mark"], "9:13 mark", "9:19 1.10"],
    [["list", 2], "4:1 list", "4:1 list"],
    [["empty"], "11:1 empty", "11:1 empty"],
    [["text"], "12:1 text", "13:1   first"],
    [["again"], "15:1 again", "15:8 *two"],
    [["again", "deep"], "9:5 deep", "9:11 { mark: 1.10 }"],
    [["again", "deep", "mark"], "9:13 mark", "9:19 1.10"],
    [["plain"], "16:1 plain", "16:8 several words"],
    [["flow"], "18:1 flow", "18:7 { a: [1, 2], b: { c: [] } }"],
    [["flow", "b", "c"], "18:25 c", "18:28 []"],
    [["absent"], "2:1 kind", "2:1 kind"],
    [["flow", "b", "absent", "deeper"], "18:20 b", "18:20 b"],
    [["list", 7, "name"], "4:1 list", "4:1 list"],
    [["kind", "of"], "2:1 kind", "2:1 kind"],
    [[], "2:1 kind", "2:1 kind"],
  ])("%j", (path, key, value) => {
    expect([first.positions.place(path, "key"), first.positions.place(path, "value")].map(seen)).toEqual([
      key,
      value,
    ]);
  });

  test("of the second document of a file", () => {
    expect(second && seen(second.positions.place(["second"]))).toBe("20:9 true");
  });

  test("what is written is not what it means", () => {
    const { positions } = first;
    expect(positions.written(["list", 1, "deep", "mark"])).toBe("1.10");
    expect(positions.written(["list"])).toBeUndefined();
    expect(positions.written(["absent"])).toBeUndefined();
    expect(positions.written(["empty"])).toBe("");
  });

  test("every key and value of a generated document is found where it stands", () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/);
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.oneof(word, fc.integer(), fc.boolean()),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(word, tie("value"), { maxKeys: 3, noNullPrototype: true }),
      ),
    }));
    const flow = fc.constantFrom("block" as const, "flow" as const);
    fc.assert(
      fc.property(
        fc.dictionary(word, value, { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
        flow,
        (root, style) => {
          const text = stringify(root, { collectionStyle: style, aliasDuplicateObjects: false });
          const [{ positions }] = documents(text);
          for (const { path, leaf } of leaves(root)) {
            const key = path.findLast((part) => typeof part === "string");
            expect(covered(text, positions.place(path, "value"))).toBe(stringify(leaf).trim());
            if (path.at(-1) === key)
              expect(covered(text, positions.place(path, "key"))).toBe(stringify(key).trim());
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

interface Leaf {
  readonly path: ManifestPath;
  readonly leaf: unknown;
}

/** Every scalar of a value with its path. */
function leaves(value: unknown, path: ManifestPath = []): readonly Leaf[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => leaves(item, [...path, index]));
  if (typeof value !== "object" || value === null) return [{ path, leaf: value }];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

describe("paths", () => {
  const value = { spec: { "a/b~c": [{ "0": 1 }], labels: { "x.y": 2 } } };

  test.each<[string, ManifestPath, string, unknown]>([
    ["", [], "", value],
    ["/spec/a~1b~0c/0/0", ["spec", "a/b~c", 0, "0"], 'spec["a/b~c"][0]["0"]', 1],
    ["/spec/labels/x.y", ["spec", "labels", "x.y"], 'spec.labels["x.y"]', 2],
    ["/spec/gone/0", ["spec", "gone", "0"], 'spec.gone["0"]', undefined],
    ["/spec/constructor", ["spec", "constructor"], "spec.constructor", undefined],
  ])("%s", (pointer, path, shown, found) => {
    expect([parsePointer(pointer, value), formatPath(path), valueAt(value, path)]).toEqual([
      path,
      shown,
      found,
    ]);
  });
});
