/** openova in each of its phases, applied in the graph engine: what one edit of `topology` does. */
import { GraphEngine } from "../../automation/engine/graph/graph-engine";
import { MemoryGraphStore } from "../../automation/engine/graph/graph-store";
import { sandboxKnowledge } from "../../automation/engine/graph/sandbox-knowledge";
import type { ResourceStep, Run, Target } from "../../automation/engine/engine";
import type { PlatformPlan } from "../../automation/fleet/plan/plan-platform";
import { applyAll, previewAll, type RolloutOutcome } from "../../automation/operate/rollout/rollout";
import { differences } from "../../automation/fleet/differences";
import { formatPath } from "../../automation/manifest/diagnostics/manifest-path";
import type { SourceFile } from "../../automation/manifest/diagnostic";
import { edit, filesOf, plan } from "./build-manifests";

export const PHASES = { 1: "single", 2: "read-replicas", 3: "active-active" } as const;
export type Phase = keyof typeof PHASES;

const AS_COMMITTED = `topology: ${PHASES[2]}`;

export const filesIn = (phase: Phase): readonly SourceFile[] =>
  edit(filesOf("openova"), AS_COMMITTED, `topology: ${PHASES[phase]}`);

export const plansIn = (phase: Phase): readonly PlatformPlan[] => plan(filesIn(phase));

export const quiet = (target: Target): Run => ({
  target,
  secrets: ({ secret }) => `value-of-${secret}`,
  signal: new AbortController().signal,
  onEvent: () => undefined,
});

const engineOf = () => new GraphEngine({ store: new MemoryGraphStore(), knowledge: sandboxKnowledge });

export interface Transition {
  readonly preview: readonly RolloutOutcome[];
  readonly apply: readonly RolloutOutcome[];
  /** Paths of a resource's inputs that differ, by `stack name`; nothing for one that came or went. */
  readonly paths: (stack: string, resource: string) => readonly string[];
}

/** Applies one phase, then the other over it. */
export const transition = (from: Phase, to: Phase, target: Target): Promise<Transition> =>
  transitionOf(filesIn(from), filesIn(to), target, WATCHED);

/** Applies one platform's manifests, then others over them. */
export async function transitionOf(
  from: readonly SourceFile[],
  to: readonly SourceFile[],
  target: Target,
  watch: readonly (readonly [stack: string, resource: string])[] = [],
): Promise<Transition> {
  const engine = engineOf();
  const run = quiet(target);
  const rollout = (files: readonly SourceFile[]) => ({ plans: plan(files), engine, run, parallel: 1 });
  const [platform = ""] = plan(from).map((one) => one.platform);
  for (const outcome of await applyAll(rollout(from))) {
    if (outcome.status === "failed") throw outcome.error;
  }
  const inputsOf = async (stack: string, resource: string) => {
    const { resources } = await engine.state({ platform, stack }, target);
    return resources.find(({ name, custom }) => custom && name === resource)?.inputs;
  };
  const watched = watch.map(([stack, resource]) => ({ stack, resource }));
  const read = () =>
    Promise.all(watched.map(async (one) => ({ ...one, inputs: await inputsOf(one.stack, one.resource) })));
  const preview = await previewAll(rollout(to));
  const before = await read();
  const apply = await applyAll(rollout(to));
  const after = await read();
  const paths = (stack: string, resource: string): readonly string[] => {
    const find = (all: typeof before) =>
      all.find((one) => one.stack === stack && one.resource === resource)?.inputs;
    const [was, is] = [find(before), find(after)];
    return was === undefined || is === undefined ? [] : differences(was, is).map(formatPath);
  };
  return { preview, apply, paths };
}

/** What holds data. */
export const WATCHED = [
  ["europe", "postgres-cluster"],
  ["europe", "mongodb-replica-set"],
  ["india", "postgres-cluster"],
  ["foundation", "backups"],
] as const;

const LETTERS = { create: "+", update: "~", replace: "±", delete: "-", same: "=", refresh: "=" } as const;

const said = ({ operation, type, name, changed }: ResourceStep): string =>
  `${LETTERS[operation]} ${type} ${name}${changed.length === 0 ? "" : `: ${changed.join(", ")}`}`;

/** Every step but those that change nothing, sorted, a list a stack; stacks without one are left out. */
export const stepsOf = (outcomes: readonly RolloutOutcome[]): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    outcomes.flatMap((outcome) => {
      if (outcome.status !== "done") return [[outcome.stack, [outcome.status]]];
      const lines = outcome.result.steps
        .filter(({ operation }) => operation !== "same")
        .map(said)
        .sort();
      return lines.length === 0 ? [] : [[outcome.stack, lines]];
    }),
  );
