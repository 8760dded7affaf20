import { EngineError } from "../engine-error";
import { lockCodes } from "./codes";
import type { Generation } from "./generations";
import { livenessOf } from "./process-identity";

/** What is known of whoever has a stack. */
export interface Holder {
  readonly user: string;
  readonly host: string;
  readonly pid: number;
  /** ISO 8601. */
  readonly since: string;
  readonly liveness: "alive" | "dead" | "elsewhere";
  readonly run?: string;
  readonly doing?: string;
}

/** The holder of a Meridian lock. */
export function holderOf({ record }: Generation): Holder | undefined {
  if (record === undefined) return undefined;
  const { owner, user, since, run, doing } = record;
  return { user, host: owner.host, pid: owner.pid, since, liveness: livenessOf(owner), run, doing };
}

/** `stack openova/india is locked`: by whom, since when, and the way out. */
export function lockedError(stack: string, holder: Holder | undefined, now: Date): EngineError {
  const next = `if its machine is gone: meridian unlock ${stack} --fence   (raises the fencing token first)`;
  const facts = holder === undefined ? ["by a run that left no readable record"] : describe(holder, now);
  return new EngineError("MRD5103", `stack ${stack} is locked`, { stack, facts, next });
}

/** Somebody fenced this run off while it worked. */
export const lostLockError = (stack: string, cause: unknown): EngineError =>
  new EngineError("MRD5204", `the lock of ${stack} was taken from this run`, {
    stack,
    facts: ["it stopped before it wrote any more"],
    next: lockCodes.MRD5204.next,
    cause,
  });

function describe(holder: Holder, now: Date): readonly string[] {
  const { user, host, pid, since, run, doing } = holder;
  const began = new Date(since);
  const what = run === undefined ? "" : `, run ${run}: ${doing ?? ""}`;
  return [
    `by ${user}@${host}, process ${pid}, since ${clock(began)} (${span(now.getTime() - began.getTime())})${what}`,
    ADVICE[holder.liveness],
  ];
}

const ADVICE: Readonly<Record<Holder["liveness"], string>> = {
  alive: "that process is alive: wait for it, or stop it there",
  dead: "that process is gone: the next apply takes over",
  elsewhere: "that process is on another machine: wait for it, or stop it there",
};

const clock = (date: Date): string => date.toTimeString().slice(0, 8);

/** `3 m 12 s`; a clock that went backwards counts as no time at all. */
function span(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const parts = [
    [Math.floor(seconds / 3600), "h"],
    [Math.floor(seconds / 60) % 60, "m"],
    [seconds % 60, "s"],
  ] as const;
  const first = parts.findIndex(([value]) => value > 0);
  return parts
    .slice(first < 0 ? 2 : first)
    .map(([value, unit]) => `${value} ${unit}`)
    .join(" ");
}
