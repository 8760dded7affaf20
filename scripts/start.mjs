// `npm start`: everything a fresh clone needs, and then the main job.
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import "./setup.mjs";

const meridian = join(dirname(fileURLToPath(import.meta.url)), "..", "bin", "meridian");
const child = spawn(process.execPath, [meridian, "start", ...process.argv.slice(2)], { stdio: "inherit" });
// A terminal sends Ctrl-C to both processes, and anything else sends SIGTERM to this one only.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.on("exit", (code) => {
  process.exitCode = code ?? 130;
});
