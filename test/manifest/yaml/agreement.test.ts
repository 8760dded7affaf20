import fc from "fast-check";
import { loadAll } from "js-yaml";
import { parseAllDocuments, stringify } from "yaml";
import { loadYaml } from "../../../automation/manifest/yaml/load-yaml";
import { suiteCases } from "./yaml-test-suite";

const ours = (text: string): readonly unknown[] | undefined => {
  const loaded = loadYaml({ file: "f.yaml", text });
  return loaded.kind === "loaded" ? loaded.documents.map(({ value }) => value) : undefined;
};

/** Documents that hold something, as `yaml` reads them; undefined when it refuses the text. */
function byYaml(text: string): readonly unknown[] | undefined {
  const docs = parseAllDocuments(text, { prettyErrors: false, logLevel: "silent" });
  if (!Array.isArray(docs) || docs.some(({ errors }) => errors.length > 0)) return undefined;
  const isWritten = (doc: (typeof docs)[number]): boolean =>
    doc.contents !== null && doc.contents.range[0] !== doc.contents.range[1];
  return docs.filter(isWritten).map((doc) => doc.toJS() as unknown);
}

/** Documents without the empty ones: `null` written out and nothing written look alike here. */
const withoutEmpty = (documents: readonly unknown[] | undefined): readonly unknown[] | undefined =>
  documents?.filter((value) => value !== null);

/** Whatever we accept, `yaml` and js-yaml's own `load` accept too, and read the same. */
function expectAgreement(text: string): void {
  const value = ours(text);
  if (value === undefined) return;
  expect({ text, value: byYaml(text) }).toEqual({ text, value });
  expect({ text, value: withoutEmpty(loadAll(text, { maxDepth: 65 })) }).toEqual({
    text,
    value: withoutEmpty(value),
  });
}

/** Pieces of YAML that, put together at random, reach the corners of the grammar. */
const PIECES = [
  ...[
    "a",
    "key",
    "1",
    "-1",
    "0x1F",
    "0o7",
    "1.5",
    "1e3",
    ".5",
    "~",
    "null",
    "true",
    "False",
    "NO",
    "1_000",
    "12:30",
  ],
  ...[
    "-",
    ":",
    "?",
    ",",
    "[",
    "]",
    "{",
    "}",
    "'",
    '"',
    "|",
    "|-",
    ">",
    "|2",
    "#",
    "%",
    "@",
    "`",
    "!",
    "\\",
    "<<",
  ],
  ...[
    " ",
    "  ",
    "\n",
    "\n  ",
    "\n    ",
    "\t",
    "\r\n",
    "- ",
    ": ",
    "? ",
    " # c",
    "---\n",
    "...\n",
    "\u2028",
    "é",
    "東",
  ],
  ...[
    "'x'",
    '"y"',
    "&a ",
    "*a",
    "&b",
    "*b",
    "\n- ",
    "a: ",
    "b:\n",
    "{}",
    "[]",
    "''",
    "k: v\n",
    "- x\n",
    "  k: v\n",
  ],
];

describe("what the loader accepts, every parser reads the same", () => {
  const cases = suiteCases();

  test("the YAML test suite", () => {
    for (const { yaml } of cases) expectAgreement(yaml);
    expect(cases.length).toBeGreaterThan(350);
    expect(cases.filter(({ yaml }) => ours(yaml) !== undefined).length).toBeGreaterThan(200);
  });

  test("the suite's own meaning, where it gives one", () => {
    const wrong = cases.filter(({ yaml, meaning, fails }) => {
      const value = ours(yaml);
      if (meaning === undefined || fails || value?.length !== 1) return false;
      return JSON.stringify(sorted(value[0])) !== JSON.stringify(sorted(meaning.value));
    });
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  test("nothing is accepted that the suite calls invalid", () => {
    expect(cases.filter(({ fails, yaml }) => fails && ours(yaml) !== undefined).map(({ id }) => id)).toEqual(
      [],
    );
  });

  test("what is valid and still called bad syntax is a tab at the start of a line", () => {
    const syntax = ["MRD1001", "MRD1003", "MRD1004", "MRD1005", "MRD1024"];
    const refused = cases.filter(({ fails, yaml }) => {
      const loaded = loadYaml({ file: "f.yaml", text: yaml });
      return (
        !fails && loaded.kind === "rejected" && loaded.diagnostics.some(({ code }) => syntax.includes(code))
      );
    });
    expect(refused.filter(({ yaml }) => !/^\t/m.test(yaml)).map(({ id }) => id)).toEqual([]);
  });

  test("texts put together from pieces of YAML", () => {
    const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join(""));
    fc.assert(fc.property(text, expectAgreement), { numRuns: 2_000 });
  });

  test("the suite's texts with a piece put in and some characters gone", () => {
    const change = fc.tuple(
      fc.constantFrom(...cases.map(({ yaml }) => yaml)),
      fc.nat(),
      fc.nat(3),
      fc.constantFrom(...PIECES),
    );
    fc.assert(
      fc.property(change, ([text, seed, gone, piece]) => {
        const at = seed % (text.length + 1);
        expectAgreement(text.slice(0, at) + piece + text.slice(at + gone));
      }),
      { numRuns: 2_000 },
    );
  });

  test("values written by yaml come back as they were", () => {
    const key = fc
      .string({ minLength: 1, maxLength: 8, unit: "grapheme-ascii" })
      .filter((each) => !["__proto__", "<<"].includes(each));
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.oneof(fc.string({ unit: "grapheme" }), fc.integer(), fc.boolean(), fc.constant(null)),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(
        fc.record({ value }),
        fc.constantFrom("block" as const, "flow" as const),
        (original, style) => {
          const text = stringify(original, {
            collectionStyle: style,
            aliasDuplicateObjects: false,
          });
          const back = ours(text);
          // The only values that do not come back are those that hold what no manifest may.
          if (back === undefined) expect(text).toMatch(/[\uFEFF\uFFFD]|\\|[^\n\P{C}]/u);
          else expect(back).toEqual([original]);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

/** Keys in one order: the suite's JSON is not always in the order of its YAML. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, sorted(inner)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
};
