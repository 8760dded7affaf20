/** Everything Meridian has to say about a manifest, as data: the CLI prints frames, the server returns JSON. */

export type Severity = "error" | "warning";

/** A stable code such as `MRD2104`; its family says where it comes from (see docs/diagnostics.md). */
export type DiagnosticCode = `MRD${number}`;

/** A place in a text file. Lines and columns are 1-based; `length` is in characters, at least 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** One sentence, no trailing full stop. */
  readonly message: string;
  /** Said beside the caret, for example `did you mean "eu-central"?`. */
  readonly hint?: string;
  /** The next step, shown as `fix: …`. */
  readonly fix?: string;
  readonly place: Place;
  /** The manifest path, for example `spec.services.postgres.engine`. */
  readonly path?: string;
}

/** A manifest file as read: the pure half never touches the disk. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
}

const order = (a: Diagnostic, b: Diagnostic): number =>
  a.place.file.localeCompare(b.place.file, "en") ||
  a.place.line - b.place.line ||
  a.place.column - b.place.column ||
  a.code.localeCompare(b.code, "en") ||
  a.message.localeCompare(b.message, "en");

/** File, then line, then column: the order a person reads them in, whatever order they were found in. */
export const sortDiagnostics = (all: readonly Diagnostic[]): readonly Diagnostic[] => [...all].sort(order);
