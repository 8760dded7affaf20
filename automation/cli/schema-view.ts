/** A published JSON Schema as a tree of fields that can be explained. */
export type Node = Readonly<Record<string, unknown>>;

export interface Field {
  readonly node: Node;
  readonly required: boolean;
  readonly description?: string;
}

export interface SchemaView {
  readonly root: Node;
  /** Follows `$ref`, keeping what stands beside it. */
  readonly resolve: (node: Node) => Node;
  readonly fieldsOf: (node: Node) => ReadonlyMap<string, Field>;
  /** What any key (of a map) or any item (of a list) leads to. */
  readonly itemsOf: (node: Node) => ((key: string) => Node | undefined) | undefined;
  readonly typeOf: (node: Node) => string;
  readonly valuesOf: (node: Node) => readonly string[];
  readonly descriptionOf: (node: Node) => string | undefined;
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const nodes = (value: unknown): readonly Node[] => (Array.isArray(value) ? value.filter(isNode) : []);
const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];

function typeName(node: Node, resolve: SchemaView["resolve"], reference: string | undefined): string {
  if (reference !== undefined) return reference;
  if (node["const"] !== undefined) return JSON.stringify(node["const"]);
  if (Array.isArray(node["enum"])) return "enum";
  if (Array.isArray(node["oneOf"])) return "union";
  if (node["type"] === "array" && isNode(node["items"]))
    return `${typeName(resolve(node["items"]), resolve, nameOf(node["items"]))}[]`;
  if (node["type"] === "object" && isNode(node["additionalProperties"])) {
    const value = node["additionalProperties"];
    return `map of ${typeName(resolve(value), resolve, nameOf(value))}`;
  }
  return textOf(node["type"]) ?? "any";
}

const nameOf = (node: Node): string | undefined => textOf(node["$ref"])?.split("/").at(-1);

/** Reads a schema; definitions are looked up in its own `$defs`. */
export function viewOf(root: Node): SchemaView {
  const definitions = isNode(root["$defs"]) ? root["$defs"] : {};
  const resolve = (node: Node): Node => {
    const name = nameOf(node);
    const target = name === undefined ? undefined : definitions[name];
    if (!isNode(target)) return node;
    const beside = Object.entries(node).filter(([key]) => key !== "$ref");
    return { ...resolve(target), ...Object.fromEntries(beside) };
  };
  const fieldsOf = (node: Node): ReadonlyMap<string, Field> => {
    const { properties, required } = resolve(node);
    const needed = strings(required);
    return new Map(
      Object.entries(isNode(properties) ? properties : {}).map(([name, value]) => {
        const field = isNode(value) ? value : {};
        const description = textOf(field["description"]) ?? textOf(resolve(field)["description"]);
        return [
          name,
          {
            node: field,
            required: needed.includes(name),
            ...(description === undefined ? {} : { description }),
          },
        ];
      }),
    );
  };
  return {
    root,
    resolve,
    fieldsOf,
    itemsOf: (node) => {
      const { items, additionalProperties } = resolve(node);
      if (isNode(items))
        return (key) => (key === "items" || /^\d+$/.test(key) ? items : fieldsOf(items).get(key)?.node);
      return isNode(additionalProperties) ? () => additionalProperties : undefined;
    },
    typeOf: (node) => typeName(resolve(node), resolve, nameOf(node)),
    valuesOf: (node) => strings(resolve(node)["enum"]),
    descriptionOf: (node) => textOf(resolve(node)["description"]),
  };
}

/** Branches of a union, each by the value of its discriminator. */
export function branchesOf(
  view: SchemaView,
  node: Node,
): readonly { readonly name: string; readonly node: Node }[] {
  const { oneOf, discriminator } = view.resolve(node);
  const property = isNode(discriminator) ? textOf(discriminator["propertyName"]) : undefined;
  if (property === undefined) return [];
  return nodes(oneOf).flatMap((branch) => {
    const value = view.fieldsOf(branch).get(property)?.node["const"];
    return typeof value === "string" ? [{ name: value, node: branch }] : [];
  });
}
