import { relative } from "node:path";
import type { GraphResource } from "../../engine/engine";
import { stackId, type StackSpec } from "../../fleet/stack-spec";
import { stackWaves } from "../../fleet/stack-order";
import type { PlatformPlan } from "../../fleet/plan/plan-platform";
import { formatCount } from "../../review/table/units";
import { renderTable } from "../../review/table/table";
import { graphEngine, quietRun } from "../engines";
import type { ExitCode } from "../exit-code";
import { readPlans } from "../fleet-input";
import type { GuardedTerminal } from "../guarded-terminal";
import { counted, printDocument, printLines, spent } from "../output";
import { writeMap } from "../pictures";
import { topologyLine } from "../topology-line";

export interface PlanOptions {
  readonly manifests: string;
  readonly json?: boolean;
}

interface PlannedStack {
  readonly spec: StackSpec;
  readonly wave: number;
  readonly resources: readonly GraphResource[];
}

/** A platform with every stack's resources. */
export interface PlannedPlatform {
  readonly plan: PlatformPlan;
  readonly stacks: readonly PlannedStack[];
  readonly map: string;
}

/** Resources of every stack, from the engine that needs nothing. */
export async function planPlatforms(
  terminal: GuardedTerminal,
  plans: readonly PlatformPlan[],
): Promise<readonly PlannedPlatform[]> {
  const engine = await graphEngine(terminal);
  const planned: PlannedPlatform[] = [];
  for (const plan of plans) {
    const waves = new Map(
      stackWaves(plan.stacks).flatMap((wave, index) => wave.map(({ stack }) => [stack, index + 1])),
    );
    const stacks: PlannedStack[] = [];
    for (const spec of plan.stacks) {
      const resources = await engine.graph(spec, quietRun(terminal));
      stacks.push({ spec, wave: waves.get(spec.stack) ?? 1, resources });
    }
    planned.push({ plan, stacks, map: await writeMap(terminal.cwd, plan.topology) });
  }
  return planned;
}

const writersOf = ({ topology }: PlatformPlan) =>
  topology.cells.flatMap(({ writers }) => writers.map(({ region, epoch }) => ({ region, epoch })));

function documentOf(planned: readonly PlannedPlatform[], cwd: string, seconds: number) {
  return {
    command: "plan" as const,
    ok: true,
    platforms: planned.map(({ plan, stacks, map }) => ({
      platform: plan.platform,
      topology: plan.topology.shape,
      writers: writersOf(plan),
      unbuilt: [...plan.unbuilt],
      stacks: stacks.map(({ spec, wave, resources }) => ({
        stack: stackId(spec),
        kind: spec.kind,
        ...(spec.region === undefined ? {} : { region: spec.region }),
        provider: spec.provider,
        after: [...spec.after],
        wave,
        hash: spec.hash,
        resources: resources.map(({ urn, type, name }) => ({ urn, type, name })),
      })),
      map: relative(cwd, map),
    })),
    seconds,
  };
}

function platformLines({ plan, stacks, map }: PlannedPlatform, cwd: string): readonly string[] {
  const heading = topologyLine(plan.topology);
  const shown = `map: ${relative(cwd, map)}`;
  if (plan.unbuilt.length > 0) {
    return [
      heading,
      `no stacks yet: this version has no components for ${plan.unbuilt.join(", ")}   ${shown}`,
      "",
    ];
  }
  const rows = stacks.map(({ spec, resources }) => [
    spec.stack,
    resources.length,
    spec.provider,
    spec.after.length === 0 ? undefined : spec.after.join(", "),
    spec.hash.slice(0, 6),
  ]);
  const columns = [
    { title: "stack", cut: false },
    { title: "resources" },
    { title: "provider" },
    { title: "after" },
    { title: "hash", cut: false },
  ];
  const total = stacks.reduce((sum, { resources }) => sum + resources.length, 0);
  const waves = Math.max(0, ...stacks.map(({ wave }) => wave));
  return [
    heading,
    ...renderTable(columns, rows),
    `${formatCount(total)} resources in ${counted(stacks.length, "stack")}, ${counted(waves, "wave")}   ${shown}`,
    "",
  ];
}

/** Stacks, their resources and their order: what the manifests mean before anything is asked of a cloud. */
export async function runPlan(
  terminal: GuardedTerminal,
  platforms: readonly string[],
  { manifests, json }: PlanOptions,
): Promise<ExitCode> {
  const began = terminal.now();
  const planned = await planPlatforms(terminal, readPlans(platforms, manifests, terminal.cwd));
  const seconds = terminal.now() - began;
  if (json === true) printDocument(terminal, documentOf(planned, terminal.cwd, seconds));
  else {
    const stacks = planned.reduce((sum, one) => sum + one.stacks.length, 0);
    printLines(terminal, [
      ...planned.flatMap((one) => platformLines(one, terminal.cwd)),
      `${counted(planned.length, "platform")} · ${counted(stacks, "stack")}   ${spent(seconds)}`,
    ]);
  }
  return 0;
}
