/**
 * Runs one stack's program in this process and returns the graph it registers.
 *
 * Runs take turns: a program needs the whole core anyway, and V8's stack trace limit is process-wide.
 */
import type { GraphResource } from "../engine";
import type { Properties } from "../sandbox/values";
import type { ProviderKnowledge } from "./knowledge";
import { EarlyEnd, stopped } from "./early-end";
import { GraphMonitor } from "./monitor";
import { programFailure } from "./program-failure";
import { ProgramLog } from "./program-log";
import { Queue } from "./queue";
import { collectRejections, rejectionsSettled } from "./rejections";
import { runIsolated } from "./runtime";

/** One run, with everything it needs from outside. */
export interface ProgramRun {
  readonly project: string;
  readonly stack: string;
  readonly program: () => Promise<unknown>;
  readonly knowledge: ProviderKnowledge;
  readonly signal: AbortSignal;
  readonly onLog: (severity: "info" | "warning" | "error", text: string) => void;
  /** Hides secret values that nobody marked. */
  readonly hideText: (text: string) => string;
  readonly hideInputs: (inputs: Properties) => Properties;
  /** A program that registers nothing for this long waits for what never comes. */
  readonly stallSeconds: number;
}

const turns = new Queue();

/** The resources in the order of registration; throws only EngineError. */
export const runProgram = (run: ProgramRun): Promise<readonly GraphResource[]> =>
  turns.run(() => withoutStackTraces(() => collect(run)));

/** The SDK captures a stack a promise, which takes longer than everything else together. */
async function withoutStackTraces<T>(work: () => Promise<T>): Promise<T> {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return await work();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

async function collect(run: ProgramRun): Promise<readonly GraphResource[]> {
  const stack = `${run.project}/${run.stack}`;
  const reasons: unknown[] = [];
  const early = new EarlyEnd(stack, run, () => monitor.resources.length);
  const fail = (reason: unknown): void => {
    reasons.push(reason);
    // What needs a resource that failed would wait for ever; what fails together is still heard.
    void rejectionsSettled().then(() => early.end(reason));
  };
  const monitor = new GraphMonitor(run, run.knowledge, { hide: run.hideInputs, onRefusal: fail });
  // At once, and not when the program next lets go: nothing may be registered once somebody said stop.
  run.signal.addEventListener("abort", () => monitor.stop(stopped(stack)), { once: true });
  const log = new ProgramLog((severity, text) => run.onLog(severity, run.hideText(text)));
  try {
    const to = { monitor, log };
    const done = runIsolated(run, to, run.program, (store) => collectRejections(store, fail));
    await Promise.race([done, early.promise]);
  } catch (error) {
    reasons.push(error);
  } finally {
    early.disarm();
  }
  await rejectionsSettled();
  const failures = reasons.length > 0 ? reasons : log.errors;
  if (failures.length === 0) return monitor.resources;
  const failure = programFailure(stack, failures, run.hideText);
  monitor.stop(failure);
  throw failure;
}
