/** How text lines up in a terminal: wide characters take two columns, combining ones none. */

const WIDE =
  /^[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{1B000}-\u{1B2FF}\u{1F200}-\u{1F2FF}\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}|^.\uFE0F/u;
const NOTHING = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;
/** Control characters and the ones that turn the reading direction: shown, they would move the caret. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]|\p{Cs}/gu;

const TAB_STOP = 4;

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** One thing drawn in the terminal. */
export interface Cell {
  readonly text: string;
  readonly width: number;
  /** Offset in the line it came from. */
  readonly offset: number;
}

const picture = (character: string): string => {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "\u2421" : "\uFFFD";
};

/** Text made safe to print: a manifest must not be able to colour, move or reverse a terminal. */
export const printable = (text: string): string => text.replace(UNPRINTABLE, picture);

function widthOf(grapheme: string): number {
  if (NOTHING.test(grapheme)) return 0;
  return WIDE.test(grapheme) ? 2 : 1;
}

/** A line as cells, tabs filled up with spaces to the next multiple of four. */
export function cellsOf(line: string): readonly Cell[] {
  let column = 0;
  const cells: Cell[] = [];
  for (const { segment, index } of segmenter.segment(line)) {
    const text = segment === "\t" ? " ".repeat(TAB_STOP - (column % TAB_STOP)) : printable(segment);
    const width = segment === "\t" ? text.length : widthOf(text);
    cells.push({ text, width, offset: index });
    column += width;
  }
  return cells;
}

/** Columns the text takes. */
export const displayWidth = (text: string): number =>
  cellsOf(text).reduce((sum, cell) => sum + cell.width, 0);
