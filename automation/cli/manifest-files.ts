import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import type { SourceFile } from "../manifest/diagnostic";
import { CliError } from "./cli-error";

/** Read at most this much of a file: the loader refuses anything near it, and says so in its own words. */
const MAXIMUM_BYTES = 12 * 1024 * 1024;

/** The catalog and hidden folders hold no manifests. */
const isSkipped = (part: string): boolean =>
  part.startsWith(".") || part === "catalog" || part === "node_modules";

const isYaml = (path: string): boolean => /\.ya?ml$/.test(path);

function yamlFilesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isYaml(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !path.split(sep).some(isSkipped))
    .map((path) => join(folder, path));
}

function filesAt(path: string, shown: string): readonly string[] {
  try {
    return statSync(path).isDirectory() ? yamlFilesIn(path) : [path];
  } catch (cause) {
    throw new CliError("MRD4102", `${shown} does not exist`, {
      next: "name a folder of manifests, or make a first platform with `meridian init`",
      cause,
    });
  }
}

function read(path: string, cwd: string): SourceFile {
  const file = relative(cwd, path).split(sep).join("/");
  try {
    const { size } = statSync(path);
    const text = size > MAXIMUM_BYTES ? "#".repeat(MAXIMUM_BYTES) : readFileSync(path, "utf8");
    return { file, text };
  } catch (cause) {
    throw new CliError("MRD4103", `${file} cannot be read`, { next: "check its permissions", cause });
  }
}

/** Every manifest file under the given paths, sorted, each once; paths are shown relative to `cwd`. */
export function readManifestFiles(paths: readonly string[], cwd: string): readonly SourceFile[] {
  const found = paths.flatMap((path) => filesAt(resolve(cwd, path), path));
  const files = [...new Set(found)].sort();
  if (files.length === 0) {
    throw new CliError("MRD4102", `no manifests in ${paths.join(", ")}`, {
      next: "name a folder that holds YAML files, or make a first platform with `meridian init`",
    });
  }
  return files.map((path) => read(path, cwd));
}
