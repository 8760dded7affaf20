import fc from "fast-check";
import type { Diagnostic } from "../../../automation/manifest/diagnostic";
import { manifestCodes } from "../../../automation/manifest/diagnostics/codes";
import { codeFrame } from "../../../automation/manifest/diagnostics/code-frame";
import { defaultLimits } from "../../../automation/manifest/yaml/limits";
import { loadYaml } from "../../../automation/manifest/yaml/load-yaml";

const load = (text: string) => loadYaml({ file: "f.yaml", text });

/** `MRD1002 2:1+4 the key … · hint · fix`: a whole diagnostic on one line. */
function told({ code, place, message, hint, fix }: Diagnostic): string {
  const { line, column, length } = place;
  return [`${code} ${line}:${column}+${length} ${message}`, hint, fix]
    .filter((part) => part !== undefined)
    .join(" · ");
}

const problems = (text: string): readonly string[] => {
  const loaded = load(text);
  return loaded.kind === "rejected" ? loaded.diagnostics.map(told) : [];
};

const values = (text: string): readonly unknown[] => {
  const loaded = load(text);
  return loaded.kind === "loaded" ? loaded.documents.map(({ value }) => value) : problems(text);
};

describe("loadYaml accepts", () => {
  test.each([
    { name: "a mapping", text: "a: 1\nb: [x, y]\n", expected: [{ a: 1, b: ["x", "y"] }] },
    {
      name: "several documents",
      text: "a: 1\n---\nb: 2\n...\n---\nc: 3\n",
      expected: [{ a: 1 }, { b: 2 }, { c: 3 }],
    },
    {
      name: "empty documents between others, without counting them",
      text: "---\n---\na: 1\n---\n# no\n",
      expected: [{ a: 1 }],
    },
    { name: "CRLF line ends", text: "a: 1\r\nb: |\r\n  x\r\n  y\r\n", expected: [{ a: 1, b: "x\ny\n" }] },
    {
      name: "Norway, and the other old booleans, as text",
      text: "[NO, no, yes, on, off, y]",
      expected: [["NO", "no", "yes", "on", "off", "y"]],
    },
    {
      name: "booleans and nothing",
      text: "[true, False, TRUE, null, ~, Null, ]",
      expected: [[true, false, true, null, null, null]],
    },
    {
      name: "numbers",
      text: "[0, -1, +2, 007, 0x1F, 0o17, 1.5, .5, 1e3, -1.5E-3]",
      expected: [[0, -1, 2, 7, 31, 15, 1.5, 0.5, 1000, -0.0015]],
    },
    {
      name: "what only looks like a number as text",
      text: "[1_000, 12:30, 1.2.3, 0b1, 2026-01-01, 0x, e3, +]",
      expected: [["1_000", "12:30", "1.2.3", "0b1", "2026-01-01", "0x", "e3", "+"]],
    },
    {
      name: "quoted text whatever it looks like",
      text: 'a: "1"\nb: \'true\'\n"443": "\\u00e9\\n"\n',
      expected: [{ a: "1", b: "true", "443": "é\n" }],
    },
    { name: "block texts", text: "a: |-\n  x\n  y\nb: >\n  x\n  y\n", expected: [{ a: "x\ny", b: "x y\n" }] },
    {
      name: "aliases",
      text: "a: &x { b: 1 }\nc: *x\nd: [*x, *x]\n",
      expected: [{ a: { b: 1 }, c: { b: 1 }, d: [{ b: 1 }, { b: 1 }] }],
    },
    { name: "an anchor defined again", text: "[&a 1, *a, &a 2, *a]", expected: [[1, 1, 2, 2]] },
    { name: "a quoted << as any key", text: '"<<": 1\n', expected: [{ "<<": 1 }] },
    {
      name: "names of Object.prototype as keys",
      text: "constructor: 1\ntoString: 2\nhasOwnProperty: 3\n",
      expected: [{ constructor: 1, toString: 2, hasOwnProperty: 3 }],
    },
    {
      name: "64 levels",
      text: "[".repeat(64) + "]".repeat(64),
      expected: [JSON.parse("[".repeat(64) + "]".repeat(64))],
    },
    { name: "a single value", text: "just text\n", expected: ["just text"] },
  ])("$name", ({ text, expected }) => {
    expect(values(text)).toEqual(expected);
  });
});

