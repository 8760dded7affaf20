import type { StackSpec } from "../../fleet/stack-spec";
import { stackId } from "../../fleet/stack-spec";
import type { SecretSource, Target } from "../engine";
import { variableOf } from "./names";
import { placeholderSecret } from "./placeholder";
import { secretError } from "./secret-error";
import { secretNamesOf } from "./secret-refs";

/** Shorter values occur in any text by chance. */
export const SHORTEST_SECRET = 4;

/** Values by name. */
export type ResolvedSecrets = ReadonlyMap<string, string>;

/**
 * Every secret of a stack, or one error that names all that are missing. The sandbox touches nothing
 * real, so there a placeholder does.
 */
export const resolveSecrets = (
  spec: Pick<StackSpec, "platform" | "stack" | "components">,
  source: SecretSource,
  target: Target,
): ResolvedSecrets => resolveNames(stackId(spec), secretNamesOf(spec), source, target);

/** resolveSecrets() of names that stand in no specification. */
export function resolveNames(
  stack: string,
  names: readonly string[],
  source: SecretSource,
  target: Target,
): ResolvedSecrets {
  const found = new Map<string, string>();
  const missing: string[] = [];
  for (const secret of names) {
    const value = source({ secret }) ?? (target === "sandbox" ? placeholderSecret({ secret }) : undefined);
    if (value === undefined) missing.push(secret);
    else found.set(secret, value);
  }
  if (missing.length > 0) throw missingError(stack, missing);
  const short = [...found].filter(([, value]) => value.length < SHORTEST_SECRET).map(([name]) => name);
  if (short.length > 0) throw shortError(stack, short);
  return found;
}

function missingError(stack: string, missing: readonly string[]): Error {
  const what = missing.length === 1 ? "the secret" : `${missing.length} secrets:`;
  return secretError("MRD8001", `${stack} needs ${what} ${missing.join(", ")}`, {
    stack,
    facts: missing.map((name) => `${name}: ${variableOf(name)}, or the file ${name} in MERIDIAN_SECRETS_DIR`),
  });
}

const shortError = (stack: string, names: readonly string[]): Error =>
  secretError("MRD8002", `${names.join(", ")} of ${stack} must have at least ${SHORTEST_SECRET} characters`, {
    stack,
  });
