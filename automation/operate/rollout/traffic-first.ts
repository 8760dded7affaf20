import type { Ordered } from "../../fleet/stack-order";
import { stackId, type StackSpec } from "../../fleet/stack-spec";

/** A stack with the order it has in this run. */
export interface OrderedStack extends Ordered {
  readonly platform: string;
  readonly spec: StackSpec;
}

/**
 * The order of one platform's stacks. Growing, traffic comes last: it sends users to regions that are there. When a
 * stack goes and all others stand already, it comes first: users leave before a port they use is closed.
 */
export function trafficFirst(
  stacks: readonly StackSpec[],
  listed: ReadonlySet<string>,
  orphans: readonly Pick<StackSpec, "platform" | "stack">[],
): readonly OrderedStack[] {
  const shrinks = orphans.some(({ platform }) => platform === stacks[0]?.platform);
  const traffic = stacks.find((spec) => isTraffic(spec, stacks));
  const turned = traffic !== undefined && shrinks && stacks.every((spec) => listed.has(stackId(spec)));
  return stacks.map((spec) => {
    const { platform, stack, after } = spec;
    if (!turned) return { platform, stack, after, spec };
    return { platform, stack, spec, after: spec === traffic ? [] : [...after, traffic.stack] };
  });
}

/** The global stack that waits for every region. */
function isTraffic({ kind, after }: StackSpec, stacks: readonly StackSpec[]): boolean {
  const regions = stacks.filter((spec) => spec.kind === "region");
  return kind === "global" && regions.length > 0 && regions.every(({ stack }) => after.includes(stack));
}
