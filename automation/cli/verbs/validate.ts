import type { ExitCode } from "../exit-code";
import { type FleetInput, readFleet } from "../fleet-input";
import { counted, framesOf, printDocument, printLines, spent } from "../output";
import type { Terminal } from "../terminal";

export interface ValidateOptions {
  readonly json?: boolean;
}

const ofKind = ({ manifests }: FleetInput, kind: string): number =>
  manifests.filter(({ manifest }) => manifest.kind === kind).length;

/** Reports every problem of every file at once. */
export function runValidate(
  terminal: Terminal,
  paths: readonly string[],
  { json }: ValidateOptions,
): ExitCode {
  const began = terminal.now();
  const input = readFleet(paths, terminal.cwd);
  const errors = input.diagnostics.filter(({ severity }) => severity === "error").length;
  const counts = {
    files: input.files.length,
    platforms: ofKind(input, "Platform"),
    regions: ofKind(input, "Region"),
    workspaces: ofKind(input, "Workspace"),
    errors,
    warnings: input.diagnostics.length - errors,
  };
  const seconds = terminal.now() - began;
  if (json === true) {
    printDocument(terminal, {
      command: "validate",
      ok: errors === 0,
      diagnostics: [...input.diagnostics],
      counts,
      seconds,
    });
  } else {
    const parts = [
      counted(counts.platforms, "platform"),
      counted(counts.regions, "region"),
      counted(counts.workspaces, "workspace"),
      errors === 0 ? "no errors" : counted(errors, "error"),
      ...(counts.warnings === 0 ? [] : [counted(counts.warnings, "warning")]),
    ];
    printLines(terminal, [
      ...framesOf(input.diagnostics, input.files, terminal),
      `${parts.join(" · ")}   ${spent(seconds)}`,
    ]);
  }
  return errors === 0 ? 0 : 1;
}
