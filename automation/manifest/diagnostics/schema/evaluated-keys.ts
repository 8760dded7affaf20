import type { Checks } from "./finding";
import { namedNodes, nodeOf, nodesOf, type SchemaNode } from "./schema-node";

/** What `unevaluatedProperties` leaves alone: the keys some applied schema has looked at. */
export interface EvaluatedKeys {
  readonly names: readonly string[];
  readonly takes: (key: string) => boolean;
}

const holds = (checks: Checks, node: SchemaNode, value: unknown): boolean =>
  checks.check(node, value, []).length === 0;

/** Schemas applied in place: all of `allOf`, the alternatives that hold, the branch `if` chose. */
function appliedTo(checks: Checks, node: SchemaNode, value: unknown): readonly SchemaNode[] {
  const alternatives = [...nodesOf(node["anyOf"]), ...nodesOf(node["oneOf"])];
  const condition = node["if"] === undefined ? undefined : nodeOf(node["if"]);
  const chosen =
    condition && holds(checks, condition, value) ? [condition, nodeOf(node["then"])] : [nodeOf(node["else"])];
  const dependent = namedNodes(node["dependentSchemas"])
    .filter(([key]) => typeof value === "object" && value !== null && Object.hasOwn(value, key))
    .map(([, schema]) => schema);
  return [
    ...nodesOf(node["allOf"]),
    ...alternatives.filter((each) => holds(checks, each, value)),
    ...(condition ? chosen : []),
    ...dependent,
  ].map((each) => checks.resolve(each));
}

/** Every key that a schema, or one applied in place with it, has an opinion about. */
export function evaluatedKeys(checks: Checks, node: SchemaNode, value: unknown): EvaluatedKeys {
  const inner = appliedTo(checks, node, value).map((each) => evaluatedKeys(checks, each, value));
  const own = namedNodes(node["properties"]).map(([name]) => name);
  const patterns = namedNodes(node["patternProperties"]).map(([pattern]) => new RegExp(pattern, "u"));
  const isOpen = node["additionalProperties"] !== undefined;
  return {
    names: [...new Set([...own, ...inner.flatMap(({ names }) => names)])],
    takes: (key) =>
      isOpen ||
      own.includes(key) ||
      patterns.some((pattern) => pattern.test(key)) ||
      inner.some(({ takes }) => takes(key)),
  };
}
