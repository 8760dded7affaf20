/**
 * `oneOf` and `anyOf`: the one alternative that was meant, and only what is wrong with that one.
 *
 * A wrong `kind` or `engine` fails every alternative in every way; a person made one mistake.
 */

import { closest } from "../closest";
import { type Mapping, missingKeys, unknownKey } from "./check-mapping";
import { same, wrongConstant, wrongType } from "./check-scalar";
import type { Checks, Finding, Meeting } from "./finding";
import { constantsOf, nodeOf, propertiesOf, type SchemaNode, textsOf } from "./schema-node";
import { either, subject, typeNames, typeOf } from "./words";

/** The key whose value tells the alternatives apart, and the alternatives by that value. */
interface Discriminator {
  readonly key: string;
  readonly byValue: ReadonlyMap<unknown, readonly SchemaNode[]>;
  readonly withoutIt: readonly SchemaNode[];
}

const isMapping = (value: unknown): value is Mapping => typeOf(value) === "object";

/** Types an alternative takes, through its own alternatives; none means any. */
function typesOf(checks: Checks, node: SchemaNode): readonly string[] {
  const names = typeNames(node);
  if (names.length > 0) return names;
  const constants = constantsOf(checks.root, node);
  if (constants) return constants.map(typeOf);
  if ("properties" in node || "required" in node) return ["object"];
  const inner = [node["anyOf"], node["oneOf"]].flatMap((each) =>
    Array.isArray(each) ? each.map(nodeOf) : [],
  );
  const each = inner.map((alternative) => typesOf(checks, checks.resolve(alternative)));
  return each.some((types) => types.length === 0) ? [] : each.flat();
}

function takesType(checks: Checks, node: SchemaNode, value: unknown): boolean {
  const types = typesOf(checks, node);
  return (
    types.length === 0 ||
    types.includes(typeOf(value)) ||
    (types.includes("integer") && Number.isInteger(value))
  );
}

function discriminate(checks: Checks, key: string, nodes: readonly SchemaNode[]): Discriminator | undefined {
  const byValue = new Map<unknown, readonly SchemaNode[]>();
  for (const node of nodes) {
    const property = propertiesOf(checks.root, node).get(key);
    const constants = property && constantsOf(checks.root, property);
    if (constants === undefined) return undefined;
    for (const constant of constants) byValue.set(constant, [...(byValue.get(constant) ?? []), node]);
  }
  const tellsApart = [...byValue.values()].some((each) => each.length < nodes.length);
  const withoutIt = nodes.filter((node) => !textsOf(node["required"]).includes(key));
  return tellsApart ? { key, byValue, withoutIt } : undefined;
}

function discriminatorOf(
  checks: Checks,
  node: SchemaNode,
  nodes: readonly SchemaNode[],
): Discriminator | undefined {
  const [first] = nodes;
  if (first === undefined || nodes.length < 2) return undefined;
  const declared = nodeOf(node["discriminator"])["propertyName"];
  const keys = typeof declared === "string" ? [declared] : [...propertiesOf(checks.root, first).keys()];
  for (const key of keys) {
    const found = discriminate(checks, key, nodes);
    if (found) return found;
  }
  return undefined;
}

/** No alternative can be told; a misspelt key is named rather than the one it should be. */
function missingDiscriminator(
  checks: Checks,
  met: Meeting<Mapping>,
  { key, byValue }: Discriminator,
): Finding {
  const nodes = [...byValue.values()].flat();
  const known = new Set(nodes.flatMap((node) => [...propertiesOf(checks.root, node).keys()]));
  const misspelt = Object.keys(met.value).find(
    (each) => !known.has(each) && closest(each, [key]) !== undefined,
  );
  if (misspelt !== undefined) return unknownKey(met, misspelt, [key]);
  const node = { properties: { [key]: { enum: [...byValue.keys()] } } };
  return missingKeys(checks, { ...met, node }, [key]);
}

function byDiscriminator(checks: Checks, met: Meeting<Mapping>, found: Discriminator): readonly Finding[] {
  const { value, path, node } = met;
  const given = value[found.key];
  if (!Object.hasOwn(value, found.key)) {
    if (found.withoutIt.length === 0) return [missingDiscriminator(checks, met, found)];
    return nearest(checks, met, found.withoutIt);
  }
  const meant = found.byValue.get(given);
  if (meant === undefined) {
    return [wrongConstant({ node, value: given, path: [...path, found.key] }, [...found.byValue.keys()])];
  }
  return chooseFrom(checks, met, meant).map((finding) => ofAnother(checks, met, found, finding));
}

