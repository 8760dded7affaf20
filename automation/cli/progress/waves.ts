import type { PlatformPlan } from "../../fleet/plan/plan-platform";
import { type Ordered, stackWaves } from "../../fleet/stack-order";
import { stackId } from "../../fleet/stack-spec";
import { reversed } from "../../operate/rollout/run-stacks";
import type { PlannedStack, Waves } from "./run-view";
import type { RunVerb } from "./words";

type Stack = Ordered & { readonly platform: string };

/** A preview waits for nothing; a destroy goes the other way round. */
function ordered(stacks: readonly Stack[], verb: RunVerb): readonly Stack[] {
  if (verb === "destroy") return reversed(stacks);
  return verb === "apply" ? stacks : stacks.map(({ platform, stack }) => ({ platform, stack, after: [] }));
}

const planned = ({ platform, stack, after }: Stack): PlannedStack => ({
  stack: stackId({ platform, stack }),
  after: after.map((name) => stackId({ platform, stack: name })),
});

/** The stacks of all platforms in the waves a verb runs them in. */
export function wavesOf(plans: readonly Pick<PlatformPlan, "stacks">[], verb: RunVerb): Waves {
  const waves: PlannedStack[][] = [];
  for (const { stacks } of plans) {
    for (const [index, wave] of stackWaves(ordered(stacks, verb)).entries()) {
      waves[index] = [...(waves[index] ?? []), ...wave.map(planned)];
    }
  }
  return waves;
}
