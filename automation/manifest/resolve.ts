/**
 * Written → meant: every default filled in, durations in seconds, money split.
 *
 * Follows the published schema, so what editors show as a default is what the code gets. Total for every
 * manifest the schema accepts; a test holds it equal to what the schema's own source parses to.
 */
import { moneyOf, secondsOf } from "./quantities";
import type { SchemaNode } from "./diagnostics/schema/schema-node";
import type { ResolvedManifest } from "./schema/manifest";

type Resolver = (written: unknown) => unknown;
type Entry = readonly [key: string, resolver: Resolver | undefined, fallback: unknown];

/** Definitions that mean something else than they say. */
const MEANINGS: Readonly<Record<string, Resolver>> = {
  Duration: (written) => secondsOf(String(written)),
  Money: (written) => moneyOf(String(written)),
};

const isNode = (value: unknown): value is SchemaNode =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isRecord = isNode;

/** Compiles one schema; `undefined` where a value means what it says, so it need not be copied. */
class ResolverCompiler {
  private readonly byName = new Map<string, Resolver | undefined>();

  constructor(private readonly definitions: SchemaNode) {}

  compile(node: SchemaNode): Resolver | undefined {
    const reference = node["$ref"];
    if (typeof reference === "string") return this.named(reference.split("/").at(-1) ?? "");
    if (Array.isArray(node["oneOf"])) return this.union(node, node["oneOf"].filter(isNode));
    if (isNode(node["items"])) return this.list(node["items"]);
    if (isNode(node["properties"])) return this.object(node["properties"]);
    return isNode(node["additionalProperties"]) ? this.map(node["additionalProperties"]) : undefined;
  }

  private named(name: string): Resolver | undefined {
    if (!this.byName.has(name)) {
      const definition = this.definitions[name];
      this.byName.set(name, MEANINGS[name] ?? (isNode(definition) ? this.compile(definition) : undefined));
    }
    return this.byName.get(name);
  }

  private union(node: SchemaNode, branches: readonly SchemaNode[]): Resolver | undefined {
    const discriminator = isNode(node["discriminator"]) ? String(node["discriminator"]["propertyName"]) : "";
    const resolvers = new Map(
      branches.map((branch) => [constantOf(branch, discriminator), this.compile(branch)]),
    );
    return (written) => {
      const resolver = isRecord(written) ? resolvers.get(written[discriminator]) : undefined;
      return resolver === undefined ? written : resolver(written);
    };
  }

  private list(items: SchemaNode): Resolver | undefined {
    const resolver = this.compile(items);
    return resolver && ((written) => (Array.isArray(written) ? written.map(resolver) : written));
  }

  private map(values: SchemaNode): Resolver | undefined {
    const resolver = this.compile(values);
    if (resolver === undefined) return undefined;
    return (written) =>
      isRecord(written)
        ? Object.fromEntries(Object.entries(written).map(([key, value]) => [key, resolver(value)]))
        : written;
  }

  private object(properties: SchemaNode): Resolver | undefined {
    const entries = Object.entries(properties).flatMap(([key, node]): readonly Entry[] => {
      if (!isNode(node)) return [];
      const resolver = this.compile(node);
      return resolver === undefined && node["default"] === undefined
        ? []
        : [[key, resolver, node["default"]]];
    });
    return entries.length === 0
      ? undefined
      : (written) => (isRecord(written) ? filled(written, entries) : written);
  }
}

function filled(written: SchemaNode, entries: readonly Entry[]): SchemaNode {
  const meant: Record<string, unknown> = { ...written };
  for (const [key, resolver, fallback] of entries) {
    const value = written[key] === undefined ? fallback : written[key];
    if (value !== undefined) meant[key] = resolver === undefined ? value : resolver(value);
  }
  return meant;
}

function constantOf(branch: SchemaNode, key: string): unknown {
  const property = isNode(branch["properties"]) ? branch["properties"][key] : undefined;
  return isNode(property) ? property["const"] : undefined;
}

/** The resolver of one published schema. */
export function resolverOf(schema: SchemaNode): (written: unknown) => ResolvedManifest {
  const definitions = isNode(schema["$defs"]) ? schema["$defs"] : {};
  let resolver: Resolver | undefined;
  return (written) => {
    resolver ??= new ResolverCompiler(definitions).compile(schema) ?? ((value) => value);
    return resolver(written) as ResolvedManifest;
  };
}
