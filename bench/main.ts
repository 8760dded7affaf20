/** npm run bench -- [NAME…] [--json] [--smoke] */
import { cpus, totalmem } from "node:os";
import type { Bench, Figure, Measured } from "./figure";
import { importPure } from "./import-pure";
import { validateAll } from "./validate-all";
import { workspaces } from "./workspaces";

const BENCHES: readonly Bench[] = [validateAll, importPure, workspaces];
const SMOKE_SECONDS = 15;

const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;

function judged(bench: string, { name, value, unit, target }: Measured): Figure {
  const [ok, said] =
    "atMost" in target
      ? [value <= target.atMost, `<= ${target.atMost}`]
      : [value >= target.atLeast, `>= ${target.atLeast}`];
  return {
    name,
    value: Number(value.toPrecision(4)),
    unit,
    target: said,
    ok,
    command: `npm run bench -- ${bench}`,
    machine,
  };
}

const line = ({ name, value, unit, target, ok }: Figure): string =>
  `${ok ? "✔" : "✘"} ${name.padEnd(34)} ${String(value).padStart(9)} ${unit.padEnd(12)} target ${target}`;

async function main(args: readonly string[]): Promise<number> {
  const names = args.filter((arg) => !arg.startsWith("--"));
  const unknown = names.filter((name) => BENCHES.every((bench) => bench.name !== name));
  if (unknown.length > 0) {
    process.stderr.write(
      `error MRD4101  no bench "${unknown.join(", ")}"\n  next: use one of ${BENCHES.map(({ name }) => name).join(", ")}\n`,
    );
    return 1;
  }
  const chosen = BENCHES.filter(
    ({ name, seconds }) =>
      (names.length === 0 || names.includes(name)) && (!args.includes("--smoke") || seconds <= SMOKE_SECONDS),
  );
  const figures: Figure[] = [];
  for (const bench of chosen) {
    process.stderr.write(`${bench.name}: ${bench.about}\n`);
    const found = (await bench.run()).map((measured) => judged(bench.name, measured));
    figures.push(...found);
    if (!args.includes("--json")) process.stdout.write(found.map((figure) => `${line(figure)}\n`).join(""));
  }
  if (args.includes("--json")) process.stdout.write(`${JSON.stringify({ figures }, null, 2)}\n`);
  else process.stdout.write(`${machine}\n`);
  // A smoke run shows that the benches work; a busy machine must not fail it on a figure.
  return args.includes("--smoke") || figures.every(({ ok }) => ok) ? 0 : 1;
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
