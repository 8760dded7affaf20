/** docs/coverage.md as data. */

export interface CoverageRow {
  readonly platform: string;
  /** Heading of the document. */
  readonly section: string;
  readonly fact: string;
  /** `platform`, `region europe` or `workspace pilot`. */
  readonly manifest: string;
  /** Keys and indices, outermost first. */
  readonly path: readonly string[];
  readonly value: string;
  /** Only for platforms that are built. */
  readonly becomes: string | undefined;
}

export interface CoverageSection {
  readonly platform: string;
  readonly section: string;
  readonly rows: readonly CoverageRow[];
}

const cellsOf = (line: string): readonly string[] =>
  line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());

const unquoted = (cell: string): string => cell.replace(/^`|`$/g, "");

function rowOf(platform: string, section: string, line: string): CoverageRow {
  const [fact = "", field = "", value = "", becomes] = cellsOf(line);
  const [manifest = "", path = ""] = unquoted(field).split(": ");
  return {
    platform,
    section,
    fact,
    manifest,
    path: [...path.matchAll(/[^.[\]]+/g)].map(([key]) => key),
    value: unquoted(value),
    becomes,
  };
}

const isRow = (line: string): boolean =>
  line.startsWith("|") && !line.startsWith("| Fact") && !/^\|\s*-/.test(line);

/** `## platform: document`, then `### heading` with a table each. */
export function parseCoverage(markdown: string): readonly CoverageSection[] {
  return markdown
    .split(/^## /m)
    .slice(1)
    .flatMap((part) => {
      const [title = "", ...sections] = part.split(/^### /m);
      const platform = title.split(":")[0] ?? "";
      return sections.map((text) => {
        const [section = "", ...lines] = text.split("\n");
        return {
          platform,
          section,
          rows: lines.filter(isRow).map((line) => rowOf(platform, section, line)),
        };
      });
    });
}
