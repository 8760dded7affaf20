import type { Diagnostic, Place } from "../diagnostic";
import { formatPath, type ManifestPath, parsePointer } from "./manifest-path";
import { explain } from "./schema/explain";
import type { Finding } from "./schema/finding";
import type { SchemaNode } from "./schema/schema-node";

/** What is read of an ajv error: its message is only shown for rules we have no words for. */
export interface ValidatorError {
  readonly instancePath: string;
  readonly message?: string;
}

/** A compiled ajv validator; `allErrors` and `verbose` make no difference here. */
export interface SchemaValidator {
  (value: unknown): boolean;
  readonly errors?: readonly ValidatorError[] | null;
}

/** A value and where its parts stand; a loaded YAML document is one. */
export interface PlacedValue {
  readonly value: unknown;
  readonly positions: {
    place(path: ManifestPath, part?: "key" | "value"): Place;
    written(path: ManifestPath): string | undefined;
  };
}

function fallback(error: ValidatorError, value: unknown): Finding {
  const path = parsePointer(error.instancePath, value);
  const name = path.length === 0 ? "the manifest" : formatPath(path);
  return { code: "MRD1110", message: `${name} ${error.message ?? "is not valid"}`, path, part: "value" };
}

function toDiagnostic({ code, message, path, part, hint, fix }: Finding, document: PlacedValue): Diagnostic {
  return {
    code,
    severity: "error",
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(fix === undefined ? {} : { fix }),
    place: document.positions.place(path, part),
    ...(path.length === 0 ? {} : { path: formatPath(path) }),
  };
}

/** The same finding can come by two ways (`allOf`, a key refused twice); it is said once. */
function once(findings: readonly Finding[]): readonly Finding[] {
  const byPrint = new Map(
    findings.map((each) => [`${each.code} ${formatPath(each.path)} ${each.message}`, each]),
  );
  return [...byPrint.values()];
}

/**
 * Everything wrong with a document against its schema, one diagnostic a mistake; empty when it is valid.
 *
 * The validator alone decides what is valid: where it refuses a value and the explanation finds nothing, its
 * own errors are shown.
 */
export function schemaDiagnostics(
  document: PlacedValue,
  validate: SchemaValidator,
  schema: SchemaNode,
): readonly Diagnostic[] {
  if (validate(document.value)) return [];
  const findings = explain(schema, document.value, (path) => document.positions.written(path));
  const errors = validate.errors ?? [{ instancePath: "" }];
  const said = findings.length > 0 ? findings : errors.map((error) => fallback(error, document.value));
  return once(said).map((finding) => toDiagnostic(finding, document));
}
