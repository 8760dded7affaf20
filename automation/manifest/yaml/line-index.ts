import type { Place, SourceFile } from "../diagnostic";

/** Offsets of one file to lines and columns; built only for files that have something to report. */
export interface LineIndex {
  /** The range as a place on its first line: a range over several lines is cut at the first line's end. */
  place(start: number, end: number): Place;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** The last index whose start is not past the offset. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where the line's text ends, its line break and trailing blanks left out. */
function textEnd(text: string, from: number, next: number | undefined): number {
  let end = next === undefined ? text.length : next - 1;
  while (end > from && " \t\r".includes(text.charAt(end - 1))) end -= 1;
  return end;
}

/** The lines of a file, `\n` and `\r\n` alike. */
export function lineIndex({ file, text }: SourceFile): LineIndex {
  const starts = lineStarts(text);
  return {
    place(start, end) {
      const at = Math.max(0, Math.min(start, text.length));
      const line = lineAt(starts, at);
      const from = starts[line] ?? 0;
      const stop = Math.min(end, textEnd(text, from, starts[line + 1]));
      return { file, line: line + 1, column: at - from + 1, length: Math.max(1, stop - at) };
    },
  };
}
