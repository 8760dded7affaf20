import { cellsOf, displayWidth } from "../../manifest/diagnostics/display-width";

/** Cuts to at most `width` columns; a cut text ends in `…`. */
export function cutToWidth(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  if (width < 1) return "";
  let cut = "";
  let used = 0;
  for (const cell of cellsOf(text)) {
    used += cell.width;
    if (used > width - 1) break;
    cut += cell.text;
  }
  return `${cut.trimEnd()}…`;
}

/** One line without control characters: a name from outside cannot move the cursor. */
export const onOneLine = (text: string): string =>
  text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, " ");
