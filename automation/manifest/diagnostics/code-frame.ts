/**
 * A diagnostic as a person reads it: what, where, the lines, a caret, the next step.
 *
 * Pure text; colour comes from the painter, so a log, a test and a terminal get the same letters.
 */

import type { Diagnostic } from "../diagnostic";
import { type Cell, cellsOf, displayWidth, printable } from "./display-width";
import { plainPainter, type Painter } from "./painter";
import { wrap } from "./wrap";

const COLUMNS = 100;
const LEAD_LINES = 2;
const ELLIPSIS = "…";

/** The part of the lines that is shown: columns from `from`, `room` wide. */
interface Window {
  readonly from: number;
  readonly room: number;
}

const columnsBefore = (cells: readonly Cell[], offset: number): number =>
  cells.reduce((sum, cell) => (cell.offset < offset ? sum + cell.width : sum), 0);

const widthOfCells = (cells: readonly Cell[]): number => cells.reduce((sum, cell) => sum + cell.width, 0);

/** Shows the caret with a third of the room before it; lines that fit are not moved. */
function windowFor(cells: readonly Cell[], caret: number, length: number, room: number): Window {
  if (Math.min(widthOfCells(cells), caret + length) <= room) return { from: 0, room };
  const before = Math.max(8, Math.min(Math.floor(room / 3), room - length));
  return { from: Math.max(0, caret - before), room };
}

/** The line inside the window, an ellipsis on each side that hides something. */
function crop(cells: readonly Cell[], { from, room }: Window): string {
  const end = widthOfCells(cells);
  const left = from > 0 && end > 0 ? ELLIPSIS : "";
  const first = from + left.length;
  const last = end > from + room ? from + room - 1 : from + room;
  let column = 0;
  let shown = "";
  for (const cell of cells) {
    // A wide character cut in half by the edge leaves a blank behind.
    if (column >= first && column + cell.width <= last) shown += cell.text;
    else if (column < first && column + cell.width > first) shown += " ";
    column += cell.width;
  }
  return `${left}${shown}${end > from + room ? ELLIPSIS : ""}`.trimEnd();
}

interface Caret {
  readonly column: number;
  readonly length: number;
}

function caretOf(cells: readonly Cell[], start: number, characters: number): Caret {
  const column = columnsBefore(cells, start);
  const length = columnsBefore(cells, start + characters) - column;
  return { column, length: Math.max(1, length) };
}

/** The hint stands beside the caret, or below it when it would not fit there. */
function caretRows(
  gutter: string,
  caret: Caret,
  hint: string | undefined,
  paint: Painter,
): readonly string[] {
  const space = " ".repeat(caret.column);
  const carets = `${gutter}${space}${paint.caret("^".repeat(caret.length))}`;
  if (hint === undefined) return [carets];
  const words = printable(hint);
  const beside = gutter.length + caret.column + caret.length + 1 + displayWidth(words);
  if (beside <= COLUMNS) return [`${carets} ${paint.hint(words)}`];
  const below = Math.max(0, Math.min(caret.column, COLUMNS - gutter.length - displayWidth(words)));
  return [carets, `${gutter}${" ".repeat(below)}${paint.hint(words)}`];
}

/** A line of a megabyte is not measured letter by letter: what is far from the caret is left out first. */
const NEAR = 1_000;

function sourceRows(text: string, diagnostic: Diagnostic, paint: Painter): readonly string[] {
  const { line, column: start } = diagnostic.place;
  const skipped = Math.max(0, start - NEAR);
  const lines = text
    .split("\n", line)
    .map((row) => row.slice(skipped, skipped + 2 * NEAR).replace(/\r$/, ""));
  const digits = String(line).length;
  const gutter = `    ${" ".repeat(digits)} | `;
  const cells = cellsOf(lines[line - 1] ?? "");
  const full = caretOf(cells, start - 1 - skipped, diagnostic.place.length);
  const window = windowFor(cells, full.column, full.length, COLUMNS - gutter.length);
  const row = (at: number): string => {
    const code = crop(cellsOf(lines[at - 1] ?? ""), window);
    const number = String(at).padStart(digits);
    const isCulprit = at === line;
    const lead = `  ${isCulprit ? paint.caret(">") : " "} ${isCulprit ? number : paint.dim(number)} ${paint.dim("|")}`;
    return `${lead} ${isCulprit ? code : paint.dim(code)}`.trimEnd();
  };
  const shown = Array.from({ length: LEAD_LINES + 1 }, (_, index) => line - LEAD_LINES + index).filter(
    (n) => n >= 1,
  );
  const column = full.column - window.from;
  const caret = { column, length: Math.max(1, Math.min(full.length, window.room - column)) };
  return [...shown.map(row), ...caretRows(gutter, caret, diagnostic.hint, paint)];
}

function head({ severity, code, message }: Diagnostic, paint: Painter): readonly string[] {
  const label = `${severity} ${code}  `;
  const [first = "", ...rest] = wrap(printable(message), COLUMNS - label.length);
  const indent = " ".repeat(label.length);
  return [`${paint[severity](severity)} ${paint.code(code)}  ${first}`, ...rest.map((row) => indent + row)];
}

function fixRows(fix: string | undefined, paint: Painter): readonly string[] {
  if (fix === undefined) return [];
  const label = "  fix: ";
  const [first = "", ...rest] = wrap(printable(fix), COLUMNS - label.length);
  return [`  ${paint.fix("fix:")} ${first}`, ...rest.map((row) => " ".repeat(label.length) + row)];
}

/**
 * The frame of one diagnostic in the text of its file, at most 100 columns wide, without a last line break.
 *
 * A file that cannot be shown (too large, gone) has an undefined text: then the place alone is printed.
 */
export function codeFrame(
  text: string | undefined,
  diagnostic: Diagnostic,
  paint: Painter = plainPainter,
): string {
  const { file, line, column } = diagnostic.place;
  return [
    ...head(diagnostic, paint),
    `  ${paint.place(`${printable(file)}:${line}:${column}`)}`,
    ...(text === undefined ? [] : sourceRows(text, diagnostic, paint)),
    ...fixRows(diagnostic.fix, paint),
  ].join("\n");
}
