/** npm run bench -- [NAME…] [--json] [--smoke] */
import { parseArgs } from "node:util";
import { renderTable } from "../automation/review/table/table";
import { closest } from "../automation/manifest/diagnostics/closest";
import { apply } from "./apply";
import { type Bench, type Figure, LeftOut, type Size } from "./figure";
import { graph } from "./graph";
import { importPure } from "./import-pure";
import { judged, machine } from "./judge";
import { validateAll } from "./validate-all";
import { workspaces } from "./workspaces";

const BENCHES: readonly Bench[] = [validateAll, importPure, workspaces, graph, apply];
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

async function figuresOf(bench: Bench, size: Size): Promise<readonly Figure[]> {
  process.stderr.write(`${bench.name}: ${bench.about}\n`);
  try {
    return (await bench.run(size)).map((measured) => judged(bench.name, measured));
  } catch (error) {
    if (size === "whole" || !(error instanceof LeftOut)) throw error;
    process.stderr.write(`${bench.name}: left out, ${error.message}\n`);
    return [];
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
  const columns = [
    {},
    { title: "figure", cut: false },
    { title: "value", align: "right" as const },
    { title: "unit" },
    { title: "target" },
  ];
  return `${[...renderTable(columns, figures.map(row)), machine].join("\n")}\n`;
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
  const figures: Figure[] = [];
  for (const bench of chosen) figures.push(...(await figuresOf(bench, size)));
  process.stdout.write(
    values["json"] === true ? `${JSON.stringify({ figures }, null, 2)}\n` : table(figures),
  );
  // A smoke run shows that the benches work; small sizes say nothing about a target.
  return size === "smoke" || figures.every(({ ok }) => ok) ? 0 : 1;
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
