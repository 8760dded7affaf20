/**
 * Plain scalars of the YAML 1.2 core schema: `NO`, `on` and `1_000` are text, `0o14` is 12.
 *
 * Ours rather than the parser's because an inexact number must be an error here, not a rounded value.
 */

const WORDS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ["", null],
  ["~", null],
  ...["null", "Null", "NULL"].map((word) => [word, null] as const),
  ...["true", "True", "TRUE"].map((word) => [word, true] as const),
  ...["false", "False", "FALSE"].map((word) => [word, false] as const),
]);

const INTEGER = /^[-+]?[0-9]+$/;
const OCTAL = /^0o[0-7]+$/;
const HEX = /^0x[0-9a-fA-F]+$/;
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const NOT_FINITE = /^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$/;

/** `+ - . 0…9`, without which nothing is a number. */
const mayBeNumber = (first: number): boolean =>
  (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;

/** Returned for a number that JavaScript cannot hold as written. */
export const INEXACT = Symbol("inexact number");

const exact = (value: number, isInteger: boolean): number | typeof INEXACT =>
  (isInteger ? Number.isSafeInteger(value) : Number.isFinite(value)) ? value : INEXACT;

function numberOf(text: string): string | number | typeof INEXACT {
  if (INTEGER.test(text) || OCTAL.test(text) || HEX.test(text)) return exact(Number(text), true);
  if (FLOAT.test(text)) return exact(Number(text), false);
  return NOT_FINITE.test(text) ? INEXACT : text;
}

/** The value of a plain scalar: null, a boolean, a number, or the text itself. */
export function resolvePlain(text: string): string | number | boolean | null | typeof INEXACT {
  if (mayBeNumber(text.charCodeAt(0))) return numberOf(text);
  const word = text.length < 6 ? WORDS.get(text) : undefined;
  return word === undefined ? text : word;
}
