import { relative, resolve } from "node:path";
import type { ExitCode } from "../exit-code";
import { readPlatform } from "../fleet-input";
import type { GuardedTerminal } from "../guarded-terminal";
import { printDocument, printRemark } from "../output";
import { writeWhole } from "../paths";
import { platformRunbook } from "../../review/runbook/runbook";

export interface RunbookOptions {
  readonly manifests: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** Prints a platform's disaster recovery runbook, or writes it where people look for it. */
export function runRunbook(
  terminal: GuardedTerminal,
  platform: string,
  { manifests, out, json }: RunbookOptions,
): ExitCode {
  const { fleet, plan, file } = readPlatform(platform, manifests, terminal.cwd);
  const markdown = platformRunbook(fleet, plan.topology, file);
  const path = out === undefined ? undefined : resolve(terminal.cwd, out);
  if (path !== undefined) writeWhole(path, markdown);
  const written = path === undefined ? undefined : relative(terminal.cwd, path);
  if (json === true) {
    printDocument(terminal, {
      command: "runbook",
      ok: true,
      platform,
      manifest: file,
      unbuilt: [...plan.unbuilt],
      ...(written === undefined ? {} : { file: written }),
      markdown,
    });
  } else if (written === undefined) terminal.stdout.write(markdown);
  else printRemark(terminal, `wrote ${written}`);
  return 0;
}
