import { EngineError } from "../engine/engine-error";
import { CliError } from "./cli-error";
import { InvalidManifestsError } from "./fleet-input";
import { framesOf, printDocument, printRemark } from "./output";
import { painterFor } from "./painter";
import type { Terminal } from "./terminal";

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly facts: string[];
  readonly next?: string | undefined;
}

/** Any error as facts; what Meridian did not foresee is its own bug, and says so. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CliError) {
    const { facts = [], next } = error.detail;
    return {
      code: error.code,
      message: error.message,
      facts: [...facts],
      ...(next === undefined ? {} : { next }),
    };
  }
  if (error instanceof EngineError) {
    const { stack, facts = [], next } = error.detail;
    return {
      code: error.code,
      message: error.message,
      ...(stack === undefined ? {} : { stack }),
      facts: [...facts],
      ...(next === undefined ? {} : { next }),
    };
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    code: "MRD4999",
    message: `a bug in Meridian: ${message}`,
    facts:
      error instanceof Error
        ? (error.stack ?? "")
            .split("\n")
            .slice(1, 6)
            .map((line) => line.trim())
        : [],
    next: "please report it with these lines",
  };
}

/** Code and sentence, a line for each fact, the next step. */
export function failureLines({ code, message, facts, next }: Failure, terminal: Terminal): readonly string[] {
  const paint = painterFor(terminal);
  return [
    `${paint.error("error")} ${paint.code(code)}  ${message}`,
    ...facts.map((fact) => `  ${fact}`),
    ...(next === undefined ? [] : [`  ${paint.fix("next:")} ${next}`]),
  ];
}

/** Tells a person on stderr, or a script in the one document it reads. */
export function reportError(error: unknown, command: string, json: boolean, terminal: Terminal): void {
  const failure = failureOf(error);
  const input = error instanceof InvalidManifestsError ? error.input : undefined;
  if (json) {
    const diagnostics = input === undefined ? {} : { diagnostics: [...input.diagnostics] };
    printDocument(terminal, { command, ok: false, error: failure, ...diagnostics });
    return;
  }
  const frames = input === undefined ? [] : framesOf(input.diagnostics, input.files, terminal);
  printRemark(terminal, ...frames, ...failureLines(failure, terminal));
}