describe("loadYaml rejects", () => {
  test.each([
    [
      "a key given twice",
      "a: 1\nb: 2\na: 3\n",
      'MRD1002 3:1+1 the key "a" is given twice in one mapping · first on line 1 · keep one of the two',
    ],
    [
      "a key given twice in a flow mapping, written differently",
      'x: { a: 1, "a": 2 }\n',
      'MRD1002 1:12+3 the key "a" is given twice in one mapping · first on line 1 · keep one of the two',
    ],
    [
      "a tab as indentation",
      "a:\n\tb: 1\n",
      "MRD1003 2:1+1 a tab stands where YAML takes only spaces · indent with spaces",
    ],
    [
      "a tab after spaces",
      "a:\n  \tb: 1\n",
      "MRD1003 2:3+1 a tab stands where YAML takes only spaces · indent with spaces",
    ],
    [
      "uneven indentation",
      "a:\n  b: 1\n c: 2\n",
      "MRD1004 3:1+1 this line is indented differently from what it belongs to · give entries of one mapping or list the same indentation",
    ],
    [
      "a bracket never closed",
      "a: 1\nb: [x, y\nc: 2\n",
      "MRD1005 2:4+1 this [ is never closed · close it, or quote the whole value if the character is meant literally",
    ],
    [
      "a brace never closed",
      "a: { b: 1\n",
      "MRD1005 1:4+1 this { is never closed · close it, or quote the whole value if the character is meant literally",
    ],
    [
      "a double quote never closed",
      'a: "x\nb: 1\nc: 2\n',
      'MRD1005 1:4+1 this " is never closed · close it, or quote the whole value if the character is meant literally',
    ],
    [
      "a single quote never closed",
      "a: 'x\n",
      "MRD1005 1:4+1 this ' is never closed · close it, or quote the whole value if the character is meant literally",
    ],
    [
      "an alias without anchor",
      "a: &base 1\nb: *bse\n",
      "MRD1006 2:4+4 the alias *bse has no anchor &bse before it · did you mean *base? · a text that begins with * needs quotes",
    ],
    [
      "an anchor of another document",
      "a: &x 1\n---\nb: *x\n",
      "MRD1006 3:4+2 the alias *x has no anchor &x before it · a text that begins with * needs quotes",
    ],
    [
      "too many aliases",
      `a: &x 1\nb: [${"*x, ".repeat(201)}]\n`,
      "MRD1007 2:805+2 the file has more than 200 aliases · write the repeated values out",
    ],
    [
      "too many anchors",
      `a: [${Array.from({ length: 101 }, (_, i) => `&x${i} 1`).join(", ")}]\n`,
      "MRD1007 1:795+5 the file has more than 100 anchors · write the repeated values out",
    ],
    [
      "an alias inside its own value",
      "a: &x\n  b: [*x]\n",
      "MRD1008 2:7+2 the alias *x stands inside the value it repeats · write the value out",
    ],
    [
      "65 levels",
      "[".repeat(65) + "]".repeat(65),
      "MRD1009 1:65+1 the nesting is deeper than 64 levels · flatten it; an unclosed [ or { can look like this",
    ],
    [
      "a depth of 10,000",
      "- ".repeat(10_000),
      "MRD1009 1:131+1 the nesting is deeper than 64 levels · flatten it; an unclosed [ or { can look like this",
    ],
    [
      "a file of 10 MB",
      "a: b # \n".repeat(1_310_720),
      "MRD1010 1:1+1 the file has more than 1048576 characters · split it into several files",
    ],
    [
      "a byte order mark",
      "\uFEFFa: 1\n",
      "MRD1011 1:1+1 the file begins with a byte order mark · save it as UTF-8 without BOM",
    ],
    [
      "a byte order mark in the middle",
      "a: 1\n---\n\uFEFFb: 1\n",
      "MRD1011 3:1+1 there is a byte order mark inside the file · remove it: it often comes from joining two files",
    ],
    [
      "NUL",
      "a: x\0y\n",
      "MRD1012 1:5+1 the character U+0000 is not allowed in a manifest · remove it; if the file looks wrong altogether, save it as UTF-8",
    ],
    [
      "an escape sequence of a terminal",
      "a: \u001b[31mred\n",
      "MRD1012 1:4+1 the character U+001B is not allowed in a manifest · remove it; if the file looks wrong altogether, save it as UTF-8",
    ],
    [
      "half a surrogate pair",
      "a: \uD83D\n",
      "MRD1012 1:4+1 the character U+D83D is not allowed in a manifest · remove it; if the file looks wrong altogether, save it as UTF-8",
    ],
    [
      "NUL behind an escape",
      'a: "x\\0"\n',
      "MRD1012 1:4+5 an escape here stands for U+0000, which is not allowed in a manifest · remove the escape",
    ],
    [
      "bytes that are not UTF-8",
      "name: M\uFFFDnchen\n",
      "MRD1013 1:8+1 the file is not valid UTF-8 here · save it as UTF-8",
    ],
    [
      "a number as key",
      "ports:\n  443: x\n",
      'MRD1014 2:3+3 keys are text, and 443 is not · write it in quotes: "443"',
    ],
    [
      "a boolean as key",
      "true: x\n",
      'MRD1014 1:1+4 keys are text, and true is not · write it in quotes: "true"',
    ],
    [
      "no key",
      "a:\n  : x\n",
      "MRD1014 2:5+1 there is no key before this colon · write the key, or remove the line",
    ],
    ["a list as key", "? [a]\n: b\n", "MRD1014 1:3+1 a key must be plain text · write the key out as text"],
    [
      "__proto__",
      "__proto__: { polluted: true }\n",
      'MRD1015 1:1+9 the key "__proto__" is not allowed · use another name',
    ],
    [
      "__proto__ in quotes",
      'a: { "__proto__": 1 }\n',
      'MRD1015 1:6+11 the key "__proto__" is not allowed · use another name',
    ],
    [
      "an unknown tag",
      "a: !secret x\n",
      "MRD1016 1:4+7 a manifest takes no tags, and !secret is one · remove the tag; quotes make text of a number",
    ],
    [
      "a known tag",
      "a: !!binary aGk=\n",
      "MRD1016 1:4+8 a manifest takes no tags, and !!binary is one · remove the tag; quotes make text of a number",
    ],
    [
      "a merge key",
      "a: &x { b: 1 }\nc:\n  <<: *x\n",
      "MRD1017 3:3+2 merge keys (<<) are not part of YAML 1.2 · write the merged keys out",
    ],
    [
      "a directive",
      "%YAML 1.1\n---\na: yes\n",
      "MRD1018 1:1+9 a manifest takes no % directives: it is YAML 1.2 with no tags · remove the line",
    ],
    ["an empty file", "", "MRD1019 1:1+1 the file holds no manifest · write one, or remove the file"],
    [
      "a file of comments",
      "# nothing\n---\n# here\n",
      "MRD1019 1:1+1 the file holds no manifest · write one, or remove the file",
    ],
    [
      "a number too large",
      "account: 12345678901234567890\n",
      'MRD1020 1:10+20 the number 12345678901234567890 cannot be kept exactly · write it in quotes if it is an identifier: "12345678901234567890"',
    ],
    [
      "not a number",
      "a: .nan\n",
      'MRD1020 1:4+4 the number .nan cannot be kept exactly · write it in quotes if it is an identifier: ".nan"',
    ],
    [
      "a lone carriage return",
      "a: 1\rb: 2\n",
      "MRD1021 1:5+1 a carriage return stands alone, and parsers disagree whether it ends a line · save the file with LF or CRLF line ends",
    ],
    [
      "an alias bomb",
      bomb(9),
      "MRD1022 6:20+3 the file holds more than 250000 values once its aliases are followed · split it into several files, or write out what the aliases repeat",
    ],
    [
      "a key too long",
      `${"k".repeat(300)}: 1\n`,
      "MRD1023 1:1+300 a key has 300 characters, the limit is 256 · use a shorter key; a missing line break can look like this",
    ],
    [
      "a block text that parsers read differently",
      "a: |-1\n   \n",
      "MRD1024 1:1+1 YAML parsers read this file differently · write it plainly: no explicit keys, no indentation numbers after | or >",
    ],
    [
      "two pairs on a line",
      "a: b: c\n",
      'MRD1001 1:4+1 one line has two "key: value" pairs · put the value in quotes, or the second pair on a line of its own',
    ],
    [
      "a value that begins with @",
      "a: @x\n",
      "MRD1001 1:4+1 a value cannot begin with this character · put the value in quotes",
    ],
    [
      "an unknown escape",
      'a: "C:\\data"\n',
      "MRD1001 1:7+1 this escape is not one YAML knows · write \\\\ for a backslash, or use single quotes",
    ],
    [
      "a line without colon",
      "a: 1\nb\nc: 2\n",
      'MRD1001 2:1+1 this line is not "key: value" · put a colon and a space after the key',
    ],
    [
      "a key after a flow mapping",
      "x:\n- { y: z }in: valid\n",
      "MRD1001 2:11+2 a key stands after something else on its line · begin a new line, or put the whole value in quotes",
    ],
    [
      "text after a quoted value",
      '- "a" b: c\n',
      "MRD1001 1:7+1 this is not YAML · look for a missing quote, colon or dash here or on the line before",
    ],
    [
      "two commas",
      "a: [1,,2]\n",
      "MRD1001 1:7+1 a comma or bracket is missing in this [list] or {mapping} · separate entries by commas; a mapping's entries read key: value",
    ],
  ])("%s", (_name, text, expected) => {
    expect(problems(text)).toEqual([expected]);
  });

  test("problems come in the order they are read in", () => {
    const text = "a: 1\na: { 3: !x 1 }\n";
    expect(problems(text).map((line) => line.slice(0, 11))).toEqual([
      "MRD1002 2:1",
      "MRD1014 2:6",
      "MRD1016 2:9",
    ]);
  });

  test("every problem of a file at once", () => {
    expect(problems("a: 1\na: 2\nb: !x 1\n3: 4\nc: *d\n").map((line) => line.slice(0, 11))).toEqual([
      "MRD1002 2:1",
      "MRD1016 3:4",
      "MRD1014 4:1",
      "MRD1006 5:4",
    ]);
  });

  test("the next syntax errors too, but not the echoes of one", () => {
    const text = "a: @x\nb: 1\nc: 2\nd: [1,,2]\ne: 3\nf: 4\ng: x: y\n";
    expect(problems(text).map((line) => line.slice(0, 11))).toEqual([
      "MRD1001 1:4",
      "MRD1001 4:7",
      "MRD1001 7:4",
    ]);
  });

  test("at most 20 problems", () => {
    expect(problems("a: !x 1\n".repeat(1_000))).toHaveLength(20);
  });

  test("every code of the table that is about YAML is met above", () => {
    const yamlCodes = Object.keys(manifestCodes).filter((code) => code.startsWith("MRD10"));
    expect(yamlCodes).toHaveLength(24);
  });
});

