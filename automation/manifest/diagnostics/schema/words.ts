import { formatPath, type ManifestPath } from "../manifest-path";
import type { SchemaNode } from "./schema-node";
import { FORM, nodesOf, textIn, textsOf } from "./schema-node";

/** The names JSON Schema has for types; integers are numbers too. */
export type TypeName = "null" | "boolean" | "number" | "string" | "array" | "object";

const LONGEST = 60;
const LISTED = 12;

const TYPE_WORDS: Readonly<Record<string, string>> = {
  null: "empty",
  boolean: "true or false",
  integer: "a whole number",
  number: "a number",
  string: "text",
  array: "a list",
  object: "a mapping",
};

export function typeOf(value: unknown): TypeName {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "array";
  const type = typeof value;
  return type === "boolean" || type === "number" || type === "string" ? type : "object";
}

/** What stands at a path, named from the top of the document. */
export const subject = (path: ManifestPath): string =>
  path.length === 0 ? "the manifest" : formatPath(path);

const cropped = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

/** A value of the wrong type in a sentence, numbers as they were written: `the number 1.10`. */
export function givenWords(value: unknown, written: string | undefined): string {
  if (typeof value === "string") return `the text ${valueWords(value)}`;
  return typeof value === "number" ? `the number ${written ?? value}` : valueWords(value);
}

/** A value in a sentence: `"abc"`, `5`, `a list`. */
export function valueWords(value: unknown): string {
  if (typeof value === "string") return cropped(JSON.stringify(value));
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return TYPE_WORDS[typeOf(value)] ?? "a value";
}

/** `a`, `a or b`, `a, b or c`. */
export function either(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} or ${last}`;
}

/** Values a person may choose from, as they would write them; a long list is cut. */
export function listed(values: readonly unknown[]): string {
  const words = values
    .slice(0, LISTED)
    .map((value) => (typeof value === "string" ? value : valueWords(value)));
  return `${words.join(", ")}${values.length > LISTED ? ` … (${values.length} in all)` : ""}`;
}

export const typeNames = (node: SchemaNode): readonly string[] => {
  const type = node["type"];
  return typeof type === "string" ? [type] : textsOf(type);
};

/** What it looks like rather than what it is for, without its last full stop, so that it can go on. */
const describedAs = (node: SchemaNode): string | undefined =>
  (textIn(node, FORM) ?? textIn(node, "description"))?.replace(/\.$/, "");

const exampleOf = (node: SchemaNode): string | undefined => {
  const examples: unknown = node["examples"];
  const first: unknown = Array.isArray(examples) ? examples[0] : undefined;
  if (typeof first === "object") return JSON.stringify(first);
  return first === undefined ? undefined : listed([first]);
};

/** Formats whose schema describes what the value is for, not what it looks like. */
const FORMATS: Readonly<Record<string, string>> = {
  date: "a date such as 2026-01-31",
  "date-time": "a time such as 2026-01-31T12:00:00Z",
  email: "an address such as team@example.com",
  uri: "an address such as https://example.com/",
};

const formatOf = (node: SchemaNode): string | undefined => FORMATS[textIn(node, "format") ?? ""];

/** The schema's own words on what it takes: `a whole number and its unit; for example 30s`. */
export function explained(node: SchemaNode): string | undefined {
  const format = formatOf(node);
  const words = format === undefined ? describedAs(node) : `write ${format}`;
  const example = exampleOf(node);
  if (example === undefined) return words;
  return words === undefined ? `for example ${example}` : `${words}; for example ${example}`;
}

/** What a value may be, alternatives together: `a whole number or auto`. */
export function choices(constants: readonly unknown[], types: readonly string[]): string {
  const words = [...new Set(types.map((name) => TYPE_WORDS[name] ?? name))];
  return either([...words, ...constants.slice(0, LISTED).map((value) => listed([value]))]);
}

/** One short way to say what may stand there: its values, an example, or its type. */
export function placeholder(node: SchemaNode, constants: readonly unknown[] | undefined): string {
  if (constants) return choices(constants, []);
  const alternatives = nodesOf(node["anyOf"] ?? node["oneOf"]);
  const types = [node, ...alternatives].filter((each) => !("const" in each)).flatMap(typeNames);
  const words = alternatives.filter((each) => "const" in each).map((each) => each["const"]);
  return (
    exampleOf(node) ?? formatOf(node) ?? (types.length + words.length > 0 ? choices(words, types) : "a value")
  );
}
