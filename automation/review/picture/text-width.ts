import { type Cell, cellsOf } from "../../manifest/diagnostics/display-width";

/** Widths in 1/1000 em of a humanist sans serif, on the generous side: the reader's font is not known. */
const NARROW = new Set([..."ijl|!.,:;'`()[]{}·"]);
const SLIM = new Set([...'frt -/\\"*']);
const BROAD = new Set([..."mwMW@%≤≥&"]);

function milliEm({ text: grapheme, width }: Cell): number {
  if (width !== 1) return width === 0 ? 0 : 1_050;
  if (NARROW.has(grapheme)) return 300;
  if (SLIM.has(grapheme)) return 390;
  if (BROAD.has(grapheme)) return 920;
  return /\p{Lu}/u.test(grapheme) ? 700 : 575;
}

/** Pixels a text needs at a size, a little too many rather than too few. */
export const textWidth = (value: string, size: number, weight: "normal" | "bold" = "normal"): number =>
  cellsOf(value).reduce((sum, cell) => sum + milliEm(cell), 0) *
  (size / 1_000) *
  (weight === "bold" ? 1.07 : 1);

/** Cuts a text to so many pixels; a cut text ends in `…`. */
export function cutToPixels(value: string, size: number, room: number, weight?: "normal" | "bold"): string {
  if (textWidth(value, size, weight) <= room) return value;
  let cut = "";
  for (const { text: grapheme } of cellsOf(value)) {
    if (textWidth(`${cut}${grapheme}…`, size, weight) > room) break;
    cut += grapheme;
  }
  return `${cut.trimEnd()}…`;
}
