/** Markdown, as little of it as a runbook needs: it is read on a phone, too. */
import type { Step } from "./step";

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.map(cell).join(" | ")} |`).join("\n");

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
