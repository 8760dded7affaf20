import { cpus, totalmem } from "node:os";
import type { Figure, Measured } from "./figure";

/** What the figures hold for. */
export const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;

/** A measurement held against its target. */
export function judged(bench: string, { name, value, unit, target }: Measured): Figure {
  const [ok, said] =
    "atMost" in target
      ? [value <= target.atMost, `<= ${target.atMost}`]
      : [value >= target.atLeast, `>= ${target.atLeast}`];
  const rounded = Number(value.toPrecision(4));
  return { name, value: rounded, unit, target: said, ok, command: `npm run bench -- ${bench}`, machine };
}
