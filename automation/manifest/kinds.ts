/** What each kind of manifest is judged by: the published schema, compiled ahead of time. */
import exemption from "../../schemas/exemption.schema.json";
import platform from "../../schemas/platform.schema.json";
import priceBook from "../../schemas/price-book.schema.json";
import region from "../../schemas/region.schema.json";
import workspace from "../../schemas/workspace.schema.json";
import type { SchemaNode } from "./diagnostics/schema/schema-node";
import type { SchemaValidator } from "./diagnostics/schema-diagnostics";
import * as validators from "./generated/validators";
import { API_VERSION, type Kind } from "./schema/manifest";

export interface KindOfManifest {
  readonly validate: SchemaValidator;
  readonly schema: SchemaNode;
}

const KINDS: Readonly<Record<Kind, KindOfManifest>> = {
  Platform: { validate: validators.Platform, schema: platform },
  Region: { validate: validators.Region, schema: region },
  Workspace: { validate: validators.Workspace, schema: workspace },
  Exemption: { validate: validators.Exemption, schema: exemption },
  PriceBook: { validate: validators.PriceBook, schema: priceBook },
};

/** What is left to say of a document whose kind nobody knows: one mistake, not thirty. */
const UNKNOWN: KindOfManifest = {
  validate: () => false,
  schema: {
    type: "object",
    required: ["apiVersion", "kind"],
    properties: {
      apiVersion: { const: API_VERSION },
      kind: { enum: Object.keys(KINDS), description: "What the manifest describes." },
    },
  },
};

const isKind = (value: unknown): value is Kind => typeof value === "string" && Object.hasOwn(KINDS, value);

/** Schema and validator for a document, by its `kind`. */
export function kindOf(value: unknown): KindOfManifest {
  const kind: unknown =
    typeof value === "object" && value !== null && "kind" in value ? value.kind : undefined;
  return isKind(kind) ? KINDS[kind] : UNKNOWN;
}
