import { codeFrame } from "../manifest/diagnostics/code-frame";
import type { Diagnostic, SourceFile } from "../manifest/diagnostic";
import type { Document } from "./documents";
import { painterFor } from "./painter";
import type { Terminal } from "./terminal";

/** One JSON document on stdout, nothing else. */
export function printDocument({ stdout }: Terminal, document: Document): void {
  stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

export function printLines({ stdout }: Terminal, lines: readonly string[]): void {
  stdout.write(lines.map((line) => `${line}\n`).join(""));
}

/** Progress and remarks: never mixed into what a script reads. */
export function printRemark({ stderr }: Terminal, ...lines: readonly string[]): void {
  stderr.write(lines.map((line) => `${line}\n`).join(""));
}

/** Every diagnostic with its frame, a blank line after each. */
export function framesOf(
  diagnostics: readonly Diagnostic[],
  files: readonly SourceFile[],
  terminal: Terminal,
): readonly string[] {
  const texts = new Map(files.map(({ file, text }) => [file, text]));
  const painter = painterFor(terminal);
  return diagnostics.flatMap((one) => [codeFrame(texts.get(one.place.file) ?? "", one, painter), ""]);
}

/** `0.31 s`. */
export const spent = (seconds: number): string => `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;

/** `1 error`, `2 errors`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
