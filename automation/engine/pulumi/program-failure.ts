import { EngineError } from "../engine-error";
import { programFailure } from "../graph/program-failure";
import type { ProgramFailure } from "./child-protocol";

/** What a program failed for, in a form that passes between processes; undefined when it did not. */
export function portableFailure(
  stack: string,
  reasons: readonly unknown[],
  hide: (text: string) => string,
): ProgramFailure | undefined {
  if (reasons.length === 0) return undefined;
  const { code, message, detail } = programFailure(stack, reasons, hide);
  const next = detail.next === undefined ? {} : { next: detail.next };
  return { code, message, facts: detail.facts ?? [], ...next };
}

/** The same failure as an error of the process that asked for the run. */
export const failureOf = (stack: string, { code, message, facts, next }: ProgramFailure): EngineError =>
  new EngineError(code, message, { stack, facts, ...(next === undefined ? {} : { next }) });
