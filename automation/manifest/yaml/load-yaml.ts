/**
 * YAML text to plain values, or everything that is wrong with it.
 *
 * The result is defined for every text: the subset manifests use is YAML 1.2 core without tags, merge keys,
 * directives and keys that are not text, so what other parsers read differently is refused here.
 */

import { type Event, parseEvents } from "js-yaml";
import type { Diagnostic, SourceFile } from "../diagnostic";
import { type YamlLimits, defaultLimits } from "./limits";
import { lineIndex } from "./line-index";
import { type Positions, positionsOf } from "./positions";
import { disagreement, isUnusual } from "./second-opinion";
import { syntaxProblems } from "./syntax-problems";
import { checkText } from "./text-checks";
import { type TextProblem, toDiagnostic } from "./text-problem";
import { type BuiltDocument, ValueBuilder } from "./value-builder";

/** One manifest as written; files may hold several, separated by `---`. */
export interface YamlDocument {
  readonly value: unknown;
  /** Costs nothing until a place is asked for. */
  readonly positions: Positions;
}

export type LoadedYaml =
  | { readonly kind: "loaded"; readonly documents: readonly [YamlDocument, ...YamlDocument[]] }
  | { readonly kind: "rejected"; readonly diagnostics: readonly Diagnostic[] };

type Parsed = { readonly events: readonly Event[] } | { readonly problems: readonly TextProblem[] };

function parse(text: string, limits: YamlLimits): Parsed {
  try {
    // One level is the document itself.
    return { events: parseEvents(text, { maxDepth: limits.depth + 1 }) };
  } catch (thrown) {
    return { problems: syntaxProblems(text, thrown, limits) };
  }
}

const rejected = (source: SourceFile, problems: readonly TextProblem[]): LoadedYaml => {
  const lines = lineIndex(source);
  const inOrder = [...problems].sort((a, b) => a.start - b.start);
  return { kind: "rejected", diagnostics: inOrder.map((problem) => toDiagnostic(problem, lines)) };
};

const EMPTY: TextProblem = {
  code: "MRD1019",
  message: "the file holds no manifest",
  fix: "write one, or remove the file",
  start: 0,
  end: 1,
};

/** The documents of a file, or its problems in reading order; never throws, whatever the text. */
export function loadYaml(source: SourceFile, limits: YamlLimits = defaultLimits): LoadedYaml {
  const unreadable = checkText(source.text, limits);
  if (unreadable) return rejected(source, [unreadable]);
  const parsed = parse(source.text, limits);
  if ("problems" in parsed) return rejected(source, parsed.problems);

  const builder = new ValueBuilder(source.text, parsed.events, limits);
  const documents = builder.documents();
  if (builder.problems.length > 0) return rejected(source, builder.problems);
  const doubts = isUnusual(source.text) ? disagreement(source.text, documents) : [];
  if (doubts.length > 0) return rejected(source, doubts);
  const [first, ...others] = documents;
  if (first === undefined) return rejected(source, [EMPTY]);
  const withPositions = ({ value, event }: BuiltDocument): YamlDocument => ({
    value,
    positions: positionsOf(source, event),
  });
  return { kind: "loaded", documents: [withPositions(first), ...others.map(withPositions)] };
}
