// `npm start`: everything a fresh clone needs, and then the main job.
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import "./setup.mjs";

const meridian = join(dirname(fileURLToPath(import.meta.url)), "..", "bin", "meridian");
const given = process.argv.slice(2);
// Two small platforms come up in seconds; all five are a minute's work.
const platforms = given.some((argument) => !argument.startsWith("-")) ? [] : ["castiel", "openova"];
const child = spawn(process.execPath, [meridian, "start", ...platforms, ...given], { stdio: "inherit" });
// A terminal sends Ctrl-C to both processes, and anything else sends SIGTERM to this one only.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.on("exit", (code) => {
  process.exitCode = code ?? 130;
});
