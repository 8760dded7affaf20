import { closest } from "../closest";
import { checkLength } from "./check-scalar";
import { advice, type Checks, type Finding, type Meeting } from "./finding";
import { evaluatedKeys } from "./evaluated-keys";
import { constantsOf, namedNodes, nodeOf, propertiesOf, textIn, textsOf } from "./schema-node";
import { either, explained, listed, placeholder, subject, valueWords } from "./words";

export type Mapping = Readonly<Record<string, unknown>>;
type Met = Meeting<Mapping>;

const quoted = (keys: readonly string[]): string => keys.map((key) => `"${key}"`).join(", ");

/** All keys missing from one mapping are one problem: a person adds them together. */
export function missingKeys(checks: Checks, { node, path }: Met, missing: readonly string[]): Finding {
  const known = propertiesOf(checks.root, node);
  const line = (key: string): string => {
    const property = known.get(key) ?? {};
    return `${key}: ${placeholder(property, constantsOf(checks.root, property))}`;
  };
  const words = missing.length === 1 ? textIn(known.get(missing[0] ?? "") ?? {}, "description") : undefined;
  return {
    code: "MRD1102",
    message: `${subject(path)} lacks the key${missing.length > 1 ? "s" : ""} ${quoted(missing)}`,
    path,
    part: "key",
    fix: `add ${missing.map(line).join("; ")}${words === undefined ? "" : ` (${words.replace(/\.$/, "")})`}`,
  };
}

/** The key that tells alternatives apart is told of by them, with its values. */
function missingFrom({ node, value }: Met): readonly string[] {
  const told = nodeOf(node["discriminator"])["propertyName"];
  return textsOf(node["required"]).filter((key) => key !== told && !Object.hasOwn(value, key));
}

/** A key misspelt is one mistake, not one key unknown and another missing. */
function checkRequired(checks: Checks, met: Met, others: readonly Finding[]): readonly Finding[] {
  const unknown = others.filter(({ code }) => code === "MRD1101").map(({ path }) => String(path.at(-1)));
  const isMisspelt = (key: string): boolean => unknown.some((each) => closest(each, [key]) !== undefined);
  const missing = missingFrom(met).filter((key) => !isMisspelt(key));
  return missing.length === 0 ? [] : [missingKeys(checks, met, missing)];
}

function freeKeys(free: readonly string[]): string {
  if (free.length === 0) return "remove it: all keys this takes are there";
  return free.length === 1 ? `the key it takes is ${listed(free)}` : `use one of ${listed(free)}`;
}

/** A key that is not one of those known here, with the known ones that are not taken yet. */
export function unknownKey({ value, path }: Met, key: string, known: readonly string[]): Finding {
  const free = known.filter((each) => !Object.hasOwn(value, each));
  const near = closest(key, free) ?? closest(key, known);
  return {
    code: "MRD1101",
    message: `unknown key "${key}" in ${subject(path)}`,
    path: [...path, key],
    part: "key",
    ...advice(near && `did you mean "${near}"?`, freeKeys(free)),
  };
}

/** The schemas that apply to the value of one key. */
function nodesFor(node: Meeting["node"], key: string): readonly Meeting["node"][] {
  const named = namedNodes(node["properties"]).filter(([name]) => name === key);
  const matching = namedNodes(node["patternProperties"]).filter(([pattern]) =>
    new RegExp(pattern, "u").test(key),
  );
  const own = [...named, ...matching].map(([, schema]) => schema);
  const additional = node["additionalProperties"];
  return own.length > 0 || additional === undefined ? own : [nodeOf(additional)];
}

function checkKeys(checks: Checks, met: Met, refused: ReadonlySet<unknown>): readonly Finding[] {
  const { node, value, path } = met;
  const closed = node["additionalProperties"] === false;
  const known = [...propertiesOf(checks.root, node).keys()];
  return Object.entries(value).flatMap(([key, member]) => {
    if (refused.has(key)) return [];
    const nodes = nodesFor(node, key);
    const declared = nodes.length > 0 && !(closed && nodes.every((each) => isNothing(each)));
    if (!declared) return closed ? [unknownKey(met, key, known)] : [];
    return nodes.flatMap((each) => checks.check(each, member, [...path, key]));
  });
}

const isNothing = (node: Meeting["node"]): boolean => {
  const refused = node["not"];
  return typeof refused === "object" && refused !== null && Object.keys(refused).length === 0;
};

function checkUnevaluated(checks: Checks, met: Met): readonly Finding[] {
  const { node, value } = met;
  if (node["unevaluatedProperties"] !== false) return [];
  const known = evaluatedKeys(checks, node, value);
  return Object.keys(value)
    .filter((key) => !known.takes(key))
    .map((key) => unknownKey(met, key, known.names));
}

function checkNames(checks: Checks, met: Met): readonly Finding[] {
  const { node, value, path } = met;
  if (node["propertyNames"] === undefined) return [];
  const names = checks.resolve(nodeOf(node["propertyNames"]));
  return Object.keys(value)
    .filter((key) => checks.check(names, key, path).length > 0)
    .map((key) => badName(checks, met, names, key));
}

function badName(checks: Checks, met: Met, names: Meeting["node"], key: string): Finding {
  const constants = constantsOf(checks.root, names);
  if (constants) return unknownKey(met, key, textsOf(constants));
  return {
    code: "MRD1105",
    message: `the key ${valueWords(key)} in ${subject(met.path)} is not a name it takes`,
    path: [...met.path, key],
    part: "key",
    ...advice(undefined, explained(names)),
  };
}

function checkDependents(checks: Checks, met: Met): readonly Finding[] {
  const { node, value, path } = met;
  const required = Object.entries((node["dependentRequired"] ?? {}) as Mapping).flatMap(([key, needs]) => {
    const missing = textsOf(needs).filter((need) => !Object.hasOwn(value, need));
    if (!Object.hasOwn(value, key) || missing.length === 0) return [];
    const message = `${subject([...path, key])} needs ${quoted(missing)} beside it`;
    const fix = `add ${either(missing)}, or remove ${key}`;
    return [{ code: "MRD1109", message, path: [...path, key], part: "key", fix } as const];
  });
  const schemas = namedNodes(node["dependentSchemas"]).flatMap(([key, schema]) =>
    Object.hasOwn(value, key) ? checks.check(schema, value, path) : [],
  );
  return [...required, ...schemas];
}

/** Everything wrong with a mapping: its keys and, below those it may have, its values. */
export function checkMapping(checks: Checks, met: Met): readonly Finding[] {
  const { node, value, path } = met;
  const count = Object.keys(value).length;
  const size = checkLength(node, count, "key", { path, part: "value", subject: subject(path) });
  const names = checkNames(checks, met);
  const refused = new Set(names.map((finding) => finding.path.at(-1)));
  const keys = [...names, ...checkKeys(checks, met, refused), ...checkUnevaluated(checks, met)];
  return [
    ...checkRequired(checks, met, keys),
    ...(size ? [size] : []),
    ...keys,
    ...checkDependents(checks, met),
  ];
}
