import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { sandboxError } from "./sandbox-error";

/** By shape, not by class: errors of the file system may come from another realm. */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** What the operating system said, as an error a person can act on. */
export function diskError(file: string, error: unknown): Error {
  const code = codeOf(error);
  const full = code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG";
  if (full) return sandboxError("MRD7003", `no space left to write ${file}`, { cause: error });
  if (code === undefined && error instanceof Error) return error;
  return sandboxError("MRD7004", `${file} cannot be read or written: ${code ?? String(error)}`, {
    cause: error,
  });
}

/** Runs one file operation; undefined when the error is one of `expected`. */
function attempt<T>(file: string, expected: readonly string[], work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (expected.includes(codeOf(error) ?? "")) return undefined;
    throw diskError(file, error);
  }
}

/** The text of a file; undefined when there is none. */
export const readText = (file: string): string | undefined =>
  attempt(file, ["ENOENT"], () => readFileSync(file, "utf8"));

/** The names in a folder; none when it is not there. */
export const namesIn = (folder: string): readonly string[] =>
  attempt(folder, ["ENOENT"], () => readdirSync(folder)) ?? [];

/** Makes a folder and what is above it, and has the disk remember it. */
export function makeFolder(folder: string): void {
  attempt(folder, [], () => {
    if (mkdirSync(folder, { recursive: true }) !== undefined) syncFolder(dirname(folder));
  });
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

let written = 0;

/**
 * Writes a file that must not exist yet: the whole text or nothing, on the disk before it returns, and
 * false when somebody else was first. `fault` may throw as a full disk would, in the middle.
 */
export function writeNew(file: string, text: string, scratch: string, fault?: () => void): boolean {
  written += 1;
  const draft = join(scratch, `${process.pid}-${Date.now().toString(36)}-${written}`);
  try {
    return (
      attempt(file, [], () => {
        writeDraft(draft, text, fault);
        const done = attempt(file, ["EEXIST"], () => (linkSync(draft, file), true)) ?? false;
        if (done) syncFolder(dirname(file));
        return done;
      }) ?? false
    );
  } finally {
    rmSync(draft, { force: true });
  }
}

function writeDraft(draft: string, text: string, fault: (() => void) | undefined): void {
  const handle = openSync(draft, "wx");
  try {
    const half = text.length >> 1;
    if (fault !== undefined) {
      writeSync(handle, text.slice(0, half));
      fault();
      return;
    }
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Takes an empty file nobody has taken yet; false when it is taken. */
export const claim = (file: string): boolean =>
  attempt(file, ["EEXIST"], () => (closeSync(openSync(file, "wx")), true)) ?? false;

const STALE_MILLISECONDS = 600_000;

/** Removes drafts that killed processes left; a living process finishes one in milliseconds. */
export function sweepDrafts(scratch: string, now: number): void {
  for (const name of namesIn(scratch)) {
    const file = join(scratch, name);
    const age = attempt(file, ["ENOENT"], () => now - statSync(file).mtimeMs) ?? 0;
    if (age > STALE_MILLISECONDS) rmSync(file, { force: true });
  }
}
