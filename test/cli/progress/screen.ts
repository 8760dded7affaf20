/** What a terminal shows after a text: enough of its escape codes for lines redrawn in place. */
export function screenOf(written: string): readonly string[] {
  const lines: string[] = [""];
  let row = 0;
  let column = 0;
  for (const match of written.matchAll(/\u001b\[\??(\d*)([A-Za-z])|\r?\n|[^\u001b\n]+/g)) {
    const [token, count, code] = match;
    if (code === "A") row = Math.max(0, row - Number(count || 1));
    else if (code === "K") lines[row] = "";
    else if (code === "G") column = 0;
    else if (code === undefined && token.endsWith("\n")) {
      row += 1;
      column = 0;
      lines[row] ??= "";
    } else if (code === undefined) {
      lines[row] = (lines[row] ?? "").slice(0, column).padEnd(column) + token;
      column += token.length;
    }
  }
  return lines.map((line) => line.trimEnd());
}
