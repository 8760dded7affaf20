import { formatCount } from "../automation/review/table/units";
import { timeNode } from "./child";
import type { Bench, Measured, Size } from "./figure";
import type { GraphRun } from "./graph-child";

/** How many stacks, and of how many resources. */
interface Load {
  readonly stacks: number;
  /** 0: as many as the stacks of openova and castiel have. */
  readonly resources: number;
}

interface Loads {
  readonly generated: Load;
  readonly real: Load;
  /** Stacks of the memory runs, and resources of each generated one. */
  readonly memory: Load;
}

const LOADS: Readonly<Record<Size, Loads>> = {
  whole: {
    generated: { stacks: 10, resources: 1_000 },
    real: { stacks: 90, resources: 0 },
    memory: { stacks: 50, resources: 100 },
  },
  smoke: {
    generated: { stacks: 2, resources: 100 },
    real: { stacks: 9, resources: 0 },
    memory: { stacks: 10, resources: 10 },
  },
};

const REAL = "openova + castiel";

function measure(what: "speed" | "memory", { stacks, resources }: Load): GraphRun {
  const args = ["--expose-gc", "dist/bench/graph-child.js", what, String(stacks), String(resources)];
  return JSON.parse(timeNode(args).stdout) as GraphRun;
}

/** Loading the SDKs and the first, slow stacks are in it. CPU time is what one core would take. */
function speed(of: string, load: Load): Measured {
  const { resources, cpuSeconds } = measure("speed", load);
  return {
    name: `graph engine, ${of}`,
    value: resources / cpuSeconds,
    unit: "resources/CPU s",
    target: { atLeast: 400 },
  };
}

function growth(of: string, load: Load): Measured {
  const [early = Number.NaN, late = Number.NaN] = measure("memory", load).megabytes;
  return {
    name: `graph engine, heap left by stacks 6 to ${load.stacks}, ${of}`,
    value: ((late - early) / (load.stacks - 5)) * 1_024,
    unit: "KiB a stack",
    target: { atMost: 50 },
  };
}

export const graph: Bench = {
  name: "graph",
  about: "graphs made in-process: resources a second of one core, and what each stack leaves in memory",
  run: (size) => {
    const { generated, real, memory } = LOADS[size];
    return [
      speed(`${generated.stacks} stacks of ${formatCount(generated.resources)}`, generated),
      speed(`${REAL}, ${real.stacks} stacks`, real),
      growth(`${memory.resources} resources each`, memory),
      growth(REAL, { ...memory, resources: 0 }),
    ];
  },
};
