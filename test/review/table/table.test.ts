import fc from "fast-check";
import { displayWidth } from "../../../automation/manifest/diagnostics/display-width";
import { cutToWidth } from "../../../automation/review/table/cut";
import { renderTable, type TableCell, type TableColumn } from "../../../automation/review/table/table";
import { formatCount, formatDuration } from "../../../automation/review/table/units";

describe("displayWidth", () => {
  test.each([
    { name: "Latin letters", text: "europe", width: 6 },
    { name: "a combining accent", text: "Zu\u0308rich", width: 6 },
    { name: "Han", text: "東京", width: 4 },
    { name: "Hangul", text: "서울", width: 4 },
    { name: "a flag", text: "🇩🇪", width: 2 },
    { name: "a family of four", text: "👨‍👩‍👧‍👦", width: 2 },
    { name: "an ellipsis and a dash", text: "…—", width: 2 },
    { name: "a control character, shown as its picture", text: "\u0007", width: 1 },
  ])("$name", ({ text, width }) => {
    expect(displayWidth(text)).toBe(width);
  });

  test("a cut text is never wider than asked", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(40), (text, width) => {
        expect(displayWidth(cutToWidth(text, width))).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe("renderTable", () => {
  const columns: readonly TableColumn[] = [
    { title: "stack", cut: false },
    { title: "resources" },
    { title: "after" },
    { title: "hash", cut: false },
  ];

  test("stacks of a plan", () => {
    expect(
      renderTable(columns, [
        ["europe", 31, undefined, "9f3c1a"],
        ["global", 1209, "europe, india", "c41d90"],
        ["東京", 9, "europe", "77aa10"],
      ]),
    ).toEqual([
      "stack    resources   after           hash",
      "europe          31   —               9f3c1a",
      "global       1,209   europe, india   c41d90",
      "東京             9   europe          77aa10",
    ]);
  });

  test("the widest column gives way, the hash stays whole", () => {
    expect(
      renderTable(columns, [["workspaces-000", 3, "a, b, c, d, e, f, g, h, i, j", "77aa10"]], { width: 50 }),
    ).toEqual([
      "stack            resources   after          hash",
      "workspaces-000           3   a, b, c, d,…   77aa10",
    ]);
  });

  test("no titles, no heading; colour counts for nothing in the widths", () => {
    const red = (text: string): string => `\u001b[31m${text}\u001b[39m`;
    expect(
      renderTable(
        [{ paint: red }, {}],
        [
          ["a", 1],
          ["bcd", 22],
        ],
        { indent: 2, gap: 1 },
      ),
    ).toEqual(["  \u001b[31ma  \u001b[39m  1", "  \u001b[31mbcd\u001b[39m 22"]);
  });

  test("a name from outside cannot start a new line or move the cursor", () => {
    expect(renderTable([{}], [["a\r\n\u001b[2Jb"]])).toEqual(["a [2Jb"]);
  });

  test("a table without rows is its heading", () => {
    expect(renderTable([{ title: "stack" }], [])).toEqual(["stack"]);
  });

  test("whatever is in the cells, lines fit and columns align", () => {
    const cell: fc.Arbitrary<TableCell> = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 80 }),
      fc.nat(10_000_000),
      fc.constant(undefined),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { maxLength: 8 }), (rows) => {
        const lines = renderTable([{ title: "a" }, { title: "b" }, { title: "c" }], rows);
        expect(lines).toHaveLength(rows.length + 1);
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(100);
      }),
    );
  });
});

describe("units", () => {
  test.each([
    { seconds: 0, text: "0.0 s" },
    { seconds: 0.31, text: "0.3 s" },
    { seconds: 14.24, text: "14.2 s" },
    { seconds: 59.97, text: "1 m" },
    { seconds: 192.4, text: "3 m 12 s" },
    { seconds: 7_265, text: "2 h 1 m" },
    { seconds: -1, text: "0.0 s" },
  ])("formatDuration($seconds) is $text", ({ seconds, text }) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  test.each([
    { count: 0, noun: undefined, text: "0" },
    { count: 1_234_567, noun: undefined, text: "1,234,567" },
    { count: 1, noun: "stack", text: "1 stack" },
    { count: 2_000, noun: "policy", text: "2,000 policies" },
    { count: 3, noun: "day", text: "3 days" },
  ])("formatCount($count, $noun) is $text", ({ count, noun, text }) => {
    expect(formatCount(count, noun)).toBe(text);
  });
});
