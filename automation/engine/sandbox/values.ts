/**
 * Property values as Pulumi carries them: plain JSON, where a secret is an object with a signature and
 * a value not known yet is one particular string.
 */

/** A JSON value; secrets are objects with a signature, unknowns the UNKNOWN string. */
export type Value = null | boolean | number | string | readonly Value[] | Properties;

/** A resource's inputs or outputs. */
export interface Properties {
  readonly [name: string]: Value;
}

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** Stands for a string, and for anything else, that is known only after an apply. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What is written in place of a secret. */
export const HIDDEN = "[secret]";

/** A plain object, secrets among them. */
export const isProperties = (value: Value | undefined): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isSecret = (value: Value | undefined): value is Properties =>
  isProperties(value) && value[SIGNATURE] === SECRET;

/** Marks a value as a secret; a secret stays one secret. */
export const asSecret = (value: Value): Value => (isSecret(value) ? value : { [SIGNATURE]: SECRET, value });

function mapValue(value: Value, leaf: (value: Value) => Value | undefined): Value {
  const mapped = leaf(value);
  if (mapped !== undefined) return mapped;
  if (Array.isArray(value)) return value.map((item: Value) => mapValue(item, leaf));
  if (!isProperties(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapValue(item, leaf)]));
}

/** The value behind any secret marks, at every depth. */
export const reveal = (value: Value): Value =>
  mapValue(value, (item) => (isSecret(item) ? reveal(item["value"] ?? null) : undefined));

/** reveal() of a whole property bag. */
export const revealAll = (properties: Properties): Properties => reveal(properties) as Properties;

/** Every secret replaced by a mark: fit to be written to disk. */
export const hide = (properties: Properties): Properties =>
  mapValue(properties, (item) => (isSecret(item) ? HIDDEN : undefined)) as Properties;

/** True when any part of it is known only after an apply. */
export function hasUnknown(value: Value | undefined): boolean {
  if (value === undefined) return false;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isProperties(value) ? Object.values(value).some(hasUnknown) : value === UNKNOWN;
}

/** Every string that stands inside a secret; short ones are left out, they would match by chance. */
export function secretTexts(value: Value, inside = false): readonly string[] {
  if (typeof value === "string") return inside && value.length >= 4 && value !== UNKNOWN ? [value] : [];
  if (Array.isArray(value)) return (value as readonly Value[]).flatMap((item) => secretTexts(item, inside));
  if (!isProperties(value)) return [];
  const held: readonly Value[] = isSecret(value) ? [value["value"] ?? null] : Object.values(value);
  return held.flatMap((item) => secretTexts(item, inside || isSecret(value)));
}

/** Marks what was secret in `like` at the same place, and every text that repeats a secret of it. */
export function carrySecrets(value: Value, like: Value): Value {
  const texts = secretTexts(like);
  const marked = markLike(value, like);
  if (texts.length === 0) return marked;
  return mapValue(marked, (item) => {
    if (isSecret(item)) return item;
    return typeof item === "string" && texts.some((text) => item.includes(text)) ? asSecret(item) : undefined;
  });
}

function markLike(value: Value, like: Value | undefined): Value {
  if (like === undefined) return value;
  if (isSecret(like)) return asSecret(value);
  if (Array.isArray(value) && Array.isArray(like)) {
    return value.map((item: Value, at) => markLike(item, (like as readonly Value[])[at]));
  }
  if (!isProperties(value) || !isProperties(like)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, markLike(item, like[name])]));
}

/** Puts what `source` knows at places that were hidden when written; used to read a world back. */
export const restoreHidden = (value: Value, source: Value | undefined): Value =>
  mapWith(value, source, (item, known) => (item === HIDDEN ? asSecret(known ?? HIDDEN) : undefined));

/** What the cloud makes up, and so nobody knows at preview, becomes unknown; what was asked for stays. */
export function unknownUnlessGiven(outputs: Value, inputs: Value | undefined): Value {
  if (inputs === undefined) return UNKNOWN;
  if (!isProperties(outputs) || !isProperties(inputs) || isSecret(inputs)) return inputs;
  return Object.fromEntries(
    Object.entries(outputs).map(([name, item]) => [name, unknownUnlessGiven(item, inputs[name])]),
  );
}

/** What was asked for but is not known yet stays unknown, and so does every text made from it. */
export const keepUnknown = (outputs: Value, inputs: Value | undefined): Value =>
  mapWith(outputs, inputs, (output, input) =>
    input === UNKNOWN || (typeof output === "string" && output.includes(UNKNOWN)) ? UNKNOWN : undefined,
  );

function mapWith(
  value: Value,
  beside: Value | undefined,
  leaf: (value: Value, beside: Value | undefined) => Value | undefined,
): Value {
  const mapped = leaf(value, beside);
  if (mapped !== undefined) return mapped;
  if (Array.isArray(value)) {
    const items: readonly Value[] = Array.isArray(beside) ? beside : [];
    return value.map((item: Value, at) => mapWith(item, items[at], leaf));
  }
  if (!isProperties(value)) return value;
  const bag = isProperties(beside) ? beside : {};
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, mapWith(item, bag[name], leaf)]),
  );
}

/** Equal as JSON, whatever the order of keys. */
export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return (
      a.length === b.length && a.every((item: Value, at) => sameValue(item, (b as readonly Value[])[at]))
    );
  }
  if (!isProperties(a) || !isProperties(b)) return false;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => sameValue(a[name], b[name]));
}

/** The string at a path such as `["metadata", "name"]`; undefined when it is not there or not a string. */
export function textAt(value: Value | undefined, ...path: readonly string[]): string | undefined {
  const found = valueAt(value, ...path);
  return typeof found === "string" && found !== "" ? found : undefined;
}

/** The value at a path; undefined when anything on the way is missing. */
export function valueAt(value: Value | undefined, ...path: readonly string[]): Value | undefined {
  return path.reduce<Value | undefined>((at, name) => (isProperties(at) ? at[name] : undefined), value);
}

/** The objects of a list; what is no list, or not known yet, has none. */
export const objectsIn = (value: Value | undefined): readonly Properties[] =>
  Array.isArray(value) ? (value as readonly Value[]).filter(isProperties) : [];
