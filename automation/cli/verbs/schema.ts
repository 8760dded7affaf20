import { readFileSync } from "node:fs";
import { join } from "node:path";
import { closest } from "../../manifest/diagnostics/closest";
import { KIND_NAMES } from "../../manifest/kinds";
import { schemaFileOf } from "../../manifest/schema-file";
import { CliError } from "../cli-error";
import type { ExitCode } from "../exit-code";
import { printLines } from "../output";
import { packageRoot } from "../package-root";
import type { Terminal } from "../terminal";

const byLowerName = new Map(KIND_NAMES.map((kind) => [kind.toLowerCase(), kind]));

/** `platform`, `PriceBook` and `price-book` all name a kind. */
export function kindNamed(written: string): string {
  const found = byLowerName.get(written.toLowerCase().replaceAll("-", ""));
  if (found !== undefined) return found;
  const near = closest(written.toLowerCase(), [...byLowerName.keys()]);
  throw new CliError(
    "MRD4110",
    `no kind "${written}"${near === undefined ? "" : `, did you mean "${near}"?`}`,
    {
      next: `use one of ${KIND_NAMES.join(", ")}`,
    },
  );
}

export const publishedSchema = (kind: string): string =>
  readFileSync(join(packageRoot(), "schemas", schemaFileOf(kind)), "utf8");

/** Prints the JSON Schema of a kind, for editors and other tools; of any kind, when none is named. */
export function runSchema(terminal: Terminal, written: string | undefined): ExitCode {
  const kind = written === undefined ? "manifest" : kindNamed(written);
  printLines(terminal, [publishedSchema(kind).trimEnd()]);
  return 0;
}
