/** Holds custom resources to the schemas of their definitions, where a copy of these is at hand. */
import { Ajv, type ValidateFunction } from "ajv";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const folder = process.env["MERIDIAN_CRD_SCHEMAS"] ?? resolve(__dirname, "../../../shared/crd-schemas");

/** Why schema tests cannot run here; undefined when they can. */
export const missingSchemas = existsSync(folder)
  ? undefined
  : `no schemas at ${folder}: set MERIDIAN_CRD_SCHEMAS to a copy of github.com/datreeio/CRDs-catalog`;

if (missingSchemas !== undefined) console.warn(`skipped: ${missingSchemas}`);

/** `describe`, or a skipped one that says why. */
export const describeWithSchemas = missingSchemas === undefined ? describe : describe.skip;

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, unicodeRegExp: false });
const compiled = new Map<string, ValidateFunction>();

/** Every violation as `path: message`, unknown fields too; empty when the object is valid. */
export function violations(object: Readonly<Record<string, unknown>>): readonly string[] {
  const validate = validatorOf(String(object["apiVersion"]), String(object["kind"]));
  if (validate(object)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const unknown = (params as { additionalProperty?: string }).additionalProperty;
    return `${instancePath}: ${unknown === undefined ? (message ?? "") : `unknown field "${unknown}"`}`;
  });
}

function validatorOf(apiVersion: string, kind: string): ValidateFunction {
  const [group = "", version = ""] = apiVersion.split("/");
  const file = join(folder, group, `${kind.toLowerCase()}_${version}.json`);
  const known = compiled.get(file);
  if (known !== undefined) return known;
  const validate = ajv.compile(
    closed(whole(JSON.parse(readFileSync(file, "utf8")) as CustomSchema)) as object,
  );
  compiled.set(file, validate);
  return validate;
}

interface CustomSchema {
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** Some definitions leave out what every object has. */
const whole = (schema: CustomSchema): CustomSchema => ({
  ...schema,
  properties: { apiVersion: {}, kind: {}, metadata: {}, ...schema.properties },
});

/** The schema with unknown fields refused wherever its definition does not keep them. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const node = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  if (typeof node["pattern"] === "string") node["pattern"] = withoutFlags(node["pattern"]);
  const open = node["x-kubernetes-preserve-unknown-fields"] === true || "additionalProperties" in node;
  const described = typeof node["properties"] === "object" && node["type"] === "object";
  return described && !open ? { ...node, additionalProperties: false } : node;
}

/** Go writes "ignore case" into the pattern, JavaScript does not know it: `^(?i)ab$` becomes `^[aA][bB]$`. */
const withoutFlags = (pattern: string): string =>
  pattern.includes("(?i)")
    ? pattern.replaceAll("(?i)", "").replace(/[a-z]/gi, (x) => `[${x.toLowerCase()}${x.toUpperCase()}]`)
    : pattern;
