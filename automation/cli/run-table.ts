import { formatCount, formatDuration } from "../review/table/units";
import { renderTable, type TableCell } from "../review/table/table";
import type { RunDocument, StackRun } from "./documents";

/** `31 created, 1 replaced`, or why there is nothing to count. */
function changesText({ status, changes, waitedFor, error }: StackRun): string {
  if (status === "failed") return `failed: ${error?.code ?? ""}`;
  if (status === "blocked") return `not run, waits for ${(waitedFor ?? []).join(", ")}`;
  if (status === "stopped") return "not run: stopped";
  const words = [
    [changes?.create, "created"],
    [changes?.update, "updated"],
    [changes?.replace, "replaced"],
    [changes?.delete, "deleted"],
  ] as const;
  const said = words.flatMap(([count, word]) =>
    count === undefined || count === 0 ? [] : [`${formatCount(count)} ${word}`],
  );
  return said.length === 0 ? "unchanged" : said.join(", ");
}

/** Resources that are there afterwards. */
const resourcesOf = ({ changes }: StackRun): number | undefined =>
  changes && changes.create + changes.update + changes.replace + changes.same;

const rowOf = (run: StackRun): readonly TableCell[] => [
  run.stack,
  resourcesOf(run),
  changesText(run),
  run.seconds === undefined ? undefined : formatDuration(run.seconds),
];

/** A line a stack; the changed resources below it in a preview. */
export function runTable({ command, stacks, target }: RunDocument): readonly string[] {
  const columns = [
    { title: "stack", cut: false },
    { title: "resources" },
    { title: command === "preview" ? `would change (${target})` : `changes (${target})` },
    { title: "time", align: "right" as const },
  ];
  const table = renderTable(columns, stacks.map(rowOf));
  return command === "preview" ? [...table, ...stacks.flatMap(changedResources)] : table;
}

const SIGNS: Readonly<Record<string, string>> = { create: "+", update: "~", replace: "↻", delete: "-" };
const MOST_SHOWN = 40;

/** `~ kubernetes:apps/v1:Deployment api  spec`. */
function changedResources({ stack, steps = [] }: StackRun): readonly string[] {
  const changed = steps.filter(({ operation }) => operation in SIGNS);
  if (changed.length === 0) return [];
  const shown = changed
    .slice(0, MOST_SHOWN)
    .map(({ operation, type, name, changed: properties }) => [
      SIGNS[operation],
      type,
      name,
      properties.join(", "),
    ]);
  const rest = changed.length - shown.length;
  return [
    "",
    stack,
    ...renderTable([{}, {}, {}, {}], shown, { indent: 2, gap: 2 }),
    ...(rest === 0 ? [] : [`  and ${formatCount(rest)} more (all of them with --json)`]),
  ];
}
