import { spawnSync } from "node:child_process";
import { join } from "node:path";

export const root = join(__dirname, "..", "..");

/** Runs node to its end; milliseconds from spawn to exit, and what it printed. */
export function timeNode(
  args: readonly string[],
  cwd = root,
): { readonly milliseconds: number; readonly stdout: string } {
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
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
