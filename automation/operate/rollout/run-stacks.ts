/**
 * Runs stacks side by side, each as soon as everything it waits for is done.
 *
 * A stack that fails stops only those that wait for it; an abort starts nothing new and lets what runs
 * reach its safe point.
 */
import type { Ordered } from "../../fleet/stack-order";

export type StackOutcome<T> =
  | { readonly status: "done"; readonly stack: string; readonly result: T }
  | { readonly status: "failed"; readonly stack: string; readonly error: unknown }
  | { readonly status: "blocked"; readonly stack: string; readonly by: readonly string[] }
  | { readonly status: "stopped"; readonly stack: string };

export interface StackRuns<S, T> {
  /** How many at once. */
  readonly parallel: number;
  readonly signal: AbortSignal;
  readonly run: (stack: S) => Promise<T>;
}

const identity = (stack: Ordered & { readonly platform: string }, name = stack.stack): string =>
  `${stack.platform}/${name}`;

/** A throw before the first await is a failure like any other. */
const begin = async <S, T>(run: (stack: S) => Promise<T>, stack: S): Promise<T> => run(stack);

/** Longest chain of stacks behind it first: begun last, that chain would be waited for alone at the end. */
function mostAwaitedFirst<S extends Ordered & { readonly platform: string }>(
  stacks: readonly S[],
  needs: (stack: S) => readonly string[],
): readonly S[] {
  const behind = new Map<string, number>(stacks.map((stack) => [identity(stack), 0]));
  // As many rounds as the longest chain can be; a circle ends with them.
  for (let round = 0, changed = true; changed && round < stacks.length; round += 1) {
    changed = false;
    for (const stack of stacks) {
      const longer = (behind.get(identity(stack)) ?? 0) + 1;
      for (const need of needs(stack)) {
        if ((behind.get(need) ?? 0) >= longer) continue;
        behind.set(need, longer);
        changed = true;
      }
    }
  }
  return [...stacks].sort((a, b) => (behind.get(identity(b)) ?? 0) - (behind.get(identity(a)) ?? 0));
}

/** Outcomes in the order given. */
export async function runStacks<S extends Ordered & { readonly platform: string }, T>(
  stacks: readonly S[],
  { parallel, signal, run }: StackRuns<S, T>,
): Promise<readonly StackOutcome<T>[]> {
  const outcomes = new Map<string, StackOutcome<T>>();
  const wanted = new Set(stacks.map((stack) => identity(stack)));
  const running = new Set<Promise<void>>();

  const limit = Math.max(1, parallel);

  const needs = (stack: S): readonly string[] =>
    stack.after.map((name) => identity(stack, name)).filter((id) => wanted.has(id));
  const waiting = new Set(mostAwaitedFirst(stacks, (stack) => needs(stack)));

  const start = (stack: S): void => {
    const id = identity(stack);
    waiting.delete(stack);
    const finished = begin(run, stack).then(
      (result) => void outcomes.set(id, { status: "done", stack: id, result }),
      (error: unknown) => void outcomes.set(id, { status: "failed", stack: id, error }),
    );
    const tracked: Promise<void> = finished.finally(() => running.delete(tracked));
    running.add(tracked);
  };

  const settle = (): void => {
    for (const stack of [...waiting]) {
      const id = identity(stack);
      const done = needs(stack).map((need) => outcomes.get(need));
      const lost = done.filter((outcome) => outcome !== undefined && outcome.status !== "done");
      if (signal.aborted) outcomes.set(id, { status: "stopped", stack: id });
      else if (lost.length > 0)
        outcomes.set(id, { status: "blocked", stack: id, by: lost.flatMap((one) => one?.stack ?? []) });
      else if (done.every((outcome) => outcome?.status === "done") && running.size < limit) start(stack);
      if (outcomes.has(id)) waiting.delete(stack);
    }
  };

  while (waiting.size > 0 || running.size > 0) {
    const before = waiting.size;
    settle();
    if (running.size > 0) await Promise.race(running);
    else if (waiting.size === before) break;
  }
  // Stacks that wait for each other: planning refuses them, and nobody may lose them in silence.
  const stuck = new Set([...waiting].map((stack) => identity(stack)));
  for (const stack of waiting) {
    const id = identity(stack);
    outcomes.set(id, { status: "blocked", stack: id, by: needs(stack).filter((need) => stuck.has(need)) });
  }
  return stacks.flatMap((stack) => outcomes.get(identity(stack)) ?? []);
}

/** The same stacks the other way round: what waits for a stack is removed before it. */
export function reversed<S extends Ordered & { readonly platform: string }>(
  stacks: readonly S[],
): readonly S[] {
  return [...stacks].reverse().map((stack) => ({
    ...stack,
    after: stacks
      .filter((other) => other.platform === stack.platform && other.after.includes(stack.stack))
      .map((other) => other.stack),
  }));
}
