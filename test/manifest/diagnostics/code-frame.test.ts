import { codeFrame } from "../../../automation/manifest/diagnostics/code-frame";
import { displayWidth } from "../../../automation/manifest/diagnostics/display-width";
import type { Painter } from "../../../automation/manifest/diagnostics/painter";
import type { Diagnostic } from "../../../automation/manifest/diagnostic";

/** A diagnostic whose caret is under the first occurrence of `token`. */
function at(text: string, token: string, more: Partial<Diagnostic> = {}): Diagnostic {
  const offset = text.indexOf(token);
  const before = text.slice(0, offset);
  return {
    code: "MRD1104",
    severity: "error",
    message: 'metadata.kind "x" is not one of the values it takes',
    place: {
      file: "regions/acme/platform.yaml",
      line: before.split("\n").length,
      column: offset - before.lastIndexOf("\n"),
      length: token.length,
    },
    ...more,
  };
}

const frame = (text: string, token: string, more: Partial<Diagnostic> = {}): string =>
  `\n${codeFrame(text, at(text, token, more))}\n`;

describe("codeFrame", () => {
  test("looks as the design says", () => {
    const text = [
      "apiVersion: meridian.dev/v1",
      "kind: Workspace",
      "metadata:",
      "  name: acme",
      "spec:",
      "  residency: { jurisdictions: [EU] }",
      "  homeRegion: eu-centrall",
      "  tier: gold",
    ].join("\n");
    const more = {
      code: "MRD2104",
      message: 'workspace "acme" names a home region that is not part of platform "portarium"',
      hint: 'did you mean "eu-central"?',
      fix: "use one of eu-central, eu-west (EU, legal for this workspace); us-east exists but is outside EU",
    } as const;
    expect(frame(text, "eu-centrall", more)).toMatchInlineSnapshot(`
      "
      error MRD2104  workspace "acme" names a home region that is not part of platform "portarium"
        regions/acme/platform.yaml:7:15
          5 | spec:
          6 |   residency: { jurisdictions: [EU] }
        > 7 |   homeRegion: eu-centrall
            |               ^^^^^^^^^^^ did you mean "eu-central"?
        fix: use one of eu-central, eu-west (EU, legal for this workspace); us-east exists but is outside
             EU
      "
    `);
  });

  test("the first line has no lines before it, and a warning says so", () => {
    expect(frame("kind: x\nspec: {}\n", "x", { severity: "warning" })).toMatchInlineSnapshot(`
      "
      warning MRD1104  metadata.kind "x" is not one of the values it takes
        regions/acme/platform.yaml:1:7
        > 1 | kind: x
            |       ^
      "
    `);
  });

  test("line numbers stay aligned from one digit to two", () => {
    const text = Array.from({ length: 12 }, (_, index) => `key${index + 1}: value`).join("\n");
    expect(frame(text, "key10", { hint: "here" })).toMatchInlineSnapshot(`
      "
      error MRD1104  metadata.kind "x" is not one of the values it takes
        regions/acme/platform.yaml:10:1
           8 | key8: value
           9 | key9: value
        > 10 | key10: value
             | ^^^^^ here
      "
    `);
  });

  test("CRLF leaves no trace", () => {
    expect(frame("a: 1\r\nb: oops\r\nc: 2\r\n", "oops")).not.toContain("\r");
    expect(frame("a: 1\r\nb: oops\r\nc: 2\r\n", "oops")).toMatchInlineSnapshot(`
      "
      error MRD1104  metadata.kind "x" is not one of the values it takes
        regions/acme/platform.yaml:2:4
          1 | a: 1
        > 2 | b: oops
            |    ^^^^
      "
    `);
  });

  test("tabs, wide, combining and joined characters keep the caret in its place", () => {
    expect(frame("\tkey:\toops", "oops")).toMatchInlineSnapshot(`
      "
      error MRD1104  metadata.kind "x" is not one of the values it takes
        regions/acme/platform.yaml:1:7
        > 1 |     key:    oops
            |             ^^^^
      "
    `);
    expect(frame("名前: { 東京: oops }", "oops")).toMatchInlineSnapshot(`
      "
      error MRD1104  metadata.kind "x" is not one of the values it takes
        regions/acme/platform.yaml:1:11
        > 1 | 名前: { 東京: oops }
            |               ^^^^
      "
    `);
    expect(frame("cafe\u0301: oops", "oops")).toMatchInlineSnapshot(`
      "
      error MRD1104  metadata.kind "x" is not one of the values it takes
        regions/acme/platform.yaml:1:8
        > 1 | café: oops
            |       ^^^^
      "
    `);
    expect(frame("👩‍👩‍👧 🇩🇪: oops", "oops")).toMatchInlineSnapshot(`
      "
      error MRD1104  metadata.kind "x" is not one of the values it takes
        regions/acme/platform.yaml:1:16
        > 1 | 👩‍👩‍👧 🇩🇪: oops
            |        ^^^^
      "
    `);
    expect(frame("name: 東京", "東京", { hint: "two wide characters" })).toMatchInlineSnapshot(`
      "
      error MRD1104  metadata.kind "x" is not one of the values it takes
        regions/acme/platform.yaml:1:7
        > 1 | name: 東京
            |       ^^^^ two wide characters
      "
    `);
  });

  test("a long line is cropped around the caret, and its neighbours with it", () => {
    const long = `jurisdictions: [${Array.from({ length: 40 }, (_, i) => `J${i}`).join(", ")}, XX, YY, ZZ]`;
    const text = `# a comment\n${long}\n  next: [${"EU, ".repeat(60)}DE]\n`;
    expect(frame(text, "J30", { hint: "did you mean J3?" })).toMatchInlineSnapshot(`
      "
      error MRD1104  metadata.kind "x" is not one of the values it takes
        regions/acme/platform.yaml:2:157
          1 | …
        > 2 | …24, J25, J26, J27, J28, J29, J30, J31, J32, J33, J34, J35, J36, J37, J38, J39, XX, YY, ZZ]
            |                               ^^^ did you mean J3?
      "
    `);
    expect(frame(text, "DE]", { hint: "a hint too long for the space beside the caret" }))
      .toMatchInlineSnapshot(`
      "
      error MRD1104  metadata.kind "x" is not one of the values it takes
        regions/acme/platform.yaml:3:250
          1 | …
          2 | …
        > 3 | … EU, EU, EU, EU, EU, EU, EU, DE]
            |                               ^^^ a hint too long for the space beside the caret
      "
    `);
    expect(frame(long, "jurisdictions")).toMatchInlineSnapshot(`
      "
      error MRD1104  metadata.kind "x" is not one of the values it takes
        regions/acme/platform.yaml:1:1
        > 1 | jurisdictions: [J0, J1, J2, J3, J4, J5, J6, J7, J8, J9, J10, J11, J12, J13, J14, J15, J16, …
            | ^^^^^^^^^^^^^
      "
    `);
  });

  test("a long message and a long fix are wrapped", () => {
    const words = Array.from({ length: 30 }, (_, index) => `word${index}`).join(" ");
    expect(frame("a: b", "b", { message: words, fix: words })).toMatchInlineSnapshot(`
      "
      error MRD1104  word0 word1 word2 word3 word4 word5 word6 word7 word8 word9 word10 word11 word12
                     word13 word14 word15 word16 word17 word18 word19 word20 word21 word22 word23 word24
                     word25 word26 word27 word28 word29
        regions/acme/platform.yaml:1:4
        > 1 | a: b
            |    ^
        fix: word0 word1 word2 word3 word4 word5 word6 word7 word8 word9 word10 word11 word12 word13
             word14 word15 word16 word17 word18 word19 word20 word21 word22 word23 word24 word25 word26
             word27 word28 word29
      "
    `);
  });

  test("a manifest cannot reach the terminal", () => {
    const text = 'a: "\u001b[31mred\u202e" # \u0007';
    const drawn = frame(text, "red", { message: "\u001b[2J", hint: "\u0000", fix: "\u009b" });
    expect(drawn).not.toMatch(/[\x00-\x09\x0B-\x1F\x7F-\x9F\u202E]/);
  });

  test("a caret past the end of the line, or of the file, is still drawn", () => {
    const past = at("a: b", "b", { place: { file: "f.yaml", line: 1, column: 9, length: 4 } });
    expect(codeFrame("a: b", past)).toContain("^");
    const beyond = at("a: b", "b", { place: { file: "f.yaml", line: 7, column: 1, length: 1 } });
    expect(codeFrame("a: b", beyond)).toContain("f.yaml:7:1");
  });

  test("without a text only the place is printed", () => {
    const { place, ...rest } = at("a: b", "b", { fix: "split it into several files" });
    expect(`\n${codeFrame(undefined, { ...rest, place })}\n`).toMatchInlineSnapshot(`
      "
      error MRD1104  metadata.kind "x" is not one of the values it takes
        regions/acme/platform.yaml:1:4
        fix: split it into several files
      "
    `);
  });

  test("the painter adds colour and nothing else", () => {
    const mark = (name: string) => (text: string) => `<${name}>${text}</${name}>`;
    const names = ["error", "warning", "code", "place", "caret", "hint", "fix", "dim"] as const;
    const painter = Object.fromEntries(names.map((name) => [name, mark(name)])) as unknown as Painter;
    const text = "a: 1\nb: oops\n";
    const diagnostic = at(text, "oops", { hint: "no", fix: "so" });
    const painted = codeFrame(text, diagnostic, painter);
    expect(painted.replace(/<\/?[a-z]+>/g, "")).toBe(codeFrame(text, diagnostic));
    expect(names.filter((name) => painted.includes(`<${name}>`))).toEqual(
      names.filter((name) => name !== "warning"),
    );
  });

  test("a line of a megabyte takes no longer than a short one", () => {
    const text = `${"x: 東, ".repeat(80_000)}HERE${" y".repeat(200_000)}`;
    const began = performance.now();
    const rows = codeFrame(text, at(text, "HERE")).split("\n");
    expect(performance.now() - began).toBeLessThan(200);
    expect(rows.at(-2)).toContain(" HERE y");
  });

  test.each([4, 60, 99, 100, 101, 150, 400])("fits 100 columns with a caret at column %d", (column) => {
    const text = `${"東x ".repeat(200).slice(0, column - 1)}HERE${" 京y".repeat(200)}`;
    const rows = codeFrame(text, at(text, "HERE", { hint: "a hint" })).split("\n");
    expect(rows.filter((row) => displayWidth(row) > 100)).toEqual([]);
    const [source = "", caret = ""] = rows.slice(-2);
    expect(displayWidth(source.slice(0, source.indexOf("HERE")))).toBe(
      displayWidth(caret.slice(0, caret.indexOf("^"))),
    );
  });
});
