import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { readFleet } from "../fleet-input";
import { CliError } from "../cli-error";
import type { ExitCode } from "../exit-code";
import { printDocument, printLines } from "../output";
import { packageRoot } from "../package-root";
import { homeOf, writeWhole } from "../paths";
import { firstPlatform } from "../first-platform";
import type { Terminal } from "../terminal";

export interface InitOptions {
  readonly json?: boolean;
  readonly folder: string;
}

/** What an editor with the YAML language server reads: completion and errors as you type. */
const modeline = (schemas: string, kind: string): string =>
  `# yaml-language-server: $schema=${schemas.split(sep).join("/")}/${kind}.schema.json\n`;

/** Published schemas that are not yet beside the manifests. */
const missingSchemas = (folder: string): readonly { readonly file: string; readonly text: string }[] =>
  ["platform", "region", "workspace"]
    .map((kind) => `${kind}.schema.json`)
    .filter((name) => !existsSync(join(folder, name)))
    .map((name) => ({
      file: join(folder, name),
      text: readFileSync(join(packageRoot(), "schemas", name), "utf8"),
    }));

/** Writes a first platform that validates; never over anything that is there. */
export function runInit(terminal: Terminal, name: string, { json, folder }: InitOptions): ExitCode {
  if (!/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) {
    throw new CliError("MRD4101", `"${name}" cannot be the name of a platform`, {
      next: "use lower case letters, digits and dashes, for example `meridian init shop`",
    });
  }
  const root = resolve(terminal.cwd, folder, name);
  const schemas = join(terminal.cwd, "schemas");
  const manifests = firstPlatform(name).map(({ path, kind, text }) => {
    const file = join(root, path);
    return { file, text: `${modeline(relative(dirname(file), schemas), kind)}${text}` };
  });
  const there = manifests.find(({ file }) => existsSync(file));
  if (there !== undefined) {
    throw new CliError("MRD4108", `${relative(terminal.cwd, there.file)} is already there`, {
      next: "choose another name; nothing was written",
    });
  }
  const files = [...missingSchemas(schemas), ...manifests];
  for (const { file, text } of files) writeWhole(file, text);
  const written = files.map(({ file }) => relative(terminal.cwd, file));
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
