import type { ExitCode } from "../exit-code";
import { countsOf, countsText } from "../fleet-counts";
import { readFleet } from "../fleet-input";
import { framesOf, printDocument, printLines, spent } from "../output";
import type { Terminal } from "../terminal";

export interface ValidateOptions {
  readonly json?: boolean;
}

/** Reports every problem of every file at once. */
export function runValidate(
  terminal: Terminal,
  paths: readonly string[],
  { json }: ValidateOptions,
): ExitCode {
  const began = terminal.now();
  const input = readFleet(paths, terminal.cwd);
  const counts = countsOf(input);
  const ok = counts.errors === 0;
  const seconds = terminal.now() - began;
  if (json === true) {
    printDocument(terminal, {
      command: "validate",
      ok,
      diagnostics: [...input.diagnostics],
      counts,
      seconds,
    });
  } else {
    printLines(terminal, [
      ...framesOf(input.diagnostics, input.files, terminal),
      `${countsText(counts)}   ${spent(seconds)}`,
    ]);
  }
  return ok ? 0 : 1;
}
