import type { Diagnostic, DiagnosticCode } from "../diagnostic";
import type { LineIndex } from "./line-index";

/** Something wrong at a range of the text (`end` exclusive), before anyone has counted lines. */
export interface TextProblem {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly hint?: string;
  readonly fix?: string;
}

/** The same problem with the line and column a person looks for. */
export function toDiagnostic(problem: TextProblem, lines: LineIndex): Diagnostic {
  const { code, message, start, end, hint, fix } = problem;
  return {
    code,
    severity: "error",
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(fix === undefined ? {} : { fix }),
    place: lines.place(start, end),
  };
}
