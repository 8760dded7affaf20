/** What each kind of manifest is judged by: the published schema, compiled ahead of time. */
import exemption from "../../schemas/exemption.schema.json";
import platform from "../../schemas/platform.schema.json";
import priceBook from "../../schemas/price-book.schema.json";
import region from "../../schemas/region.schema.json";
import workspace from "../../schemas/workspace.schema.json";
import type { SchemaNode } from "./diagnostics/schema/schema-node";
import type { SchemaValidator } from "./diagnostics/schema-diagnostics";
import * as validators from "./generated/validators";
import { API_VERSION } from "./api-version";
import { resolverOf } from "./resolve";
import type { Kind, ResolvedManifest } from "./schema/manifest";

export interface KindOfManifest {
  readonly validate: SchemaValidator;
  readonly schema: SchemaNode;
  /** Only for what `validate` accepts. */
  readonly resolve: (written: unknown) => ResolvedManifest;
}

const judgedBy = (validate: SchemaValidator, schema: SchemaNode): KindOfManifest => ({
  validate,
  schema,
  resolve: resolverOf(schema),
});

const KINDS: Readonly<Record<Kind, KindOfManifest>> = {
  Platform: judgedBy(validators.Platform, platform),
  Region: judgedBy(validators.Region, region),
  Workspace: judgedBy(validators.Workspace, workspace),
  Exemption: judgedBy(validators.Exemption, exemption),
  PriceBook: judgedBy(validators.PriceBook, priceBook),
};

const HEAD = {
  apiVersion: { const: API_VERSION },
  kind: { enum: Object.keys(KINDS), description: "What the manifest describes." },
} as const;

/** What is left to say of a document whose kind nobody knows: one mistake, not thirty. */
const UNKNOWN = judgedBy(() => false, { type: "object", required: ["apiVersion", "kind"], properties: HEAD });

/** Without a kind, a misspelt key at the top is most likely it. */
const NAMELESS = judgedBy(() => false, {
  type: "object",
  required: ["kind"],
  additionalProperties: false,
  properties: { ...HEAD, metadata: {}, spec: {} },
});

/** Somebody else's file, of which nothing but that is worth saying. */
const FOREIGN = judgedBy(() => false, {
  type: "object",
  required: ["apiVersion"],
  properties: {
    apiVersion: {
      ...HEAD.apiVersion,
      "x-fix": `move it out of the folder of manifests, or write apiVersion: ${API_VERSION}`,
    },
  },
});

export const KIND_NAMES = Object.keys(KINDS);

const isKind = (value: unknown): value is Kind => typeof value === "string" && Object.hasOwn(KINDS, value);

const keyOf = (value: unknown, key: "apiVersion" | "kind"): unknown =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;

const isOurs = (apiVersion: unknown): boolean =>
  typeof apiVersion !== "string" || apiVersion.startsWith("meridian");

/** Schema and validator for a document, by its `kind`. */
export function kindOf(value: unknown): KindOfManifest {
  const kind = keyOf(value, "kind");
  if (isKind(kind)) return KINDS[kind];
  if (!isOurs(keyOf(value, "apiVersion"))) return FOREIGN;
  return kind === undefined && typeof value === "object" && !Array.isArray(value) ? NAMELESS : UNKNOWN;
}
