/** The right to change a stack: Meridian's lock, then Pulumi's own, then nobody of a dead run at work. */
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Target } from "../engine";
import { newestGeneration, type Generation } from "../locks/generations";
import { tryLock, type Lock } from "../locks/lock";
import { holderOf, lockedError, type Holder } from "../locks/locked-error";
import { livenessOf, type ProcessIdentity } from "../locks/process-identity";
import { clearAllLocks, clearDeadLocks } from "./backend-lock";

/** Where the locks of a stack are. */
export interface ClaimPlace {
  readonly folder: string;
  readonly target: Target;
  readonly platform: string;
  readonly stack: string;
  /** Pulumi's own locks; undefined when the backend is not files. */
  readonly backendLocks: string | undefined;
}

/** The folder of Meridian's lock of a stack. */
export const claimFolder = ({ folder, target, platform, stack }: ClaimPlace): string =>
  join(folder, "locks", target, platform, stack);

const nameOf = ({ platform, stack }: ClaimPlace): string => `${platform}/${stack}`;

/** How long an engine that lost its parent may take to stop by itself. */
const ORPHAN_MILLISECONDS = 15_000;
const POLL_MILLISECONDS = 50;

/** Takes the stack, or says who has it. After a dead run it waits for, then ends, what that run left working. */
export async function claimStack(
  place: ClaimPlace,
  doing: string,
  onWait: (text: string) => void,
): Promise<Lock> {
  const attempt = tryLock(claimFolder(place), doing);
  if (attempt.kind === "busy") throw lockedError(nameOf(place), holderOf(attempt.holder), new Date());
  const { lock } = attempt;
  try {
    if (lock.takenFrom !== undefined) await outlive(place, lock.takenFrom, onWait);
    const holder = await backendHolder(place, lock.takenFrom !== undefined);
    if (holder !== undefined) throw lockedError(nameOf(place), holder, new Date());
    return lock;
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** An engine of a dead run may only just have begun: it gets a moment to notice and leave. */
async function backendHolder(place: ClaimPlace, patient: boolean): Promise<Holder | undefined> {
  if (place.backendLocks === undefined) return undefined;
  const deadline = Date.now() + (patient ? ORPHAN_MILLISECONDS : 0);
  for (;;) {
    const holder = clearDeadLocks(place.backendLocks);
    if (holder === undefined || Date.now() >= deadline) return holder;
    await wait(POLL_MILLISECONDS);
  }
}

async function outlive(place: ClaimPlace, dead: Generation, onWait: (text: string) => void): Promise<void> {
  const who = dead.record === undefined ? "a run" : `run ${dead.record.run}`;
  onWait(`${who} on ${nameOf(place)} died without finishing: taking over`);
  await endProcesses(dead.helpers, ORPHAN_MILLISECONDS);
}

/** Waits for processes to end by themselves, then ends exactly those. */
async function endProcesses(all: readonly ProcessIdentity[], patience: number): Promise<void> {
  const deadline = Date.now() + patience;
  const alive = (): readonly ProcessIdentity[] => all.filter((one) => livenessOf(one) === "alive");
  while (alive().length > 0 && Date.now() < deadline) await wait(POLL_MILLISECONDS);
  for (const { pid } of alive()) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It ended just now.
    }
  }
  while (alive().length > 0) await wait(POLL_MILLISECONDS);
}

/** How long the holder of a fenced lock may take to see it. */
const FENCED_MILLISECONDS = 5_000;

/** What `unlock` found. */
export interface Unlocked {
  /** The fencing token now. */
  readonly token: number;
  /** Who had the stack; undefined when nobody had. */
  readonly holder: Holder | undefined;
}

/**
 * Frees a stack. Without `fence` only what a dead process left; with it the token is raised first, so that
 * a holder who lives after all stops before it writes again, and what works for it on this machine is ended.
 */
export async function unlockStack(place: ClaimPlace, fence: boolean): Promise<Unlocked> {
  const before = newestGeneration(claimFolder(place));
  const attempt = tryLock(claimFolder(place), `meridian unlock ${nameOf(place)}`, fence);
  if (attempt.kind === "busy") throw lockedError(nameOf(place), holderOf(attempt.holder), new Date());
  const { lock } = attempt;
  const owner = before?.released === false ? before : undefined;
  try {
    await endProcesses(owner?.helpers ?? [], FENCED_MILLISECONDS);
    const holder = await backendHolder(place, false);
    if (holder !== undefined && !fence) throw lockedError(nameOf(place), holder, new Date());
    if (fence && place.backendLocks !== undefined) clearAllLocks(place.backendLocks);
    return { token: lock.token, holder: owner === undefined ? holder : holderOf(owner) };
  } finally {
    lock.release();
  }
}
