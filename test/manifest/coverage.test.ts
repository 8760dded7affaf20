import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";
import { type CoverageRow, parseCoverage } from "./coverage-table";
import { DOCUMENT_HEADINGS } from "./document-headings";
import { loadRepository, repository, repositoryFiles } from "./repository-manifests";

const sections = parseCoverage(readFileSync(join(repository, "docs", "coverage.md"), "utf8"));
const rows = sections.flatMap((section) => section.rows);
const platforms = Object.keys(DOCUMENT_HEADINGS);

interface Named {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly platform?: string };
}

/** `portarium/region eu-north`, and `portarium/platform`. */
function keyOf({ kind, metadata: { name, platform } }: Named): string {
  return platform === undefined ? `${name}/platform` : `${platform}/${kind.toLowerCase()} ${name}`;
}

const byKey = (manifests: readonly Named[]): ReadonlyMap<string, unknown> =>
  new Map(manifests.map((manifest) => [keyOf(manifest), manifest]));

const written = byKey(repositoryFiles().map(({ text }) => parse(text) as Named));
const resolved = byKey(loadRepository().manifests.map(({ manifest }) => manifest as Named));

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const valueAt = (
  manifests: ReadonlyMap<string, unknown>,
  { platform, manifest, path }: CoverageRow,
): unknown =>
  path.reduce<unknown>(
    (value, key) => (isRecord(value) ? value[key] : undefined),
    manifests.get(`${platform}/${manifest}`),
  );

/** `3 entries` counts; text stands for itself, anything else is YAML. */
function says(stated: string, actual: unknown): boolean {
  const counted = /^(\d+) entr(?:y|ies)$/.exec(stated);
  if (counted !== null && isRecord(actual)) return Object.keys(actual).length === Number(counted[1]);
  return typeof actual === "string" ? actual === stated : isDeepStrictEqual(parse(stated), actual);
}

const label = ({ section, fact, manifest, path, value }: CoverageRow): string =>
  `${section}: ${fact} → ${manifest}: ${path.join(".")} = ${value}`;

describe("docs/coverage.md", () => {
  test("covers the five documents", () => {
    expect([...new Set(sections.map(({ platform }) => platform))]).toEqual(platforms);
    expect(rows.length).toBeGreaterThan(590);
  });

  test.each(platforms)("%s: every heading of its document, in order, with a fact", (name) => {
    const own = sections.filter(({ platform }) => platform === name);
    expect(own.map(({ section }) => section)).toEqual(DOCUMENT_HEADINGS[name]);
    expect(own.filter((section) => section.rows.length === 0)).toEqual([]);
  });

  test.each(platforms)("%s: every field is in the resolved manifests", (name) => {
    const absent = rows.filter((row) => row.platform === name && valueAt(resolved, row) === undefined);
    expect(absent.map(label)).toEqual([]);
  });

  test.each(platforms)("%s: every value is the one of the manifests", (name) => {
    const wrong = rows
      .filter((row) => row.platform === name)
      .map((row) => ({ row, actual: valueAt(written, row) ?? valueAt(resolved, row) }))
      .filter(({ row, actual }) => !says(row.value, actual));
    expect(wrong.map(({ row, actual }) => ({ row: label(row), actual }))).toEqual([]);
  });

  test("another value is noticed, whatever the row", () => {
    const blind = rows.filter((row) => {
      const actual = valueAt(written, row) ?? valueAt(resolved, row);
      const altered = /^\d+ entr/.test(row.value) ? `1${row.value}` : `[${row.value}]`;
      return says(altered, actual);
    });
    expect(blind.map(label)).toEqual([]);
  });

  test.each(["openova", "castiel"])("%s: every fact says what it becomes", (name) => {
    const silent = rows.filter(({ platform, becomes }) => platform === name && (becomes ?? "") === "");
    expect(silent.map(label)).toEqual([]);
  });

  test("no fact is listed twice in a section", () => {
    const labels = rows.map((row) => `${row.platform} ${label(row)}`);
    expect(labels.filter((one, index) => labels.indexOf(one) !== index)).toEqual([]);
  });
});
