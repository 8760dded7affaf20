import type { DiagnosticCode } from "../manifest/diagnostic";

/** A failure a person meets: a code, one sentence, facts worth a line each, and what to do next. */
export class EngineError extends Error {
  override readonly name = "EngineError";
  constructor(
    readonly code: DiagnosticCode,
    message: string,
    readonly detail: {
      readonly stack?: string;
      readonly facts?: readonly string[];
      readonly next?: string;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: detail.cause });
  }
}
