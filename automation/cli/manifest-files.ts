import { closeSync, openSync, readdirSync, readSync, realpathSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import type { SourceFile } from "../manifest/diagnostic";
import { defaultLimits } from "../manifest/yaml/limits";
import { CliError } from "./cli-error";

/** Enough of a file for the loader to see that it is too large: a character takes three bytes at most. */
const MAXIMUM_BYTES = 3 * (defaultLimits.characters + 1);

/** The catalog and hidden folders hold no manifests. */
const isSkipped = (part: string): boolean =>
  part.startsWith(".") || part === "catalog" || part === "node_modules";

const isYaml = (path: string): boolean => /\.ya?ml$/.test(path);

const reasonOf = (cause: unknown): string =>
  typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : "unknown";

const shownFrom = (cwd: string, path: string): string => relative(cwd, path).split(sep).join("/");

function unreadable(path: string, cwd: string, cause: unknown): CliError {
  return new CliError("MRD4103", `${shownFrom(cwd, path)} cannot be read`, {
    facts: [`the system says ${reasonOf(cause)}`],
    next: "check that you may read it, and everything above it",
    cause,
  });
}

/**
 * What a link inside the folder leads to is read under its own name; a link that leads out is refused, or a
 * pull request could show any file of the machine that reviews it.
 */
function refuseLinkOut(path: string, root: string, cwd: string): void {
  const file = shownFrom(cwd, path);
  let target: string;
  try {
    target = realpathSync(path);
  } catch (cause) {
    const facts = [`the system says ${reasonOf(cause)}`];
    throw new CliError("MRD4103", `${file} is a link that leads nowhere`, {
      facts,
      next: "correct or remove it",
      cause,
    });
  }
  if (target === root || target.startsWith(root + sep)) return;
  if (!isYaml(path) && !statSync(target).isDirectory()) return;
  throw new CliError("MRD4103", `${file} is a link that leads out of the folder of manifests`, {
    next: "copy what it leads to, or name that folder on the command line",
  });
}

function yamlFilesIn(folder: string, root: string, cwd: string): readonly string[] {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    throw unreadable(folder, cwd, cause);
  }
  return entries.flatMap((entry): readonly string[] => {
    if (isSkipped(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return yamlFilesIn(path, root, cwd);
    if (entry.isSymbolicLink()) refuseLinkOut(path, root, cwd);
    return entry.isFile() && isYaml(entry.name) ? [path] : [];
  });
}

function filesAt(path: string, shown: string, cwd: string): readonly string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
  } catch (cause) {
    if (reasonOf(cause) !== "ENOENT") throw unreadable(path, cwd, cause);
    throw new CliError("MRD4102", `${shown} does not exist`, {
      next: "name a folder of manifests, or make a first platform with `meridian init`",
      cause,
    });
  }
  return yamlFilesIn(path, realpathSync(path), cwd);
}

/** The beginning of a file, up to what the loader takes; a pipe has no size, so it is read until it ends. */
function beginningOf(path: string): string {
  const file = openSync(path, "r");
  try {
    const chunks: Buffer[] = [];
    let length = 0;
    while (length < MAXIMUM_BYTES) {
      const chunk = Buffer.allocUnsafe(Math.min(65_536, MAXIMUM_BYTES - length));
      const read = readSync(file, chunk);
      if (read === 0) break;
      chunks.push(chunk.subarray(0, read));
      length += read;
    }
    return Buffer.concat(chunks).toString("utf8");
  } finally {
    closeSync(file);
  }
}

function read(path: string, cwd: string): SourceFile {
  try {
    return { file: shownFrom(cwd, path), text: beginningOf(path) };
  } catch (cause) {
    throw unreadable(path, cwd, cause);
  }
}

/** Every manifest file under the given paths, sorted, each once; paths are shown relative to `cwd`. */
export function readManifestFiles(paths: readonly string[], cwd: string): readonly SourceFile[] {
  const found = paths.flatMap((path) => filesAt(resolve(cwd, path), path, cwd));
  const files = [...new Set(found)].sort();
  if (files.length === 0) {
    throw new CliError("MRD4102", `no manifests in ${paths.join(", ")}`, {
      next: "name a folder that holds YAML files, or make a first platform with `meridian init`",
    });
  }
  return files.map((path) => read(path, cwd));
}
