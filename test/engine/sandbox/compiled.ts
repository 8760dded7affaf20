import { transformFileSync } from "@swc/core";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = join(__dirname, "../../..");

/**
 * Compiles the sandbox for tests that need real processes, and returns its folder. It must lie inside
 * the project, or packages would not be found.
 */
export function compileSandbox(name: string): { readonly entry: string; readonly remove: () => void } {
  const out = join(root, ".meridian/cache", `test-${name}-${process.pid}`);
  const room = "automation/engine/sandbox";
  const sources = readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(room, file));
  for (const source of [...sources, "automation/engine/engine-error.ts"]) {
    const { code } = transformFileSync(join(root, source), {
      configFile: join(root, ".swcrc"),
      sourceMaps: false,
    });
    const target = join(out, source.replace(/\.ts$/, ".js"));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, code);
  }
  return {
    entry: join(out, room, "provider-main.js"),
    remove: () => {
      rmSync(out, { recursive: true, force: true });
    },
  };
}
