/**
 * Tables for a terminal: plain data in, aligned lines out.
 *
 * Pure: colour is a function of the column, applied after cutting and padding.
 */
import { displayWidth } from "../../manifest/diagnostics/display-width";
import { cutToWidth, onOneLine } from "./cut";
import { formatCount } from "./units";

/** A number is grouped by thousands and stands on the right; undefined shows as `—`. */
export type TableCell = string | number | undefined;

export interface TableColumn {
  /** The heading; a table whose columns all lack one has no heading line. */
  readonly title?: string;
  /** Right when every cell is a number or missing, else left. */
  readonly align?: "left" | "right";
  /** False for what must never be cut, such as a hash or a name to copy. Default: true. */
  readonly cut?: boolean;
  /** Colours one padded cell. */
  readonly paint?: (text: string) => string;
}

export interface TableOptions {
  /** Columns a line may take. Default: 100. */
  readonly width?: number;
  /** Spaces between columns. Default: 3. */
  readonly gap?: number;
  /** Spaces before each line. Default: 0. */
  readonly indent?: number;
  /** Colours one padded heading. */
  readonly paintTitle?: (text: string) => string;
}

/** Narrower than this a cut text says nothing. */
const LEAST = 6;

function textOf(cell: TableCell): string {
  if (cell === undefined) return "—";
  return typeof cell === "number" ? formatCount(cell) : onOneLine(cell);
}

const standsRight = ({ align }: TableColumn, cells: readonly TableCell[]): boolean =>
  align === undefined
    ? cells.some((cell) => typeof cell === "number") && cells.every((cell) => typeof cell !== "string")
    : align === "right";

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** Takes columns off the widest that may be cut until the line fits; the others stay whole. */
function fitted(
  natural: readonly number[],
  columns: readonly TableColumn[],
  room: number,
): readonly number[] {
  const widths = [...natural];
  for (let excess = sum(widths) - room; excess > 0; excess -= 1) {
    const candidates = widths.map((width, at) => (columns[at]?.cut === false || width <= LEAST ? 0 : width));
    const widest = candidates.indexOf(Math.max(...candidates));
    if ((candidates[widest] ?? 0) === 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function padded(text: string, width: number, right: boolean): string {
  const cut = cutToWidth(text, width);
  const space = " ".repeat(Math.max(0, width - displayWidth(cut)));
  return right ? space + cut : cut + space;
}

/** Blanks at the end of a line are noise in a diff; inside colour codes they stay. */
const line = (indent: number, gap: number, cells: readonly string[]): string =>
  (" ".repeat(indent) + cells.join(" ".repeat(gap))).trimEnd();

/** Rows to lines that fit the width; numbers stand on the right, what is too long ends in `…`. */
export function renderTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly TableCell[])[],
  { width = 100, gap = 3, indent = 0, paintTitle = (text) => text }: TableOptions = {},
): readonly string[] {
  const titles = columns.map(({ title = "" }) => title);
  const texts = rows.map((row) => columns.map((_, at) => (at < row.length ? textOf(row[at]) : "")));
  const rights = columns.map((column, at) =>
    standsRight(
      column,
      rows.map((row) => row[at]),
    ),
  );
  const natural = columns.map((_, at) =>
    Math.max(0, ...[titles, ...texts].map((row) => displayWidth(row[at] ?? ""))),
  );
  const widths = fitted(natural, columns, width - indent - gap * Math.max(0, columns.length - 1));
  const place = (row: readonly string[], paint: (text: string, at: number) => string): string =>
    line(
      indent,
      gap,
      row.map((text, at) => {
        const last = at === columns.length - 1 && rights[at] !== true;
        return paint(
          padded(
            text,
            last ? Math.min(widths[at] ?? 0, displayWidth(text)) : (widths[at] ?? 0),
            rights[at] === true,
          ),
          at,
        );
      }),
    );
  const body = texts.map((row) => place(row, (text, at) => columns[at]?.paint?.(text) ?? text));
  return titles.every((title) => title === "") ? body : [place(titles, paintTitle), ...body];
}