/** Each level repeats the one before nine times. */
function bomb(levels: number): string {
  const row = (level: number): string =>
    `l${level}: &l${level} [${Array(9)
      .fill(`*l${level - 1}`)
      .join(", ")}]`;
  return [
    "l0: &l0 [x, x, x, x, x, x, x, x, x]",
    ...Array.from({ length: levels }, (_, index) => row(index + 1)),
  ].join("\n");
}

describe("bad input stays cheap", () => {
  test.each([
    ["an alias bomb", bomb(20)],
    ["brackets", "[".repeat(1_000_000)],
    ["braces", "{a: ".repeat(250_000)],
    ["dashes", "- ".repeat(500_000)],
    ["explicit keys", "? ".repeat(500_000)],
    ["an error before a great depth", `a: @\n${"[".repeat(1_000_000)}`],
    ["an unclosed quote over a megabyte", `a: "${"x\n".repeat(500_000)}`],
    [
      "many keys, twice",
      Array.from({ length: 120_000 }, (_, index) => `k${index % 60_000}: 1`)
        .join("\n")
        .slice(0, 1_048_576),
    ],
    ["anchors", Array.from({ length: 60_000 }, (_, index) => `- &a${index} x`).join("\n")],
    ["a megabyte of colons", ":".repeat(1_000_000)],
    ["a megabyte of quotes", "'".repeat(1_000_000)],
    ["a megabyte of line breaks", "\n".repeat(1_000_000)],
    ["a megabyte of spaces", " ".repeat(1_000_000)],
    ["a megabyte of number signs", "#".repeat(1_000_000)],
    ["a megabyte of quotes, blanks and no colon", '" '.repeat(500_000)],
  ])("%s", (_name, text) => {
    const before = process.memoryUsage().heapUsed;
    const began = performance.now();
    const loaded = load(text);
    if (loaded.kind === "rejected") for (const each of loaded.diagnostics) codeFrame(text, each);
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(400_000_000);
    expect(loaded.kind === "rejected" ? loaded.diagnostics.length : 0).toBeLessThanOrEqual(
      defaultLimits.problems,
    );
  });
});

