import type { DiagnosticCode } from "../manifest/diagnostic";

/** Something a person asked for that cannot be done, with the next step. */
export class CliError extends Error {
  override readonly name = "CliError";
  constructor(
    readonly code: DiagnosticCode,
    message: string,
    readonly detail: {
      readonly facts?: readonly string[];
      readonly next?: string;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: detail.cause });
  }
}
