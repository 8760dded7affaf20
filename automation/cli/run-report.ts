/** The end of a rollout as a person reads it: a table, a sum, and what went wrong. */
import type { RunDocument } from "./documents";
import { counted, printLines, printRemark, spent } from "./output";
import { failureLines } from "./report-error";
import { runTable } from "./run-table";
import type { Terminal } from "./terminal";

export function printRun(terminal: Terminal, document: RunDocument): void {
  printLines(terminal, [...runTable(document), "", summaryOf(document)]);
  for (const { error } of document.stacks) {
    if (error !== undefined) printRemark(terminal, "", ...failureLines(error, terminal));
  }
}

function summaryOf({ command, stacks, target, seconds }: RunDocument): string {
  const total = { create: 0, update: 0, replace: 0, delete: 0, same: 0 };
  for (const { changes } of stacks) {
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += changes?.[key] ?? 0;
  }
  const would = command === "preview" ? "would be " : "";
  const words = [
    [total.create, `${would}created`],
    [total.update, `${would}updated`],
    [total.replace, `${would}replaced`],
    [total.delete, `${would}deleted`],
    [total.same, "unchanged"],
  ] as const;
  const said = words.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  const failed = stacks.filter(({ status }) => status !== "done").length;
  if (failed > 0) said.push(`${failed} of ${counted(stacks.length, "stack")} not done`);
  return `${said.length === 0 ? "nothing to do" : said.join(" · ")} · ${target}   ${spent(seconds)}`;
}
