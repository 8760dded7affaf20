// Transpiles the TypeScript rooms to dist/, file by file; only what changed since the last build.
// Types are checked by `npm run types`, not here: a build takes a second, not thirty.
import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { transformFile } from "@swc/core";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const dist = join(root, "dist");
const ROOMS = ["automation", "components", "policies", "regions", "schemas", "bench"];
const ROOT_FILES = ["index.ts"];

/** Output path of a source below dist/, or undefined when it is not part of the build. */
function outputOf(path) {
  if (path.endsWith(".d.ts")) return undefined;
  if (path.endsWith(".ts")) return path.replace(/\.ts$/, ".js");
  return path.endsWith(".json") || path.endsWith(".js") ? path : undefined;
}

async function sources() {
  const found = ROOT_FILES.filter((file) => existsSync(join(root, file)));
  for (const room of ROOMS) {
    if (!existsSync(join(root, room))) continue;
    const entries = await readdir(join(root, room), { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      if (entry.isFile()) found.push(relative(root, join(entry.parentPath, entry.name)));
    }
  }
  return found;
}

const mtime = async (path) => (existsSync(path) ? (await stat(path)).mtimeMs : 0);

async function buildOne(source, output) {
  const from = join(root, source);
  const to = join(dist, output);
  if ((await mtime(to)) > (await mtime(from))) return false;
  await mkdir(dirname(to), { recursive: true });
  if (!source.endsWith(".ts")) {
    await copyFile(from, to);
    return true;
  }
  const { code, map } = await transformFile(from, { configFile: join(root, ".swcrc") });
  await writeFile(`${to}.map`, map);
  await writeFile(to, `${code}\n//# sourceMappingURL=${output.split("/").at(-1)}.map\n`);
  return true;
}

/** Files in dist/ whose source is gone would still be loaded: they go too. */
async function sweep(outputs) {
  if (!existsSync(dist)) return;
  const entries = await readdir(dist, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((e) => e.isFile())) {
    const path = relative(dist, join(entry.parentPath, entry.name)).split(sep).join("/");
    if (!outputs.has(path.replace(/\.map$/, ""))) await rm(join(dist, path));
  }
}

const began = performance.now();
const pairs = (await sources())
  .map((source) => [source, outputOf(source.split(sep).join("/"))])
  .filter(([, output]) => output !== undefined);
await sweep(new Set(pairs.map(([, output]) => output)));
const built = (await Promise.all(pairs.map(([source, output]) => buildOne(source, output)))).filter(Boolean);
if (built.length > 0 && !process.argv.includes("--quiet")) {
  console.error(
    `built ${built.length} of ${pairs.length} files in ${((performance.now() - began) / 1000).toFixed(1)} s`,
  );
}
