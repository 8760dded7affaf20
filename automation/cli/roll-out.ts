/** One rollout of whole platforms, watched and interruptible, as the facts that are printed. */
import type { Engine, StackResult, Target } from "../engine/engine";
import type { PlatformPlan } from "../fleet/plan/plan-platform";
import {
  applyAll,
  destroyAll,
  previewAll,
  type Rollout,
  type RolloutOutcome,
} from "../operate/rollout/rollout";
import type { RunDocument, StackRun } from "./documents";
import type { GuardedTerminal } from "./guarded-terminal";
import { interruptible } from "./interrupt";
import { progressFor } from "./progress/progress";
import { wavesOf } from "./progress/waves";
import type { RunVerb } from "./progress/words";
import { failureOf } from "./report-error";

export type { RunVerb };

const ROLLOUTS: Readonly<Record<RunVerb, (rollout: Rollout) => Promise<readonly RolloutOutcome[]>>> = {
  preview: previewAll,
  apply: applyAll,
  destroy: destroyAll,
};

/** How many resources met each fate; a refresh changes nothing and counts as same. */
export function changesOf({ steps }: StackResult): NonNullable<StackRun["changes"]> {
  const count = { create: 0, update: 0, replace: 0, delete: 0, same: 0 };
  for (const { operation } of steps) count[operation === "refresh" ? "same" : operation] += 1;
  return count;
}

function toStackRun(outcome: RolloutOutcome): StackRun {
  const { stack, status } = outcome;
  switch (outcome.status) {
    case "done": {
      const { steps, seconds } = outcome.result;
      const shown = steps.map((step) => ({ ...step, changed: [...step.changed] }));
      return { stack, status, changes: changesOf(outcome.result), steps: shown, seconds };
    }
    case "failed":
      return { stack, status, error: failureOf(outcome.error) };
    case "blocked":
      return { stack, status, waitedFor: [...outcome.by] };
    case "stopped":
      return { stack, status };
  }
}

/** What a rollout needs besides its plans. */
export interface RollOutOptions {
  readonly engine: Engine;
  readonly target: Target;
  /** Stacks side by side. */
  readonly parallel: number;
  /** No progress: a script reads. */
  readonly quiet: boolean;
  /** What to type to go on after an interrupt. */
  readonly command?: string;
  /** Told when somebody interrupted it. */
  readonly onInterrupted?: () => void;
}

/** Runs every stack of the plans in waves; a failed one stops only what waits for it. */
export async function rollOut(
  terminal: GuardedTerminal,
  verb: RunVerb,
  plans: readonly PlatformPlan[],
  { engine, target, parallel, quiet, command, onInterrupted }: RollOutOptions,
): Promise<RunDocument> {
  const began = terminal.now();
  const progress = progressFor(terminal, { verb, quiet });
  const { stopAtOnce } = engine;
  const interrupt = interruptible(terminal, { left: progress.left, stopAtOnce, command });
  try {
    progress.begin(wavesOf(plans, verb));
    const run = { target, secrets: terminal.secrets, signal: interrupt.signal, onEvent: progress.event };
    const outcomes = await ROLLOUTS[verb]({ plans, engine, run, parallel }).finally(progress.end);
    if (interrupt.signal.aborted) onInterrupted?.();
    const stacks = outcomes.map(toStackRun);
    const ok = stacks.every(({ status }) => status === "done");
    const seconds = terminal.now() - began;
    return { command: verb, ok, target, engine: engine.name, unbuilt: [], stacks, seconds };
  } finally {
    interrupt.release();
  }
}
