/** The engine of real applies: Pulumi's own, one child process a stack operation. */
import { stackId, type StackSpec } from "../../fleet/stack-spec";
import type { Engine, Run, StackResult, Target } from "../engine";
import type { Verb } from "./child-protocol";
import { operate, type Operation } from "./operate";
import type { PulumiEngineOptions } from "./options";
import { pulumiError } from "./pulumi-error";
import { equip, settingOf, type StackName } from "./setting";
import { shownState } from "./shown-state";
import { unlockStack, type Unlocked } from "./stack-claim";
import { asEngineError } from "./system-error";

/** An Engine, and what only real applies need. */
export interface PulumiEngine extends Engine {
  readonly name: "pulumi";
  /** A second interrupt: ends every engine at once; the next apply looks at what is there. */
  readonly stopAtOnce: () => void;
  /** Frees a stack whose holder is gone; `fence` also one that may live. */
  readonly unlock: (
    stack: StackName,
    target: Target,
    options: { readonly fence: boolean },
  ) => Promise<Unlocked>;
}

/** A pulumi engine on a `.meridian` folder. */
export function pulumiEngine(settings: PulumiEngineOptions): PulumiEngine {
  const options = equip(settings);
  const running = new Set<Operation>();
  const perform = (
    verb: Verb,
    stack: StackName,
    spec: StackSpec | undefined,
    run: Run,
  ): Promise<StackResult> =>
    timed(stackId(stack), run, () => {
      const name = { platform: stack.platform, stack: stack.stack };
      return operate(options, { verb, name, spec, run }, running);
    });
  return {
    name: "pulumi",
    preview: (spec, run) => perform("preview", spec, spec, run),
    apply: (spec, run) => perform("apply", spec, spec, run),
    destroy: (stack, run) => perform("destroy", stack, undefined, run),
    state: ({ platform, stack }, target) =>
      reading(stackId({ platform, stack }), async () => {
        const { store } = settingOf(options, target, { platform, stack });
        return shownState(stackId({ platform, stack }), await store.read(), await store.lastNote());
      }),
    list: (platform, target) =>
      reading(undefined, async () => {
        const names = await settingOf(options, target, { platform, stack: "" }).store.list();
        return names.map((stack) => stackId({ platform, stack }));
      }),
    stopAtOnce: () => running.forEach((operation) => operation.stop("at-once")),
    unlock: async ({ platform, stack }, target, { fence }) => {
      const { folder, store } = settingOf(options, target, { platform, stack });
      return unlockStack({ folder, target, platform, stack, backendLocks: store.locks }, fence);
    },
  };
}

async function reading<T>(stack: string | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asEngineError(stack, error);
  }
}

async function timed(
  stack: string,
  run: Run,
  work: () => Promise<StackResult["steps"]>,
): Promise<StackResult> {
  if (run.signal.aborted) throw pulumiError("MRD5202", stack, `${stack} was stopped before it began`);
  const began = performance.now();
  let ok = false;
  run.onEvent({ kind: "started", stack });
  try {
    const steps = await work();
    ok = true;
    return { stack, steps, seconds: (performance.now() - began) / 1000 };
  } catch (error) {
    throw asEngineError(stack, error);
  } finally {
    run.onEvent({ kind: "finished", stack, ok });
  }
}
