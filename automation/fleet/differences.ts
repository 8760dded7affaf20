import type { ManifestPath } from "../manifest/diagnostics/manifest-path";

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Paths at which two values differ, as deep as both are objects; a list differs as a whole. */
export function differences(
  before: unknown,
  after: unknown,
  path: ManifestPath = [],
): readonly ManifestPath[] {
  if (Object.is(before, after)) return [];
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => differences(before[key], after[key], [...path, key]));
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.some((item, index) => differences(item, after[index]).length > 0) ? [path] : [];
  }
  return [path];
}

/** A copy with the value at a path replaced; `undefined` removes the key. */
export function withValue(root: unknown, path: ManifestPath, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const parent = isObject(root) ? root : {};
  const { [key]: child, ...others } = parent;
  const next = withValue(child, rest, value);
  return next === undefined ? others : { ...others, [key]: next };
}
