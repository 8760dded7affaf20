/** One command over many stacks: preview, apply or destroy them in their order, side by side. */
import type { Engine, Run, StackResult } from "../../engine/engine";
import type { PlatformPlan } from "../../fleet/plan/plan-platform";
import { stackId } from "../../fleet/stack-spec";
import { findOrphans, refusalOf, removalOf } from "./orphans";
import { reversed, runStacks, type StackOutcome } from "./run-stacks";
import { trafficFirst } from "./traffic-first";

export interface Rollout {
  readonly plans: readonly PlatformPlan[];
  readonly engine: Engine;
  readonly run: Run;
  /** Stacks at once. */
  readonly parallel: number;
}

export type RolloutOutcome = StackOutcome<StackResult>;

const presentStacks = async ({ plans, engine, run }: Rollout): Promise<ReadonlySet<string>> =>
  new Set((await Promise.all(plans.map(({ platform }) => engine.list(platform, run.target)))).flat());

const stacksOf = ({ plans }: Rollout) => plans.flatMap(({ stacks }) => stacks);

/** What `apply` would do to every stack; nothing waits, since nothing changes. */
export async function previewAll(rollout: Rollout): Promise<readonly RolloutOutcome[]> {
  const { engine, run, parallel, plans } = rollout;
  const independent = stacksOf(rollout).map((spec) => ({
    spec,
    platform: spec.platform,
    stack: spec.stack,
    after: [],
  }));
  const outcomes = await runStacks(independent, {
    parallel,
    signal: run.signal,
    run: ({ spec }) => engine.preview(spec, run),
  });
  const orphans = await findOrphans(plans, engine, run.target);
  return [
    ...outcomes,
    ...orphans.map((orphan): RolloutOutcome => {
      const [stack, error] = [stackId(orphan), refusalOf(orphan)];
      return error === undefined
        ? { status: "done", stack, result: removalOf(orphan) }
        : { status: "failed", stack, error };
    }),
  ];
}

/**
 * Makes it so. Users leave a region before anything of it changes; stacks that no manifest describes any more
 * go last, once everything else stands.
 */
export async function applyAll(rollout: Rollout): Promise<readonly RolloutOutcome[]> {
  const { engine, run, parallel, plans } = rollout;
  const orphans = await findOrphans(plans, engine, run.target);
  const listed = await presentStacks(rollout);
  const stacks = plans.flatMap((plan) => trafficFirst(plan.stacks, listed, orphans));
  const outcomes = await runStacks(stacks, {
    parallel,
    signal: run.signal,
    run: ({ spec }) => engine.apply(spec, run),
  });
  if (outcomes.some(({ status }) => status !== "done")) return outcomes;
  const removed = await runStacks(
    orphans.map((orphan) => ({ ...orphan, after: [] })),
    {
      parallel,
      signal: run.signal,
      run: (orphan) => {
        const error = refusalOf(orphan);
        return error === undefined ? engine.destroy(orphan, run) : Promise.reject(error);
      },
    },
  );
  return [...outcomes, ...removed];
}

/** Removes every stack of the platforms, the other way round, those without a manifest first. */
export async function destroyAll(rollout: Rollout): Promise<readonly RolloutOutcome[]> {
  const { engine, run, parallel, plans } = rollout;
  const orphans = await findOrphans(plans, engine, run.target);
  const listed = await presentStacks(rollout);
  const present = stacksOf(rollout).filter((spec) => listed.has(stackId(spec)));
  const rest = reversed(present).map((spec) => ({
    ...spec,
    after: [
      ...spec.after,
      ...orphans.filter(({ platform }) => platform === spec.platform).map(({ stack }) => stack),
    ],
  }));
  return runStacks([...orphans.map((orphan) => ({ ...orphan, after: [] })), ...rest], {
    parallel,
    signal: run.signal,
    run: (stack) => engine.destroy(stack, run),
  });
}
