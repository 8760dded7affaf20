import type { CodeEntry } from "../../manifest/diagnostics/codes";
import { allCodes, familyOf } from "../all-codes";
import { CliError } from "../cli-error";
import type { ExitCode } from "../exit-code";
import { printDocument, printLines } from "../output";
import type { Terminal } from "../terminal";

const CODE = /^(?:mrd)?(\d{4})$/i;

/** `MRD2104`, `mrd2104` and `2104` are codes; everything else is a field. */
export const isCode = (written: string): boolean => CODE.test(written);

/** Codes of the same kind: what a digit too many or too few most likely meant. */
const relatives = (code: string): readonly string[] =>
  [...allCodes.keys()].filter((known) => known.slice(0, 6) === code.slice(0, 6));

function entryOf(code: string): CodeEntry {
  const entry = allCodes.get(code);
  if (entry !== undefined) return entry;
  const near = relatives(code);
  throw new CliError("MRD4120", `there is no code ${code}`, {
    next: near.length === 0 ? "see docs/diagnostics.md for all of them" : `near it are ${near.join(", ")}`,
  });
}

const shown = (text: string): readonly string[] =>
  text
    .replaceAll("\uFEFF", "\\uFEFF")
    .replaceAll("\r", "\\r")
    .split("\n")
    .map((line) => `    ${line}`);

/** What a code means, an example of it put right, and what to do. */
export function runExplainCode(
  terminal: Terminal,
  written: string,
  { json }: { readonly json: boolean },
): ExitCode {
  const code = `MRD${CODE.exec(written)?.[1] ?? ""}`;
  const { title, meaning, next, example } = entryOf(code);
  const family = familyOf(code);
  if (json) {
    const details = { code, family, title, meaning, ...(example === undefined ? {} : { example }), next };
    printDocument(terminal, { command: "explain", ok: true, ...details });
    return 0;
  }
  printLines(terminal, [
    `${code}   ${title}`,
    `  ${family}`,
    "",
    `  ${meaning}`,
    ...(example === undefined ? [] : ["", ...shown(example.wrong), "  becomes", ...shown(example.right)]),
    "",
    `  next: ${next}`,
  ]);
  return 0;
}
