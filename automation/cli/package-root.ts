import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** Meridian's own folder, from dist/ as from the sources. */
export function packageRoot(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, "package.json")) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}
