/** npm run bench -- [NAME…] [--json] [--smoke] */
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { renderTable } from "../automation/review/table/table";
import { failureOf } from "../automation/cli/report-error";
import { closest } from "../automation/manifest/diagnostics/closest";
import { apply } from "./apply";
import { edge } from "./edge";
import { type Bench, type Figure, LeftOut, type Size } from "./figure";
import { graph } from "./graph";
import { importPure } from "./import-pure";
import { judged, machine } from "./judge";
import { planAll } from "./plan-all";
import { validateAll } from "./validate-all";
import { workspaces } from "./workspaces";

const BENCHES: readonly Bench[] = [validateAll, importPure, workspaces, planAll, graph, apply, edge];
const NAMES = BENCHES.map(({ name }) => name);
const OPTIONS = { json: { type: "boolean" }, smoke: { type: "boolean" } } as const;

/** What is wrong with the arguments; undefined when all is well. */
function complaint(names: readonly string[], options: readonly string[]): string | undefined {
  const check = (what: string, word: string, known: readonly string[], prefix: string) => {
    if (known.includes(word)) return undefined;
    const near = closest(word, known);
    const hint = near === undefined ? "" : `, did you mean "${prefix}${near}"?`;
    return `error MRD4101  no ${what} "${prefix}${word}"${hint}\n  next: use one of ${known.map((one) => prefix + one).join(", ")}\n`;
  };
  return [
    ...names.map((name) => check("bench", name, NAMES, "")),
    ...options.map((option) => check("option", option, Object.keys(OPTIONS), "--")),
  ].find((text) => text !== undefined);
}

/** Undefined when the bench did not work, which is told at once: the others still run. */
async function figuresOf(bench: Bench, size: Size): Promise<readonly Figure[] | undefined> {
  process.stderr.write(`${bench.name}: ${bench.about}\n`);
  try {
    return (await bench.run(size)).map((measured) => judged(bench.name, measured));
  } catch (error) {
    if (size === "smoke" && error instanceof LeftOut) {
      process.stderr.write(`${bench.name}: left out, ${error.message}\n`);
      return [];
    }
    const { code, message, facts, next } = failureOf(error);
    const lines = [`error ${code}  ${message}`, ...facts, ...(next === undefined ? [] : [`next: ${next}`])];
    process.stderr.write(`${lines.join("\n  ")}\n`);
    return undefined;
  }
}

const row = ({ name, value, unit, target, ok }: Figure) => [
  ok ? "✔" : "✘",
  name,
  String(value),
  unit,
  target,
];

function table(figures: readonly Figure[]): string {
  if (figures.length === 0) return "";
  const columns = [
    {},
    { title: "figure", cut: false },
    { title: "value", align: "right" as const, cut: false },
    { title: "unit", cut: false },
    { title: "target" },
  ];
  return `${[...renderTable(columns, figures.map(row)), machine].join("\n")}\n`;
}

/** Figures of a machine that has other work are not to be trusted. */
function remarkOnLoad(): void {
  const [load = 0] = loadavg();
  if (load < cpus().length / 2) return;
  process.stderr.write(
    `this machine is busy: ${load.toFixed(1)} processes waited for its ${cpus().length} cores in the last minute\n`,
  );
}

async function main(args: readonly string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args: [...args],
    options: OPTIONS,
    allowPositionals: true,
    strict: false,
  });
  const wrong = complaint(positionals, Object.keys(values));
  if (wrong !== undefined) {
    process.stderr.write(wrong);
    return 1;
  }
  const size = values["smoke"] === true ? "smoke" : "whole";
  const chosen = BENCHES.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  if (size === "whole") remarkOnLoad();
  const found: (readonly Figure[] | undefined)[] = [];
  for (const bench of chosen) found.push(await figuresOf(bench, size));
  const figures = found.flatMap((ofBench) => ofBench ?? []);
  process.stdout.write(
    values["json"] === true ? `${JSON.stringify({ figures }, null, 2)}\n` : table(figures),
  );
  const worked = found.every((ofBench) => ofBench !== undefined);
  if (size === "smoke") {
    process.stderr.write("a smoke run shows that the benches work: its sizes say nothing about a target\n");
    return worked ? 0 : 1;
  }
  return worked && figures.every(({ ok }) => ok) ? 0 : 1;
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
