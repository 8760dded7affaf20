import { EngineError } from "../../engine/engine-error";
import type { Engine, StackResult, StackState, Target } from "../../engine/engine";
import type { PlatformPlan } from "../../fleet/plan/plan-platform";
import { stackId, type StackProvider, type StackSpec } from "../../fleet/stack-spec";

/** What is needed to remove a stack that no manifest describes any more. */
export type OrphanStack = Pick<StackSpec, "platform" | "stack" | "provider"> & { readonly state: StackState };

const PROVIDERS: readonly StackProvider[] = ["kubernetes", "cloudflare", "azure-native", "aws"];

/** The provider is read from what the stack holds: its spec is gone. */
const providerOf = ({ resources }: StackState): StackProvider =>
  PROVIDERS.find((provider) => resources.some(({ type }) => type.startsWith(`${provider}:`))) ?? "kubernetes";

/** Stacks that have state but no place in the plan: a region that was left, a shard that emptied. */
export async function findOrphans(
  plans: readonly PlatformPlan[],
  engine: Engine,
  target: Target,
): Promise<readonly OrphanStack[]> {
  const found = await Promise.all(
    plans.map(async ({ platform, stacks }) => {
      const wanted = new Set(stacks.map(stackId));
      const names = (await engine.list(platform, target)).filter((name) => !wanted.has(name));
      return Promise.all(
        names.map(async (name): Promise<OrphanStack> => {
          const stack = name.slice(platform.length + 1);
          const state = await engine.state({ platform, stack }, target);
          return { platform, stack, provider: providerOf(state), state };
        }),
      );
    }),
  );
  return found.flat();
}

/** Why it may not be removed: it holds data that is protected, and no manifest is left to say that it may go. */
export function refusalOf({ state }: OrphanStack): EngineError | undefined {
  const kept = state.resources.filter(({ protect }) => protect);
  const [first] = kept;
  if (first === undefined) return undefined;
  return new EngineError(
    "MRD5705",
    `${state.stack} is in no manifest any more, but holds ${first.type} "${first.name}", which is protected: nothing of it is removed`,
    {
      stack: state.stack,
      facts: kept.map(({ urn }) => `protected: ${urn}`),
      next: "bring it back into the manifests with `deletion: free` for that service, apply, and then take it away",
    },
  );
}

/** What removing it would do, without asking the engine. */
export const removalOf = ({ state }: OrphanStack): StackResult => ({
  stack: state.stack,
  steps: state.resources.map(({ urn, type, name }) => ({
    urn,
    type,
    name,
    operation: "delete",
    changed: [],
  })),
  seconds: 0,
});
