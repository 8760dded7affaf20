/**
 * Why a text is not YAML, in words and with places.
 *
 * The fast parser stops at the first error; `yaml` recovers and finds the next ones too. It is loaded only
 * here, because it costs 40 ms that a healthy file should not pay.
 */

import { YAMLException } from "js-yaml";
import type * as Yaml from "yaml";
import type { YamlLimits } from "./limits";
import { firstCharacter, misindentedAt } from "./misindented";
import { INDENT, parserWords, recoveringWords } from "./syntax-words";
import type { TextProblem } from "./text-problem";

/** Errors shown of one damaged text: later ones are mostly echoes of the first. */
const SHOWN = 5;

/** Recovery builds a tree of what is left of the text; of a larger text only the first error is told. */
const RECOVERABLE = 131_072;

function depthProblem(reason: string, start: number, limits: YamlLimits): TextProblem | undefined {
  if (!reason.startsWith("nesting exceeded")) return undefined;
  const message = `the nesting is deeper than ${limits.depth} levels`;
  return {
    code: "MRD1009",
    message,
    fix: "flatten it; an unclosed [ or { can look like this",
    start,
    end: start + 1,
  };
}

/** The quote or bracket that was open where the parser ran out of text. */
function openingBefore(
  yaml: typeof Yaml,
  doc: Yaml.Document.Parsed,
  text: string,
  offset: number,
): number | undefined {
  let opening: number | undefined;
  const consider = ({ range }: { range?: Yaml.Range | null | undefined }): void => {
    if (!range || range[0] >= offset || range[1] < offset) return;
    // A pair inside a list counts as a {mapping} too, and has no bracket of its own.
    if (/["'[{]/.test(text.charAt(range[0]))) opening = range[0];
  };
  yaml.visit(doc, {
    Scalar(_, node) {
      if (node.type === "QUOTE_DOUBLE" || node.type === "QUOTE_SINGLE") consider(node);
    },
    Collection(_, node) {
      if (node.flow) consider(node);
    },
  });
  return opening;
}

function describe(
  yaml: typeof Yaml,
  doc: Yaml.Document.Parsed,
  text: string,
  error: Yaml.YAMLParseError,
): TextProblem {
  const [from, to] = error.pos;
  const misindented = misindentedAt(text, error.code, from);
  if (misindented !== undefined) return { ...INDENT, start: misindented, end: misindented + 1 };
  const words = recoveringWords(error.code, error.message);
  const opening = words.code === "MRD1005" ? openingBefore(yaml, doc, text, from) : undefined;
  if (opening === undefined) {
    const start = words === INDENT ? firstCharacter(text, from) : from;
    return { ...words, start, end: Math.max(to, start + 1) };
  }
  const message = `this ${text.charAt(opening)} is never closed`;
  return { ...words, message, start: opening, end: opening + 1 };
}

/**
 * One problem a line, and none right after another: a parser that recovers stumbles once more. A second wrong
 * indentation is most often the rest of what the first one pulled apart.
 */
export function withoutEchoes(problems: readonly TextProblem[], text: string): readonly TextProblem[] {
  const lineOf = (offset: number): number => text.slice(0, offset).split("\n").length;
  const kept: TextProblem[] = [];
  let last = -1;
  for (const problem of [...problems].sort((a, b) => a.start - b.start)) {
    const line = lineOf(problem.start);
    const isEcho = kept.some(({ code }) => code === "MRD1004" && code === problem.code);
    if (isEcho || (kept.length > 0 && line <= last + 1)) continue;
    kept.push(problem);
    last = line;
    if (kept.length === SHOWN) break;
  }
  return kept;
}

/** The package by itself, when first needed. */
export function loadYamlPackage(): typeof Yaml {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on demand, see above
  return require("yaml") as typeof Yaml;
}

/** The errors of all documents of a text, as the recovering parser found them. */
export const describeAll = (
  yaml: typeof Yaml,
  docs: readonly Yaml.Document.Parsed[],
  text: string,
): readonly TextProblem[] =>
  docs.flatMap((doc) => {
    const told = doc.errors.slice(0, 50).map((error) => ({
      problem: describe(yaml, doc, text, error),
      at: error.pos[0],
    }));
    // What follows an open bracket is read as if it stood inside, and cannot be right there.
    const open = told.filter(({ problem, at }) => problem.code === "MRD1005" && problem.start < at);
    const isInside = (start: number): boolean =>
      open.some(({ problem, at }) => start > problem.start && start <= at);
    return told.filter(({ problem }) => !isInside(problem.start)).map(({ problem }) => problem);
  });

function recover(text: string): readonly TextProblem[] {
  if (text.length > RECOVERABLE) return [];
  const yaml = loadYamlPackage();
  try {
    const docs = yaml.parseAllDocuments(text, { prettyErrors: false, uniqueKeys: false, logLevel: "silent" });
    return Array.isArray(docs) ? describeAll(yaml, docs, text) : [];
  } catch (thrown) {
    // Deep nesting after an earlier error overflows its stack; the fast parser's own error is still there.
    if (thrown instanceof Error) return [];
    throw thrown;
  }
}

/** What the fast parser threw on this text, explained. */
export function syntaxProblems(text: string, thrown: unknown, limits: YamlLimits): readonly TextProblem[] {
  if (!(thrown instanceof YAMLException)) {
    return [{ code: "MRD1001", message: "the file cannot be read as YAML", start: 0, end: 1 }];
  }
  const start = thrown.mark?.position ?? 0;
  const deep = depthProblem(thrown.reason, start, limits);
  if (deep) return [deep];
  const recovered = withoutEchoes(recover(text), text);
  return recovered.length > 0 ? recovered : [{ ...parserWords(thrown.reason), start, end: start + 1 }];
}
