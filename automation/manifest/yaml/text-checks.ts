import type { TextProblem } from "./text-problem";
import type { YamlLimits } from "./limits";

interface TextCheck {
  readonly pattern: RegExp;
  readonly problem: (found: string) => Pick<TextProblem, "code" | "message" | "fix">;
}

const codePoint = (text: string): string =>
  `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** Characters no manifest needs, that parsers or terminals disagree about. */
const FORBIDDEN =
  /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

const checks: readonly TextCheck[] = [
  {
    pattern: /^\uFEFF/,
    problem: () => ({
      code: "MRD1011",
      message: "the file begins with a byte order mark",
      fix: "save it as UTF-8 without BOM",
    }),
  },
  {
    // Both byte orders, with the mark that Windows writes (two bytes that are not UTF-8) or without.
    pattern: /^(?:\uFFFD{2})?(?:[^\0]\0[^\0]\0|\0[^\0]\0[^\0])/,
    problem: () => ({
      code: "MRD1013",
      message: "the file is UTF-16, and manifests are UTF-8",
      fix: "save it as UTF-8 without BOM",
    }),
  },
  {
    pattern: FORBIDDEN,
    problem: (found) => ({
      code: "MRD1012",
      message: `the character ${codePoint(found)} is not allowed in a manifest`,
      fix: "remove it; if the file looks wrong altogether, save it as UTF-8",
    }),
  },
  {
    pattern: /\uFEFF/,
    problem: () => ({
      code: "MRD1011",
      message: "there is a byte order mark inside the file",
      fix: "remove it: it often comes from joining two files",
    }),
  },
  {
    pattern: /\uFFFD/,
    problem: () => ({
      code: "MRD1013",
      message: "the file is not valid UTF-8 here",
      fix: "save it as UTF-8",
    }),
  },
  {
    pattern: /\r(?!\n)/,
    problem: () => ({
      code: "MRD1021",
      message: "a carriage return stands alone, and parsers disagree whether it ends a line",
      fix: "save the file with LF or CRLF line ends",
    }),
  },
  {
    pattern: /^\t/m,
    problem: () => ({
      code: "MRD1003",
      message: "a tab stands where YAML takes only spaces",
      fix: "indent with spaces",
    }),
  },
];

/** The one thing that makes this text not worth parsing, or undefined. */
export function checkText(text: string, limits: YamlLimits): TextProblem | undefined {
  if (text.length > limits.characters) {
    const message = `the file has more than ${limits.characters} characters`;
    return { code: "MRD1010", message, fix: "split it into several files", start: 0, end: 1 };
  }
  for (const { pattern, problem } of checks) {
    const found = pattern.exec(text);
    if (found) return { ...problem(found[0]), start: found.index, end: found.index + 1 };
  }
  return undefined;
}

/** Text decoded from escapes (`"\0"`) is held to the same rule as text written directly. */
export const forbiddenCharacter = (text: string): string | undefined => {
  const found = FORBIDDEN.exec(text);
  return found ? codePoint(found[0]) : undefined;
};
