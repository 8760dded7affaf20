import { readdirSync, readFileSync, rmSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { sync as writeFileAtomic } from "write-file-atomic";
import { graphError } from "./graph-error";

const codeOf = (error: unknown): string | undefined =>
  typeof error === "object" && error !== null && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;

/** Runs one file operation; undefined when there is no such file. */
function attempt<T>(stack: string, file: string, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT") return undefined;
    const message = `${file} cannot be read or written: ${code ?? "unknown reason"}`;
    throw graphError("MRD5707", stack, message, { cause: error });
  }
}

/** The value in a JSON file; undefined when there is no file. `valid` says what a whole one is. */
export function readJson<T>(
  stack: string,
  file: string,
  valid: (value: unknown) => value is T,
): T | undefined {
  const text = attempt(stack, file, () => readFileSync(file, "utf8"));
  if (text === undefined) return undefined;
  const value = parse(text);
  if (valid(value)) return value;
  throw graphError("MRD5706", stack, `${file} does not hold a whole recorded graph`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Writes a whole JSON file or nothing, readable by its owner alone. */
export function writeJson(stack: string, file: string, value: unknown): void {
  const write = (): true => {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileAtomic(file, JSON.stringify(value), { mode: 0o600 });
    return true;
  };
  // A folder removed meanwhile is made again.
  if (attempt(stack, file, write) === undefined) attempt(stack, file, write);
}

/** Removes a file, if it is there. */
export const removeFile = (stack: string, file: string): void => {
  attempt(stack, file, () => rmSync(file, { force: true }));
};

/** Names in a folder; none when it is not there. */
export const namesIn = (stack: string, folder: string): readonly string[] =>
  attempt(stack, folder, () => readdirSync(folder)) ?? [];
