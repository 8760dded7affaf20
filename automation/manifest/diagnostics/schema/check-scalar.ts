import { closest } from "../closest";
import { advice, type Checks, type Finding, type Meeting } from "./finding";
import { nearForm } from "./near-form";
import { constantsOf, numberIn, propertiesOf, textIn } from "./schema-node";
import { choices, explained, givenWords, listed, subject, typeNames, typeOf, valueWords } from "./words";

/** What YAML 1.1 took for booleans; 1.2 reads them as text. */
const OLD_BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...["yes", "y", "on"].map((word) => [word, true] as const),
  ...["no", "n", "off"].map((word) => [word, false] as const),
]);

const accepts = (names: readonly string[], value: unknown): boolean =>
  names.includes(typeOf(value)) || (names.includes("integer") && Number.isInteger(value));

/** A scalar without the quotes of a sentence. */
const valueText = (value: unknown): string => (typeof value === "string" ? value : valueWords(value));

/** How to turn what was written into the type that is taken. */
function retype(
  checks: Checks,
  { node, value, path }: Meeting,
  names: readonly string[],
): string | undefined {
  if (value === null) return undefined;
  if (typeof value === "object") return undefined;
  const text = valueText(value);
  if (names.includes("boolean") && typeof value === "string") {
    const meant =
      OLD_BOOLEANS.get(value.toLowerCase()) ?? (/^(true|false)$/i.test(value) ? value : undefined);
    return meant === undefined ? undefined : `write ${String(meant).toLowerCase()}`;
  }
  const isNumeric = typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value));
  if (isNumeric && (names.includes("number") || names.includes("integer")))
    return `remove the quotes: ${text}`;
  if (names.includes("string") && (typeof value === "number" || typeof value === "boolean")) {
    const quoted = checks.written(path) ?? text;
    return checks.check({ ...node, type: "string" }, quoted, path).length > 0
      ? undefined
      : `quote it: "${quoted}"`;
  }
  return names.includes("array") ? `write it as a list: [${text}]` : undefined;
}

/** Another type than the node takes: then nothing else about the value is worth saying. */
export function checkType(checks: Checks, meeting: Meeting): readonly Finding[] {
  const names = typeNames(meeting.node);
  if (names.length === 0 || accepts(names, meeting.value)) return [];
  const constants = constantsOf(checks.root, meeting.node);
  return [constants ? wrongConstant(meeting, constants) : wrongType(checks, meeting, names)];
}

const keysOf = (checks: Checks, node: Meeting["node"]): string | undefined => {
  const keys = [...propertiesOf(checks.root, node).keys()];
  return keys.length > 0
    ? `write a mapping with the key${keys.length > 1 ? "s" : ""} ${listed(keys)}`
    : undefined;
};

const whenEmpty = (taken: string, words: string | undefined): string =>
  `write ${taken}${words === undefined ? "" : ` (${words.replace("write a mapping with", "with")})`}; a key that is not needed can be left out`;

/** Says what was given, what is taken, and how to get from one to the other. */
export function wrongType(
  checks: Checks,
  meeting: Meeting,
  types: readonly string[],
  constants: readonly unknown[] = [],
): Finding {
  const { node, value, path } = meeting;
  const given = value === null ? "and it is empty" : `not ${givenWords(value, checks.written(path))}`;
  const texts = constants.filter((each): each is string => typeof each === "string");
  const near = typeof value === "string" ? closest(value, texts) : undefined;
  const taken = choices(constants, types);
  const isDescribed = types.includes("string") || "examples" in node;
  const words = isDescribed ? explained(node) : undefined;
  const keys = types.includes("object") ? keysOf(checks, node) : undefined;
  const step = retype(checks, meeting, types) ?? words ?? keys ?? `write ${taken}`;
  const fix = value === null ? whenEmpty(taken, words ?? keys) : step;
  return {
    code: "MRD1103",
    message: `${subject(path)} must be ${taken}, ${given}`,
    path,
    part: "value",
    ...advice(near && `did you mean "${near}"?`, fix),
  };
}

/** `const` and `enum`: what was given, what is near, what there is. */
export function wrongConstant({ node, value, path }: Meeting, allowed: readonly unknown[]): Finding {
  const texts = allowed.filter((each): each is string => typeof each === "string");
  const near = typeof value === "string" ? closest(value, texts) : undefined;
  const [only] = allowed;
  const isOnly = allowed.length === 1;
  return {
    code: "MRD1104",
    message: isOnly
      ? `${subject(path)} must be ${listed([only])}, not ${valueWords(value)}`
      : `${subject(path)} is ${valueWords(value)}, which is not one of the values it takes`,
    path,
    part: "value",
    ...advice(
      near && `did you mean "${near}"?`,
      textIn(node, "x-fix") ?? (isOnly ? `write ${listed([only])}` : `use one of ${listed(allowed)}`),
    ),
  };
}

