/** The JSON Schemas that editors and Meridian itself judge manifests by. */
import { z } from "zod";
import { schemaFileOf } from "../schema-file";
import { KINDS } from "./manifest";

export type JsonSchema = Readonly<Record<string, unknown>>;

const BASE = "https://meridian.dev/schemas/";

interface Emitted {
  readonly zodSchema: z.core.$ZodTypes;
  readonly jsonSchema: z.core.JSONSchema.BaseSchema;
}

/** A union says which key tells its branches apart: one wrong `engine` is then one error, not thirty. */
function nameDiscriminator({ zodSchema, jsonSchema }: Emitted): void {
  const def = zodSchema._zod.def;
  if (def.type !== "union" || !("discriminator" in def)) return;
  jsonSchema["type"] = "object";
  jsonSchema["discriminator"] = { propertyName: String(def.discriminator) };
  jsonSchema["required"] = [String(def.discriminator)];
}

/** zod leaves them out of what it transforms, since they could be meant for either side: ours are as written. */
function keepExamples({ zodSchema, jsonSchema }: Emitted): void {
  const { examples } = z.globalRegistry.get(zodSchema) ?? {};
  if (Array.isArray(examples) && jsonSchema.$ref === undefined) jsonSchema["examples"] = examples;
}

function complete(emitted: Emitted): void {
  nameDiscriminator(emitted);
  keepExamples(emitted);
}

function schemaOf(kind: string, schema: z.ZodType): JsonSchema {
  const json = z.toJSONSchema(schema, { io: "input", target: "draft-2020-12", override: complete });
  return { ...json, $id: `${BASE}${schemaFileOf(kind)}`, title: kind };
}

/** Every published schema by file name; `manifest.schema.json` accepts any kind. */
export function publishedSchemas(): Readonly<Record<string, JsonSchema>> {
  const kinds = Object.entries(KINDS).map(
    ([kind, schema]) => [schemaFileOf(kind), schemaOf(kind, schema)] as const,
  );
  const any = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `${BASE}manifest.schema.json`,
    title: "Manifest",
    type: "object",
    required: ["kind"],
    discriminator: { propertyName: "kind" },
    oneOf: kinds.map(([file]) => ({ $ref: file })),
  };
  return Object.fromEntries([...kinds, ["manifest.schema.json", any]]);
}
