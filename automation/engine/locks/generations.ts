/**
 * A lock as a folder of numbered files, each made once and never changed.
 *
 * The highest number is the holder, and the fencing token. Taking over is making the next number, which
 * only one process can; so nobody ever deletes a lock another one may just have taken.
 */
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EngineError } from "../engine-error";
import { lockCodes } from "./codes";
import { parseRecord, type LockRecord } from "./lock-record";
import type { ProcessIdentity } from "./process-identity";

/** The newest generation of a lock. */
export interface Generation {
  readonly token: number;
  /** Undefined when the file is damaged. */
  readonly record: LockRecord | undefined;
  readonly released: boolean;
  /** Processes the holder started, which may outlive it. */
  readonly helpers: readonly ProcessIdentity[];
}

const GENERATION = /^(\d{8})\.json$/;
const nameOf = (token: number): string => String(token).padStart(8, "0");
const recordFile = (folder: string, token: number): string => join(folder, `${nameOf(token)}.json`);
const releaseFile = (folder: string, token: number): string => join(folder, `${nameOf(token)}.released`);
const helperPrefix = (token: number): string => `${nameOf(token)}.process-`;

/** The newest generation; undefined when the lock was never taken. */
export function newestGeneration(folder: string): Generation | undefined {
  const names = attempt(folder, () => namesIn(folder));
  const token = Math.max(...tokensOf(names));
  if (token === -Infinity) return undefined;
  return {
    token,
    record: parseRecord(readIfThere(recordFile(folder, token))),
    released: names.includes(`${nameOf(token)}.released`),
    helpers: names
      .filter((name) => name.startsWith(helperPrefix(token)))
      .flatMap((name) => parseIdentity(readIfThere(join(folder, name)))),
  };
}

/** The newest token, read as cheaply as can be: 0 when there is none. */
export const newestToken = (folder: string): number =>
  attempt(folder, () => Math.max(0, ...tokensOf(namesIn(folder))));

/** Makes the generation `record.token`; false when another process was first or has gone further. */
export function makeGeneration(folder: string, record: LockRecord): boolean {
  return attempt(folder, () => {
    mkdirSync(folder, { recursive: true });
    const draft = join(folder, `draft-${record.run}-${process.pid}`);
    writeFileSync(draft, `${JSON.stringify(record, undefined, 1)}\n`, { mode: 0o600 });
    const first = linkNew(draft, recordFile(folder, record.token));
    rmSync(draft, { force: true });
    if (!first || newestToken(folder) !== record.token) return false;
    forgetBefore(folder, record.token - 1);
    return true;
  });
}

/** Says that the holder of this generation is done. */
export const releaseGeneration = (folder: string, token: number): void =>
  attempt(folder, () => {
    writeFileSync(releaseFile(folder, token), "");
  });

/** Remembers a process of the holder, so that whoever takes over can see it end first. */
export const addHelper = (folder: string, token: number, identity: ProcessIdentity): void =>
  attempt(folder, () => {
    writeFileSync(join(folder, `${helperPrefix(token)}${identity.pid}`), JSON.stringify(identity));
  });

/** The generation before the newest stays: it tells who was there when a lock was fenced. */
function forgetBefore(folder: string, token: number): void {
  for (const name of namesIn(folder)) {
    if (/^\d{8}\./.test(name) && Number(name.slice(0, 8)) < token)
      rmSync(join(folder, name), { force: true });
  }
}

const tokensOf = (names: readonly string[]): readonly number[] =>
  names.flatMap((name) => GENERATION.exec(name)?.[1] ?? []).map(Number);

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  }
}

function linkNew(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return "";
    throw error;
  }
}

function parseIdentity(text: string): readonly ProcessIdentity[] {
  try {
    return [JSON.parse(text) as ProcessIdentity];
  } catch {
    return []; // Killed while writing: the process it names had not begun to work.
  }
}

/** By shape, not by class: errors of the file system may come from another realm. */
const codeOf = (error: unknown): string | undefined =>
  typeof error === "object" && error !== null && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;

function attempt<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    throw new EngineError("MRD5205", `the lock in ${folder} cannot be read or written: ${code}`, {
      next: code === "ENOSPC" ? "Free some space, then run it again." : lockCodes.MRD5205.next,
      cause: error,
    });
  }
}
