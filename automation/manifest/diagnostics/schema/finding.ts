import type { ManifestCode } from "../codes";
import type { ManifestPath } from "../manifest-path";
import type { SchemaNode } from "./schema-node";

/** One thing a value has wrong against its schema; where the path stands in the file is not known yet. */
export interface Finding {
  readonly code: ManifestCode;
  readonly message: string;
  readonly path: ManifestPath;
  readonly part: "key" | "value";
  readonly hint?: string;
  readonly fix?: string;
}

/** What the checks of one kind of value need of the others. */
export interface Checks {
  readonly root: SchemaNode;
  /** Everything wrong with a value; no findings means it is valid. */
  readonly check: (node: SchemaNode, value: unknown, path: ManifestPath) => readonly Finding[];
  readonly resolve: (node: SchemaNode) => SchemaNode;
  /** A scalar as it stands in the file, for example `1.10`. */
  readonly written: (path: ManifestPath) => string | undefined;
}

/** A node without references, met by the value at a path. */
export interface Meeting<T = unknown> {
  readonly node: SchemaNode;
  readonly value: T;
  readonly path: ManifestPath;
}

/** Leaves out what is not there, so that findings compare as whole values. */
export const advice = (hint: string | undefined, fix: string | undefined): Pick<Finding, "hint" | "fix"> => ({
  ...(hint === undefined ? {} : { hint }),
  ...(fix === undefined ? {} : { fix }),
});
