/** An engine that keeps the names of stacks and writes down what it was asked. */
import type { Engine, GraphResource, Run, StackResult, StackState } from "../../../automation/engine/engine";
import { EngineError } from "../../../automation/engine/engine-error";
import type { PlatformPlan } from "../../../automation/fleet/plan/plan-platform";
import { stackId, type StackSpec } from "../../../automation/fleet/stack-spec";
import { parseStack } from "./stacks";

type Name = Pick<StackSpec, "platform" | "stack">;

export class FakeEngine implements Engine {
  readonly name = "graph";
  /** `apply shop/eu`, in the order asked. */
  readonly asked: string[] = [];
  private readonly kept: Map<string, readonly GraphResource[]>;

  constructor(
    present: Readonly<Record<string, readonly GraphResource[]>> = {},
    private readonly failing: readonly string[] = [],
  ) {
    this.kept = new Map(Object.entries(present));
  }

  get present(): readonly string[] {
    return [...this.kept.keys()].sort();
  }

  readonly preview = (spec: StackSpec): Promise<StackResult> => this.did("preview", spec);

  async apply(spec: StackSpec): Promise<StackResult> {
    const result = await this.did("apply", spec);
    this.kept.set(stackId(spec), []);
    return result;
  }

  async destroy(stack: Name): Promise<StackResult> {
    const result = await this.did("destroy", stack);
    this.kept.delete(stackId(stack));
    return result;
  }

  readonly state = (stack: Name): Promise<StackState> =>
    Promise.resolve({ stack: stackId(stack), resources: this.kept.get(stackId(stack)) ?? [], pending: [] });

  readonly list = (platform: string): Promise<readonly string[]> =>
    Promise.resolve(this.present.filter((name) => name.startsWith(`${platform}/`)));

  private async did(verb: string, stack: Name): Promise<StackResult> {
    const asked = `${verb} ${stackId(stack)}`;
    this.asked.push(asked);
    await new Promise((resolve) => setImmediate(resolve));
    if (this.failing.includes(asked)) throw new EngineError("MRD5101", `${asked} broke`);
    return { stack: stackId(stack), steps: [], seconds: 0 };
  }
}

export const resource = (type: string, protect = false): GraphResource => ({
  urn: `urn:${type}`,
  type,
  name: "one",
  custom: true,
  dependencies: [],
  protect,
  inputs: {},
});

const EMPTY = {
  regions: [],
  cells: [],
  replication: [],
  traffic: [],
  objectives: [],
  placements: [],
} as const;

/** `global < eu,us` is a global stack; a name with a dash is one of workspaces; any other a region. */
export function planOf(texts: readonly string[]): PlatformPlan {
  const stacks = texts.map((text): StackSpec => {
    const one = parseStack(text);
    const kind =
      one.stack === "global" || one.stack === "base"
        ? "global"
        : one.stack.includes("-")
          ? "workspaces"
          : "region";
    return { ...one, kind, provider: "kubernetes", components: [], hash: one.stack };
  });
  return { platform: "shop", topology: { platform: "shop", shape: "single", ...EMPTY }, stacks, unbuilt: [] };
}

export const quietRun = (signal = new AbortController().signal): Run => ({
  target: "sandbox",
  secrets: () => undefined,
  signal,
  onEvent: () => undefined,
});
