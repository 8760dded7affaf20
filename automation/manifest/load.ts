/**
 * Manifest files to resolved manifests, and every problem of every file.
 *
 * A file that cannot be read still leaves the others checked against each other; only what refers to a
 * manifest in such a file is kept quiet, since it may well be there once the file is mended.
 */
import { type Diagnostic, type SourceFile, sortDiagnostics } from "./diagnostic";
import { formatPath } from "./diagnostics/manifest-path";
import { schemaDiagnostics } from "./diagnostics/schema-diagnostics";
import { kindOf } from "./kinds";
import { checkFleet } from "./rules";
import type { Loaded, Origin, Problem, RuleCatalog } from "./rules/problem";
import { loadYaml, type YamlDocument } from "./yaml/load-yaml";

export interface LoadedManifests {
  /** In the order of the files; those with an error of their own are left out. */
  readonly manifests: readonly Loaded[];
  /** By file, line and column. */
  readonly diagnostics: readonly Diagnostic[];
}

interface Reading {
  readonly loaded: readonly (Loaded & { readonly positions: YamlDocument["positions"] })[];
  readonly diagnostics: readonly Diagnostic[];
}

function readFile(source: SourceFile): Reading {
  const yaml = loadYaml(source);
  if (yaml.kind === "rejected") return { loaded: [], diagnostics: yaml.diagnostics };
  const loaded: Reading["loaded"][number][] = [];
  const diagnostics: Diagnostic[] = [];
  yaml.documents.forEach((document, index) => {
    const { validate, schema, resolve } = kindOf(document.value);
    const problems = schemaDiagnostics(document, validate, schema);
    diagnostics.push(...problems);
    if (problems.length > 0) return;
    const origin = { file: source.file, document: index };
    loaded.push({ origin, manifest: resolve(document.value), positions: document.positions });
  });
  return { loaded, diagnostics };
}

const keyOf = ({ file, document }: Origin): string => `${file}#${document}`;

/** Codes that say a manifest is missing: worthless while some file could not be read. */
const ABSENCES: ReadonlySet<string> = new Set(["MRD2102", "MRD2109"]);

function placed(
  problem: Problem,
  positions: ReadonlyMap<string, YamlDocument["positions"]>,
): readonly Diagnostic[] {
  const { origin, path, ...said } = problem;
  const place = positions.get(keyOf(origin))?.place(path);
  return place === undefined ? [] : [{ ...said, place, path: formatPath(path) }];
}

/** Reads, judges and resolves; never throws, whatever the text. */
export function loadManifests(files: readonly SourceFile[], catalog: RuleCatalog): LoadedManifests {
  const readings = [...files].sort((a, b) => (a.file < b.file ? -1 : 1)).map(readFile);
  const loaded = readings.flatMap((reading) => reading.loaded);
  const own = readings.flatMap((reading) => reading.diagnostics);
  const positions = new Map(loaded.map((one) => [keyOf(one.origin), one.positions]));
  const problems = checkFleet(loaded, catalog).filter(({ code }) => own.length === 0 || !ABSENCES.has(code));
  return {
    manifests: loaded.map(({ origin, manifest }) => ({ origin, manifest })),
    diagnostics: sortDiagnostics([...own, ...problems.flatMap((problem) => placed(problem, positions))]),
  };
}
