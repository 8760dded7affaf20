import { randomUUID } from "node:crypto";
import { hostname, userInfo } from "node:os";
import {
  addHelper,
  makeGeneration,
  newestGeneration,
  newestToken,
  releaseGeneration,
  type Generation,
} from "./generations";
import type { LockRecord } from "./lock-record";
import { identify, livenessOf, type ProcessIdentity } from "./process-identity";

/** A lock this process holds. */
export interface Lock {
  /** The fencing token. */
  readonly token: number;
  readonly run: string;
  /** Whom it was taken from, when that holder died without letting go. */
  readonly takenFrom: Generation | undefined;
  /** False from the moment somebody fenced this holder off. */
  readonly held: () => boolean;
  /** Names a process that works under this lock. */
  readonly addProcess: (pid: number) => void;
  readonly release: () => void;
}

/** Taken, or who has it. */
export type Attempt =
  { readonly kind: "taken"; readonly lock: Lock } | { readonly kind: "busy"; readonly holder: Generation };

/** A holder that let go, or that is provably gone. */
export function isFree(generation: Generation | undefined): boolean {
  if (generation === undefined || generation.released) return true;
  // A record that cannot be read was never handed to anybody: it is linked into place when whole.
  return generation.record !== undefined && livenessOf(generation.record.owner) === "dead";
}

/** Takes the lock if nobody holds it, or its holder is dead. `fence` takes it in any case. */
export function tryLock(folder: string, doing: string, fence = false): Attempt {
  for (;;) {
    const newest = newestGeneration(folder);
    if (newest !== undefined && !fence && !isFree(newest)) return { kind: "busy", holder: newest };
    const record = newRecord((newest?.token ?? 0) + 1, doing);
    if (makeGeneration(folder, record)) {
      const takenFrom = newest?.released === false ? newest : undefined;
      return { kind: "taken", lock: lockOf(folder, record, takenFrom) };
    }
  }
}

function newRecord(token: number, doing: string): LockRecord {
  const { pid } = process;
  const owner: ProcessIdentity = identify(pid) ?? { pid, started: "", host: hostname(), boot: "" };
  return {
    format: 1,
    token,
    run: randomUUID(),
    owner,
    user: userName(),
    doing,
    since: new Date().toISOString(),
  };
}

/** A container may run as a user without a name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid-${process.getuid?.() ?? 0}`;
  }
}

const lockOf = (folder: string, { token, run }: LockRecord, takenFrom: Generation | undefined): Lock => ({
  token,
  run,
  takenFrom,
  held: () => newestToken(folder) === token,
  addProcess: (pid) => {
    const identity = identify(pid);
    if (identity !== undefined) addHelper(folder, token, identity);
  },
  release: () => {
    if (newestToken(folder) === token) releaseGeneration(folder, token);
  },
});
