// Everything a fresh clone needs before anything else runs: dependencies, generated code, the build.
// Nothing but Node is used until `npm ci` is done, and a second run costs well under a second.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const stamp = join(root, "node_modules", ".meridian-lock");

function fail(message, next) {
  console.error(`error MRD4001  ${message}\n  next: ${next}`);
  process.exit(1);
}

function run(command, args, what) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2] });
  if (error !== undefined || status !== 0)
    fail(`${what} failed`, `run \`${command} ${args.join(" ")}\` and read its output`);
}

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Node ${process.versions.node} is too old`, "install Node 20.19 or newer");
}

const lock = createHash("sha256")
  .update(readFileSync(join(root, "package-lock.json")))
  .digest("hex");
if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== lock) {
  console.error("installing dependencies (npm ci)");
  run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], "installing dependencies");
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, lock);
}
run(process.execPath, [join(root, "scripts", "build.mjs")], "the build");
run(process.execPath, [join(root, "scripts", "generate-schemas.mjs")], "generating validators");
