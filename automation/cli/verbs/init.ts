import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { readFleet } from "../fleet-input";
import { CliError } from "../cli-error";
import type { ExitCode } from "../exit-code";
import { printDocument, printLines } from "../output";
import { homeOf, writeWhole } from "../paths";
import { firstPlatform } from "../first-platform";
import type { Terminal } from "../terminal";

export interface InitOptions {
  readonly json?: boolean;
  readonly folder: string;
}

/** Writes a first platform that validates; never over anything that is there. */
export function runInit(terminal: Terminal, name: string, { json, folder }: InitOptions): ExitCode {
  if (!/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) {
    throw new CliError("MRD4101", `"${name}" cannot be the name of a platform`, {
      next: "use lower case letters, digits and dashes, for example `meridian init shop`",
    });
  }
  const root = join(terminal.cwd, folder, name);
  const files = Object.entries(firstPlatform(name)).map(([file, text]) => [join(root, file), text] as const);
  const there = files.find(([path]) => existsSync(path));
  if (there !== undefined) {
    throw new CliError("MRD4108", `${relative(terminal.cwd, there[0])} is already there`, {
      next: "choose another name; nothing was written",
    });
  }
  for (const [path, text] of files) writeWhole(path, text);
  const written = files.map(([path]) => relative(terminal.cwd, path));
  const { diagnostics } = readFleet([join(folder, name)], terminal.cwd);
  const ok = diagnostics.length === 0;
  if (json === true) printDocument(terminal, { command: "init", ok, files: written });
  else {
    printLines(terminal, [
      ...written.map((file) => `wrote ${file}`),
      "",
      "next:",
      `  meridian validate ${folder}`,
      `  meridian plan ${name}${folder === "regions" ? "" : ` --manifests ${folder}`}`,
      `  meridian apply ${name} --yes${folder === "regions" ? "" : ` --manifests ${folder}`}     (to the sandbox: nothing real, state in ${relative(terminal.cwd, homeOf(terminal.cwd))}/)`,
    ]);
  }
  return ok ? 0 : 1;
}
