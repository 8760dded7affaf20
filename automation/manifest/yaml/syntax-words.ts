import type { ErrorCode } from "yaml";
import type { TextProblem } from "./text-problem";

type Words = Pick<TextProblem, "code" | "message" | "fix">;

const TAB: Words = {
  code: "MRD1003",
  message: "a tab stands where YAML takes only spaces",
  fix: "indent with spaces",
};
/** An entry further in or out than its siblings. */
export const INDENT: Words = {
  code: "MRD1004",
  message: "this line is indented differently from what it belongs to",
  fix: "give entries of one mapping or list the same indentation",
};
const UNCLOSED: Words = {
  code: "MRD1005",
  message: "a quote or bracket is never closed",
  fix: "close it, or quote the whole value if the character is meant literally",
};
const COMMA: Words = {
  code: "MRD1001",
  message: "a comma or bracket is missing in this [list] or {mapping}",
  fix: "separate entries by commas; a mapping's entries read key: value",
};
const COLON: Words = {
  code: "MRD1001",
  message: 'this line is not "key: value"',
  fix: "put a colon and a space after the key",
};
const COLON_INSIDE: Words = {
  code: "MRD1001",
  message: 'one line has two "key: value" pairs',
  fix: "put the value in quotes, or the second pair on a line of its own",
};
const START: Words = {
  code: "MRD1001",
  message: "a value cannot begin with this character",
  fix: "put the value in quotes",
};
const ESCAPE: Words = {
  code: "MRD1001",
  message: "this escape is not one YAML knows",
  fix: "write \\\\ for a backslash, or use single quotes",
};
const ANCHOR: Words = {
  code: "MRD1001",
  message: "this anchor, alias or tag cannot stand here",
  fix: "remove it, or put the value in quotes if it begins with & * or !",
};
const LONG_KEY: Words = {
  code: "MRD1023",
  message: "a key is longer than YAML allows",
  fix: "use a shorter key; a missing line break can look like this",
};
const SEPARATOR: Words = {
  code: "MRD1001",
  message: "a line beginning with % or --- is not as it should be",
  fix: "--- stands alone on its line, and manifests need no % lines",
};
const OTHER: Words = {
  code: "MRD1001",
  message: "this is not YAML",
  fix: "look for a missing quote, colon or dash here or on the line before",
};

const byCode: Readonly<Partial<Record<ErrorCode, Words>>> = {
  TAB_AS_INDENT: TAB,
  BAD_INDENT: INDENT,
  ALIAS_PROPS: ANCHOR,
  BAD_ALIAS: ANCHOR,
  BAD_PROP_ORDER: ANCHOR,
  MULTIPLE_ANCHORS: ANCHOR,
  MULTIPLE_TAGS: ANCHOR,
  TAG_RESOLVE_FAILED: ANCHOR,
  BAD_DIRECTIVE: SEPARATOR,
  BAD_DQ_ESCAPE: ESCAPE,
  BAD_SCALAR_START: START,
  BLOCK_AS_IMPLICIT_KEY: COLON_INSIDE,
  BLOCK_IN_FLOW: COMMA,
  KEY_OVER_1024_CHARS: LONG_KEY,
  MULTILINE_IMPLICIT_KEY: COLON,
};

const byText: readonly (readonly [RegExp, Words])[] = [
  [/\btabs?\b/i, TAB],
  [/Missing closing|end with (a|an) [\]}]|unexpected end of the (stream|document)/, UNCLOSED],
  [
    /Missing ,|Missing space after|Unexpected ,|empty item|missed comma|in flow-(map|seq)|instead of ','/,
    COMMA,
  ],
  [/escape|hexadecimal/, ESCAPE],
  [/directive|block collection cannot start|document separator/i, SEPARATOR],
  [/indent/i, INDENT],
  [/followed by map values|implicit key|mapping key|without - indicator|key-value separator/i, COLON],
  [/anchor|alias|tag/i, ANCHOR],
];

const fromText = (message: string): Words => byText.find(([pattern]) => pattern.test(message))?.[1] ?? OTHER;

/** Our words for an error of the recovering parser. */
export function recoveringWords(code: ErrorCode, message: string): Words {
  const fixed = byCode[code];
  return fixed === undefined || fixed === INDENT
    ? { ...(fixed ?? OTHER), ...indentOr(message, fixed) }
    : fixed;
}

/** `BAD_INDENT` also covers brackets left open at a smaller indentation. */
const indentOr = (message: string, fixed: Words | undefined): Words => {
  const words = fromText(message);
  return words === OTHER ? (fixed ?? OTHER) : words;
};

/** Our words for an error of the fast parser, when the recovering one has no objection. */
export const parserWords = (reason: string): Words => fromText(reason);
