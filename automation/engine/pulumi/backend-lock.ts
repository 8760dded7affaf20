/**
 * Pulumi's own lock files of a `file://` backend: no expiry, no fence, and a killed engine leaves its own
 * for ever. They are cleared only under Meridian's lock, and only when their process is provably gone.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import type { Holder } from "../locks/locked-error";
import { startTimeOf } from "../locks/process-identity";

interface BackendLock {
  readonly pid: number;
  readonly username: string;
  readonly hostname: string;
  /** RFC 3339. */
  readonly timestamp: string;
}

/** Start times are known to a second or so. */
const SLACK_MILLISECONDS = 2_000;

/** Clears the locks of dead processes; the first holder that is not provably dead is returned. */
export function clearDeadLocks(folder: string): Holder | undefined {
  if (!existsSync(folder)) return undefined;
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    const lock = name.endsWith(".json") ? parse(file) : undefined;
    const holder = lock === undefined ? undefined : holderOf(lock);
    if (holder !== undefined && holder.liveness !== "dead") return holder;
    // Also drafts of a lock: the backend takes any file here for one.
    rmSync(file, { force: true });
  }
  return undefined;
}

/** Clears every lock, after a fence. */
export const clearAllLocks = (folder: string): void => rmSync(folder, { recursive: true, force: true });

function holderOf({ pid, username, hostname: host, timestamp }: BackendLock): Holder {
  return { user: username, host, pid, since: timestamp, liveness: livenessOf(pid, host, timestamp) };
}

function livenessOf(pid: number, host: string, timestamp: string): Holder["liveness"] {
  if (host !== hostname()) return "elsewhere";
  const started = startTimeOf(pid);
  if (started === undefined) return "dead";
  // A process younger than its lock is another one with the same number.
  return started > Date.parse(timestamp) + SLACK_MILLISECONDS ? "dead" : "alive";
}

function parse(file: string): BackendLock | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as BackendLock;
  } catch {
    return undefined;
  }
}
