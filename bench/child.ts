import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** Meridian's own folder. */
export const root = join(__dirname, "..", "..");

/** The platforms whose every stack has components. */
export const PLATFORMS: readonly string[] = ["openova", "castiel"];

/** Runs node to its end; milliseconds from spawn to exit, and what it printed. */
export function timeNode(
  args: readonly string[],
  { cwd = root, env = {} }: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): { readonly milliseconds: number; readonly stdout: string } {
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  const milliseconds = performance.now() - began;
  if (status !== 0)
    throw new BenchError(`node ${args.join(" ")} ended with ${status ?? "a signal"}: ${stderr}`);
  return { milliseconds, stdout };
}

/** A bench whose subject did not work at all. */
export class BenchError extends Error {
  override readonly name = "BenchError";
}
