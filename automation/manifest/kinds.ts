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

/** What is left to say of a document whose kind nobody knows: one mistake, not thirty. */
const UNKNOWN = judgedBy(() => false, {
  type: "object",
  required: ["apiVersion", "kind"],
  properties: {
    apiVersion: { const: API_VERSION },
    kind: { enum: Object.keys(KINDS), description: "What the manifest describes." },
  },
});

export const KIND_NAMES = Object.keys(KINDS);

const isKind = (value: unknown): value is Kind => typeof value === "string" && Object.hasOwn(KINDS, value);

/** Schema and validator for a document, by its `kind`. */
export function kindOf(value: unknown): KindOfManifest {
  const kind: unknown =
    typeof value === "object" && value !== null && "kind" in value ? value.kind : undefined;
  return isKind(kind) ? KINDS[kind] : UNKNOWN;
}
