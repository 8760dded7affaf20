import { isProperties, sameValue, type Properties, type Value } from "./values";

/** One place where two property bags differ, for example `spec.replicas` or `origins[0].address`. */
export interface Difference {
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
}

const join = (path: string, name: string): string => {
  if (/^[\w-]+$/.test(name)) return path === "" ? name : `${path}.${name}`;
  return `${path}["${name.replaceAll('"', '\\"')}"]`;
};

function compare(path: string, before: Value | undefined, after: Value | undefined): readonly Difference[] {
  if (sameValue(before ?? null, after ?? null)) return [];
  if (before === undefined || before === null) return [{ path, kind: "add" }];
  if (after === undefined || after === null) return [{ path, kind: "delete" }];
  if (isProperties(before) && isProperties(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return names.flatMap((name) => compare(join(path, name), before[name], after[name]));
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((item: Value, at) =>
      compare(`${path}[${at}]`, item, (after as readonly Value[])[at]),
    );
  }
  return [{ path, kind: "update" }];
}

/** Where they differ, sorted by path; arrays of another length differ as a whole. */
export const differences = (before: Properties, after: Properties): readonly Difference[] =>
  compare("", before, after);

/** `spec.selector.matchLabels` is under `spec.selector`, and so is `spec.selector[0]`. */
export const isUnder = (path: string, root: string): boolean =>
  path === root || path.startsWith(`${root}.`) || path.startsWith(`${root}[`);

/** The first name of a path: what a person calls the property. */
export const topLevel = (path: string): string => /^[\w-]+/.exec(path)?.[0] ?? path;
