import { displayWidth } from "./display-width";

/** A word longer than a row is cut at its end: the whole of it is in the file. */
function cut(word: string, columns: number): string {
  if (displayWidth(word) <= columns) return word;
  return `${word.slice(0, Math.floor(columns / 2) - 1)}…`;
}

/** Text in rows of at most so many columns, broken at spaces. */
export function wrap(text: string, columns: number): readonly string[] {
  const rows: string[] = [];
  for (const word of text.split(" ").map((each) => cut(each, columns))) {
    const last = rows.at(-1);
    if (last !== undefined && displayWidth(last) + 1 + displayWidth(word) <= columns) {
      rows[rows.length - 1] = `${last} ${word}`;
    } else rows.push(word);
  }
  return rows;
}