/** Equal as the schema means it: mappings and lists by what they hold. */
export const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

export function checkConstant({ node, value, path }: Meeting): readonly Finding[] {
  const allowed = "const" in node ? [node["const"]] : node["enum"];
  if (!Array.isArray(allowed) || allowed.some((each) => same(each, value))) return [];
  return [wrongConstant({ node, value, path }, allowed)];
}

/** ajv compiles patterns as Unicode expressions; so do we. */
const matches = (pattern: string, text: string): boolean => new RegExp(pattern, "u").test(text);

const characters = (text: string): number => [...text].length;

export function checkText({ node, value, path }: Meeting<string>): readonly Finding[] {
  const pattern = textIn(node, "pattern");
  const form = { path, part: "value" } as const;
  const lengthFinding = checkLength(node, characters(value), "character", {
    ...form,
    subject: subject(path),
  });
  if (lengthFinding || pattern === undefined || matches(pattern, value))
    return lengthFinding ? [lengthFinding] : [];
  const near = nearForm(value, (candidate) => matches(pattern, candidate));
  return [
    {
      code: "MRD1105",
      message: `${subject(path)} cannot be ${valueWords(value)}`,
      ...form,
      ...advice(near && `did you mean "${near}"?`, explained(node) ?? `it must match ${pattern}`),
    },
  ];
}

/** The keywords that bound a length, for text, lists and mappings. */
const LENGTHS = {
  character: ["minLength", "maxLength", "characters"],
  entry: ["minItems", "maxItems", "entries"],
  key: ["minProperties", "maxProperties", "keys"],
} as const;

/** Too short or too long, whatever is counted. */
export function checkLength(
  node: Meeting["node"],
  count: number,
  unit: keyof typeof LENGTHS,
  at: Pick<Finding, "path" | "part"> & { readonly subject: string },
): Finding | undefined {
  const [least, most, plural] = LENGTHS[unit];
  const minimum = numberIn(node, least) ?? 0;
  const maximum = numberIn(node, most) ?? Number.POSITIVE_INFINITY;
  if (count >= minimum && count <= maximum) return undefined;
  const bound = count < minimum ? `at least ${minimum}` : `at most ${maximum}`;
  const noun = (count < minimum ? minimum : maximum) === 1 ? unit : plural;
  const { subject: name, path, part } = at;
  return {
    code: "MRD1107",
    message: count === 0 ? `${name} is empty` : `${name} must have ${bound} ${noun}, not ${count}`,
    path,
    part,
    ...advice(undefined, `give it ${bound} ${noun}`),
  };
}

/** `from 1 to 65535`, `1 or more`, `less than 5`. */
function rangeWords(node: Meeting["node"]): string {
  const low = numberIn(node, "minimum");
  const high = numberIn(node, "maximum");
  if (low !== undefined && high !== undefined) return `from ${low} to ${high}`;
  const above = numberIn(node, "exclusiveMinimum");
  const below = numberIn(node, "exclusiveMaximum");
  const parts = [
    low === undefined ? undefined : `${low} or more`,
    high === undefined ? undefined : `${high} or less`,
    above === undefined ? undefined : `above ${above}`,
    below === undefined ? undefined : `below ${below}`,
  ];
  return parts.filter((part) => part !== undefined).join(" and ");
}

const isOutside = (node: Meeting["node"], value: number): boolean =>
  value < (numberIn(node, "minimum") ?? Number.NEGATIVE_INFINITY) ||
  value > (numberIn(node, "maximum") ?? Number.POSITIVE_INFINITY) ||
  value <= (numberIn(node, "exclusiveMinimum") ?? Number.NEGATIVE_INFINITY) ||
  value >= (numberIn(node, "exclusiveMaximum") ?? Number.POSITIVE_INFINITY);

export function checkNumber({ node, value, path }: Meeting<number>): readonly Finding[] {
  const step = numberIn(node, "multipleOf");
  const isUneven = step !== undefined && !Number.isInteger(value / step);
  if (!isUneven && !isOutside(node, value)) return [];
  const range = rangeWords(node);
  const taken = [isUneven ? `a multiple of ${step}` : "", range].filter((words) => words !== "").join(" ");
  return [
    {
      code: "MRD1106",
      message: `${subject(path)} must be ${taken}, not ${value}`,
      path,
      part: "value",
      ...advice(undefined, `use a number ${taken}`),
    },
  ];
}
