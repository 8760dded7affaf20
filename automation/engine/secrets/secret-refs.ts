import type { SecretRef } from "../../fleet/specs/secret-ref";
import type { StackSpec } from "../../fleet/stack-spec";

function isRef(value: object): value is SecretRef {
  const names = Object.keys(value);
  return names.length === 1 && names[0] === "secret" && typeof Object.values(value)[0] === "string";
}

function namesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (typeof value !== "object" || value === null) return [];
  return isRef(value) ? [value.secret] : Object.values(value).flatMap(namesIn);
}

/** Names of the secrets a stack's program may ask for, sorted. */
export const secretNamesOf = ({ components }: Pick<StackSpec, "components">): readonly string[] =>
  [...new Set(namesIn(components))].sort();