const SEED = `# a manifest
apiVersion: meridian.dev/v1
kind: Workspace
metadata: { name: acme, labels: { "a.b": "x" } }
spec:
  homeRegion: &home eu-central
  replicaRegions: [*home, us-east]
  notes: |
    two
    lines
  weights:
    - 1.5
    - 'two'
---
kind: Region
`;

const CODES = new Set<string>(Object.keys(manifestCodes));

/** What a diagnostic must never be: unknown, out of the text, without a next step, or a stack trace. */
function flaws(text: string, diagnostic: Diagnostic): readonly string[] {
  const { code, place, fix } = diagnostic;
  const row = text.split("\n")[place.line - 1];
  return [
    CODES.has(code) ? "" : `${code} is not in the table`,
    row === undefined || place.column > row.length + 1
      ? `${place.line}:${place.column} is not in the text`
      : "",
    fix ? "" : "no next step",
    /\bat .*\.js:\d+/.test(codeFrame(text, diagnostic)) ? "a stack trace" : "",
  ].filter((flaw) => flaw !== "");
}

describe("whatever the text", () => {
  const edit = fc.record({
    at: fc.nat(SEED.length),
    gone: fc.nat(6),
    put: fc.oneof(
      fc.constant(""),
      fc.string({ unit: "binary", maxLength: 4 }),
      fc.constantFrom("\t", "\0", ": ", "- ", "[", "{", '"', "*", "&x ", "!", "%", "\n", "\r", "---\n"),
    ),
  });

  test("no edited manifest throws, and every problem has a code, a place in the text and a next step", () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), fc.nat(SEED.length), (edits, end) => {
        const text = edits
          .reduce((now, { at, gone, put }) => now.slice(0, at) + put + now.slice(at + gone), SEED)
          .slice(0, end);
        const loaded = load(text);
        if (loaded.kind === "loaded") return;
        expect(loaded.diagnostics.flatMap((diagnostic) => flaws(text, diagnostic))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  test("any string at all", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => void load(text)),
      { numRuns: 2_000 },
    );
  });
});
