import type { ErrorCode } from "yaml";

const lineEnd = (text: string, offset: number): number => {
  const end = text.indexOf("\n", offset);
  return end === -1 ? text.length : end;
};

/** Where the first character of a line stands, blanks aside. */
export const firstCharacter = (text: string, lineStart: number): number =>
  lineStart + text.slice(lineStart).search(/[^ ]|$/);

const ENTRY = /^(?:- |[^\s#][^\n]*?:(?: |$))/;

/** The next line with something on it, when it is an entry of its own further in or out than this one. */
function nextEntry(text: string, from: number): number | undefined {
  let start = lineEnd(text, from) + 1;
  while (start < text.length && /^[ \r]*(?:#.*)?$/.test(text.slice(start, lineEnd(text, start)))) {
    start = lineEnd(text, start) + 1;
  }
  if (start >= text.length) return undefined;
  const own = text.lastIndexOf("\n", from - 1) + 1;
  const first = firstCharacter(text, start);
  const isElsewhere = first - start !== firstCharacter(text, own) - own;
  return isElsewhere && ENTRY.test(text.slice(first, lineEnd(text, first))) ? first : undefined;
}

/**
 * Where the wrongly indented line begins, when that is what an error is about.
 *
 * A value followed by an entry indented too far is one long key to the parser: it complains about the
 * innocent line before, and about two keys on it.
 */
export function misindentedAt(text: string, code: ErrorCode, from: number): number | undefined {
  if (code !== "BLOCK_AS_IMPLICIT_KEY" && code !== "MULTILINE_IMPLICIT_KEY") return undefined;
  const rest = text.slice(from, lineEnd(text, from)).trimEnd();
  const before = text.slice(text.lastIndexOf("\n", from - 1) + 1, from);
  const isWholeLine = /^ *$/.test(before);
  const isDash = code === "BLOCK_AS_IMPLICIT_KEY" && isWholeLine && /^ *- /.test(rest);
  if (isDash) return firstCharacter(text, from);
  // A line of its own without a colon lacks just that.
  return isWholeLine || /:(?: |$)/.test(rest) ? undefined : nextEntry(text, from);
}