/** A key that another alternative takes says whose it is. */
function ofAnother(
  checks: Checks,
  { path }: Meeting<Mapping>,
  { key, byValue }: Discriminator,
  finding: Finding,
): Finding {
  const isOwn = finding.code === "MRD1101" && finding.path.length === path.length + 1;
  if (!isOwn || finding.hint !== undefined) return finding;
  const unknown = String(finding.path.at(-1));
  const owners = [...byValue].filter(([, nodes]) =>
    nodes.some((node) => propertiesOf(checks.root, node).has(unknown)),
  );
  if (owners.length === 0) return finding;
  return { ...finding, hint: `only with ${key}: ${either(owners.map(([value]) => String(value)))}` };
}

const hasHint = (findings: readonly Finding[]): boolean => findings.some(({ hint }) => hint !== undefined);

/** Without a key that says which one was meant: the alternative with the least wrong. */
function nearest(checks: Checks, { value, path }: Meeting, nodes: readonly SchemaNode[]): readonly Finding[] {
  let best: readonly Finding[] | undefined;
  for (const node of nodes) {
    const findings = checks.check(node, value, path);
    if (findings.length === 0) return [];
    const isBetter =
      best === undefined ||
      findings.length < best.length ||
      (findings.length === best.length && hasHint(findings) && !hasHint(best));
    if (isBetter) best = findings;
  }
  return best ?? [];
}

/** `oneOf: [{required: [a]}, {required: [b]}]` says "one of the two": say that, rather than "a is missing". */
function missingOneOf(
  { path, value }: Meeting,
  nodes: readonly SchemaNode[],
): readonly Finding[] | undefined {
  const isBare = (node: SchemaNode): boolean =>
    Object.keys(node).every((key) => key === "required" || key === "type");
  if (!isMapping(value) || nodes.length < 2 || !nodes.every(isBare)) return undefined;
  const choices = nodes.map((node) => textsOf(node["required"]).join(" with "));
  const message = `${subject(path)} lacks ${either(choices)}`;
  return [{ code: "MRD1102", message, path, part: "key", fix: `add one of ${choices.join(", ")}` }];
}

function chooseFrom(checks: Checks, met: Meeting, nodes: readonly SchemaNode[]): readonly Finding[] {
  const { value, node } = met;
  const [only, ...others] = nodes;
  if (only !== undefined && others.length === 0) return checks.check(only, value, met.path);
  if (isMapping(value)) {
    const found = discriminatorOf(checks, node, nodes);
    if (found) return byDiscriminator(checks, { ...met, value }, found);
  }
  const findings = nearest(checks, met, nodes);
  return findings.length === 0 ? [] : (missingOneOf(met, nodes) ?? findings);
}

function severalHold(
  checks: Checks,
  { value, path }: Meeting,
  nodes: readonly SchemaNode[],
): readonly Finding[] {
  const holding = nodes.filter((node) => checks.check(node, value, path).length === 0);
  if (holding.length < 2) return [];
  const keys = holding.flatMap((node) => textsOf(node["required"]));
  const excluded = keys.length > 0 ? [...new Set(keys)].join(" and ") : "several alternatives";
  const message = `${subject(path)} has ${excluded}, and takes only one of them`;
  return [{ code: "MRD1109", message, path, part: "key", fix: "keep only one of them" }];
}

/** No alternative takes a value of this type, or only as one of a few words: say all that is taken. */
function wrongChoice(checks: Checks, met: Meeting, nodes: readonly SchemaNode[]): Finding {
  const open = nodes.filter((each) => constantsOf(checks.root, each) === undefined);
  const constants = nodes.flatMap((each) => constantsOf(checks.root, each) ?? []);
  if (open.length === 0) return wrongConstant(met, constants);
  const types = open.flatMap((each) => typesOf(checks, each));
  return wrongType(checks, { ...met, node: { ...open[0], ...met.node } }, types, constants);
}

/** What is wrong with a value that must fit one (`oneOf`: exactly one) of several schemas. */
export function checkAlternatives(
  checks: Checks,
  met: Meeting,
  alternatives: readonly SchemaNode[],
  exactlyOne: boolean,
): readonly Finding[] {
  const nodes = alternatives.map((each) => checks.resolve(each));
  const fitting = nodes.filter((each) => takesType(checks, each, met.value));
  const constants = constantsOf(checks.root, { anyOf: fitting });
  const isOther = constants !== undefined && !constants.some((each) => same(each, met.value));
  if (fitting.length === 0 || isOther) return [wrongChoice(checks, met, nodes)];
  const findings = chooseFrom(checks, met, fitting);
  return findings.length === 0 && exactlyOne ? severalHold(checks, met, fitting) : findings;
}
