/**
 * Its own process, so that its CPU time and its heap are the graph engine's alone.
 *
 * Arguments: `speed` or `memory`, stacks, resources of a generated stack (0: the stacks of openova and castiel).
 */
import { readPlans } from "../automation/cli/fleet-input";
import { GraphEngine } from "../automation/engine/graph/graph-engine";
import type { GraphStore } from "../automation/engine/graph/graph-store";
import { sandboxKnowledge } from "../automation/engine/graph/sandbox-knowledge";
import type { Run } from "../automation/engine/engine";
import { BenchError, PLATFORMS, root } from "./child";
import { registerThings } from "./generated-stack";

/** What one run says. */
export interface GraphRun {
  readonly resources: number;
  /** Of every thread, garbage collection included. */
  readonly cpuSeconds: number;
  /** Heap in use after the fifth stack and after the last, garbage collected before; `memory` only. */
  readonly megabytes: readonly number[];
}

const [what = "", stackCount = "", resourceCount = ""] = process.argv.slice(2);
const [stacks, resources] = [Number(stackCount), Number(resourceCount)];

const nowhere: GraphStore = {
  read: () => undefined,
  write: () => undefined,
  remove: () => undefined,
  stacks: () => [],
};

// Without a cache: every graph is made anew.
const engine = new GraphEngine({
  store: nowhere,
  knowledge: sandboxKnowledge,
  ...(resources === 0 ? {} : { program: () => registerThings(resources) }),
});

const run: Run = {
  target: "sandbox",
  secrets: ({ secret }) => `value-of-${secret}`,
  signal: new AbortController().signal,
  onEvent: () => undefined,
};

function heap(): number {
  if (global.gc === undefined) throw new BenchError("node runs without --expose-gc");
  global.gc();
  global.gc();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

async function main(): Promise<GraphRun> {
  const specs = readPlans(PLATFORMS, "regions", root).flatMap((plan) => plan.stacks);
  const graphOf = async (index: number): Promise<number> => {
    const spec = specs[index % specs.length];
    if (spec === undefined) throw new BenchError("there are no stacks");
    return (await engine.graph(spec, run)).length;
  };
  // The SDKs are loaded before the fifth stack only when every stack has been made once.
  if (what === "memory") for (const index of specs.keys()) await graphOf(index);
  const began = process.cpuUsage();
  const megabytes: number[] = [];
  let made = 0;
  for (let index = 0; index < stacks; index += 1) {
    made += await graphOf(index);
    if (what === "memory" && (index === 4 || index === stacks - 1)) megabytes.push(heap());
  }
  const { user, system } = process.cpuUsage(began);
  return { resources: made, cpuSeconds: (user + system) / 1e6, megabytes };
}

void main().then((result) => process.stdout.write(JSON.stringify(result)));
