/** Markdown, as little of it as a runbook needs: it is read on a phone, too. */
import { displayWidth } from "../../manifest/diagnostics/display-width";
import type { Step } from "./step";

/** Columns are as wide as their widest cell, so the source reads well, too. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map(cell));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => displayWidth(row[column] ?? ""))));
  const line = (row: readonly string[], fill: string): string =>
    `| ${widths.map((width, column) => padded(row[column] ?? "", width, fill)).join(" | ")} |`;
  const [title = [], ...body] = cells;
  return [line(title, " "), line([], "-"), ...body.map((row) => line(row, " "))].join("\n");
}

const padded = (text: string, width: number, fill: string): string =>
  `${text}${fill.repeat(Math.max(0, width - displayWidth(text)))}`;

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

export const bullets = (items: readonly string[]): string => items.map((item) => `- ${item}`).join("\n");

export const code = (lines: readonly string[]): string => ["```sh", ...lines, "```"].join("\n");

/** Blocks with a blank line between them; empty ones are left out. */
export const blocks = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== "").join("\n\n");

/** `#### 3. Title` and what a person needs to do it without thinking. */
export const stepBlock = ({ title, before, commands, expect, way }: Step, number: number): string =>
  blocks(
    `#### ${number}. ${title}`,
    way.kind === "point-of-no-return" ? `> **POINT OF NO RETURN.** ${way.because}` : "",
    `**Before:** ${before}`,
    commands.length === 0 ? "" : code(commands),
    `**Expect:** ${expect}`,
    way.kind === "reversible" ? `**Undo:** ${way.undo}` : "",
  );

/** The anchor a heading gets: `If east-us is lost` → `if-east-us-is-lost`. */
export const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, "")
    .replaceAll(" ", "-");

/** `east-us, west-us-2 and india`. */
export function list(words: readonly string[]): string {
  const last = words.at(-1) ?? "nobody";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
