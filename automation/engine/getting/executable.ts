import { accessSync, constants, existsSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** What the CLI is called on this system. */
export const CLI_NAME = process.platform === "win32" ? "pulumi.exe" : "pulumi";

/** Whether a file can be run by this user. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The first executable of that name on a PATH. */
export const findOnPath = (name: string, path: string): string | undefined =>
  path
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, name))
    .find(isExecutable);

/** A file as it is, or the CLI in a folder or in its `bin`. */
export function executableAt(place: string): string | undefined {
  const candidates = [place, join(place, CLI_NAME), join(place, "bin", CLI_NAME)];
  return candidates.find((file) => existsSync(file) && isExecutable(file));
}
