/** Reading a JSON Schema (2020-12) as data: references followed, properties gathered. */

/** One schema; `false` schemas are written as `{ not: {} }` here. */
export type SchemaNode = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is SchemaNode =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A subschema as a node: `true` takes everything, `false` nothing. */
export function nodeOf(schema: unknown): SchemaNode {
  if (isRecord(schema)) return schema;
  return schema === false ? { not: {} } : {};
}

export const nodesOf = (value: unknown): readonly SchemaNode[] =>
  Array.isArray(value) ? value.map(nodeOf) : [];

/** The subschemas of `properties`, `patternProperties` and their like, by key. */
export const namedNodes = (value: unknown): readonly (readonly [string, SchemaNode])[] =>
  isRecord(value) ? Object.entries(value).map(([name, schema]) => [name, nodeOf(schema)] as const) : [];

export const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];

export const numberIn = (node: SchemaNode, keyword: string): number | undefined => {
  const value = node[keyword];
  return typeof value === "number" ? value : undefined;
};

export const textIn = (node: SchemaNode, keyword: string): string | undefined => {
  const value = node[keyword];
  return typeof value === "string" ? value : undefined;
};

function atPointer(root: SchemaNode, pointer: string): SchemaNode {
  const tokens = decodeURIComponent(pointer).split("/").slice(1);
  const found = tokens.reduce<unknown>((value, token) => {
    const key = token.replaceAll("~1", "/").replaceAll("~0", "~");
    return typeof value === "object" && value !== null ? (value as SchemaNode)[key] : undefined;
  }, root);
  return nodeOf(found);
}

/** Where a definition's own description is kept when a property has one for its purpose. */
export const FORM = "x-form";

/** A chain of references longer than this is a loop. */
const MAX_REFERENCES = 32;

/** The node its references (`#/$defs/…`) stand for; what is written beside `$ref` has precedence. */
export function resolveNode(root: SchemaNode, node: SchemaNode): SchemaNode {
  let resolved = node;
  for (let step = 0; step < MAX_REFERENCES; step += 1) {
    const { $ref: reference, ...beside } = resolved;
    if (typeof reference !== "string") return resolved;
    const target = atPointer(root, reference);
    const form = "description" in beside ? { [FORM]: target["description"] } : {};
    resolved = { ...target, ...form, ...beside };
  }
  return {};
}

/** Properties a node declares itself or through `allOf`, resolved. */
export function propertiesOf(root: SchemaNode, node: SchemaNode): ReadonlyMap<string, SchemaNode> {
  const resolved = resolveNode(root, node);
  const inherited = nodesOf(resolved["allOf"]).flatMap((part) => [...propertiesOf(root, part)]);
  const own = namedNodes(resolved["properties"]).map(
    ([name, property]) => [name, resolveNode(root, property)] as const,
  );
  return new Map([...inherited, ...own]);
}

/** The fixed values a node takes: its `const`, its `enum`, or those of all its alternatives. */
export function constantsOf(root: SchemaNode, node: SchemaNode): readonly unknown[] | undefined {
  const resolved = resolveNode(root, node);
  if ("const" in resolved) return [resolved["const"]];
  if (Array.isArray(resolved["enum"])) return resolved["enum"] as readonly unknown[];
  const alternatives = nodesOf(resolved["anyOf"] ?? resolved["oneOf"]);
  if (alternatives.length === 0) return undefined;
  const each = alternatives.map((alternative) => constantsOf(root, alternative));
  return each.every((values) => values !== undefined) ? each.flat() : undefined;
}
