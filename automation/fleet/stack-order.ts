/** Anything that must wait for others of its kind. */
export interface Ordered {
  readonly stack: string;
  readonly after: readonly string[];
}

/** Stacks that wait for each other, in the order found. */
export class StackCycleError extends Error {
  override readonly name = "StackCycleError";
  readonly code = "MRD2190";
  constructor(readonly stacks: readonly string[]) {
    super(`stacks wait for each other: ${stacks.join(" → ")}`);
  }
}

/**
 * Waves: each stack right after the last one it waits for; names sort inside a wave. A name in `after`
 * that is not in the list counts as done.
 */
export function stackWaves<T extends Ordered>(stacks: readonly T[]): readonly (readonly T[])[] {
  const waves: (readonly T[])[] = [];
  let waiting = [...stacks].sort((a, b) => (a.stack < b.stack ? -1 : 1));
  while (waiting.length > 0) {
    const names = new Set(waiting.map((one) => one.stack));
    const ready = waiting.filter((one) => !one.after.some((name) => names.has(name)));
    if (ready.length === 0) throw new StackCycleError(waiting.map((one) => one.stack));
    waves.push(ready);
    const done = new Set(ready);
    waiting = waiting.filter((one) => !done.has(one));
  }
  return waves;
}
