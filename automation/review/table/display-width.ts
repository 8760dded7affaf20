/** How many columns of a terminal a text takes: the letters of people are not all one column wide. */

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** East Asian wide and fullwidth blocks (UAX #11). */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x1b000, 0x1b2ff],
  [0x20000, 0x3fffd],
];

const isInvisible = (grapheme: string): boolean => /^[\p{M}\p{Cf}\p{Cc}\p{Zl}\p{Zp}]+$/u.test(grapheme);
const isEmoji = (grapheme: string): boolean => /^\p{Emoji_Presentation}|\u{fe0f}/u.test(grapheme);

/** 0, 1 or 2 columns for what a reader takes as one letter. */
export function graphemeWidth(grapheme: string): 0 | 1 | 2 {
  const first = grapheme.codePointAt(0) ?? 0;
  if (first >= 0x20 && first < 0x7f && grapheme.length === 1) return 1;
  if (isInvisible(grapheme)) return 0;
  return isEmoji(grapheme) || WIDE.some(([from, to]) => first >= from && first <= to) ? 2 : 1;
}

/** What a reader takes as single letters, flags and families included. */
export const graphemes = (text: string): readonly string[] =>
  [...segmenter.segment(text)].map(({ segment }) => segment);

export const displayWidth = (text: string): number =>
  /^[\x20-\x7e]*$/.test(text)
    ? text.length
    : graphemes(text).reduce((sum, grapheme) => sum + graphemeWidth(grapheme), 0);

/** Cuts to at most `width` columns; a cut text ends in `…`. */
export function cutToWidth(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  if (width < 1) return "";
  let cut = "";
  let used = 0;
  for (const grapheme of graphemes(text)) {
    used += graphemeWidth(grapheme);
    if (used > width - 1) break;
    cut += grapheme;
  }
  return `${cut.trimEnd()}…`;
}

/** One line without control characters: a name from outside cannot move the cursor. */
export const onOneLine = (text: string): string =>
  text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, " ");
