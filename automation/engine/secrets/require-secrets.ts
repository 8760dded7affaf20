import { stackId, type StackSpec } from "../../fleet/stack-spec";
import type { SecretSource, Target } from "../engine";
import { variableOf } from "./names";
import { secretError } from "./secret-error";
import { secretNamesOf } from "./secret-refs";

/**
 * Throws one error that names every secret missing for any of the stacks, each once, before any of them is
 * begun. The sandbox needs none.
 */
export function requireSecrets(specs: readonly StackSpec[], source: SecretSource, target: Target): void {
  if (target === "sandbox") return;
  const missing = new Map<string, string[]>();
  for (const spec of specs) {
    for (const secret of secretNamesOf(spec)) {
      if (source({ secret }) !== undefined) continue;
      missing.set(secret, [...(missing.get(secret) ?? []), stackId(spec)]);
    }
  }
  if (missing.size === 0) return;
  const what = missing.size === 1 ? "a secret is missing" : `${missing.size} secrets are missing`;
  throw secretError("MRD8001", `${what}, nothing was begun`, {
    facts: [...missing]
      .sort()
      .map(([name, stacks]) => `${variableOf(name)}  (${name}, for ${stacks.join(", ")})`),
  });
}
