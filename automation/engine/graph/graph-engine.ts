/** The engine of plans, policies and reviews: no CLI, no credentials, no network, nothing created. */
import { stackId, type StackSpec } from "../../fleet/stack-spec";
import type { SecretRef } from "../../fleet/specs/secret-ref";
import type { Engine, GraphResource, ResourceStep, Run, StackResult, StackState, Target } from "../engine";
import type { Properties } from "../sandbox/values";
import { Redactor } from "../secrets/redactor";
import { resolveNames, resolveSecrets } from "../secrets/resolve";
import { stopped } from "./early-end";
import type { GraphCache } from "./graph-cache";
import { graphError } from "./graph-error";
import type { GraphPlace, GraphStore } from "./graph-store";
import type { ProviderKnowledge } from "./knowledge";
import type { StackProgram } from "./program";
import { Queue } from "./queue";
import { reported } from "./reported";
import { stepsBetween } from "./steps";

/** Where a graph engine keeps what was applied, and what it is made of; everything but `store` has a default. */
export interface GraphEngineOptions {
  readonly store: GraphStore;
  readonly knowledge: ProviderKnowledge;
  /** Default: the components' own `buildStack`. */
  readonly program?: StackProgram;
  readonly cache?: GraphCache;
  /** Learns every secret the engine is given. Default: one of its own. */
  readonly redactor?: Redactor;
  readonly now?: () => Date;
  /** Default: 60. */
  readonly stallSeconds?: number;
}

type StackName = Pick<StackSpec, "platform" | "stack">;

/** Runs stacks in this process, one after another. A change of a secret's value alone is not seen: no value is kept. */
export class GraphEngine implements Engine {
  readonly name = "graph";
  private readonly turns = new Queue();
  private readonly redactor: Redactor;

  constructor(private readonly options: GraphEngineOptions) {
    this.redactor = options.redactor ?? new Redactor();
  }

  preview(spec: StackSpec, run: Run): Promise<StackResult> {
    return this.turn(spec, run, async () => {
      const { before, after } = await this.graphs(spec, run);
      return this.steps(spec, before, after);
    });
  }

  apply(spec: StackSpec, run: Run): Promise<StackResult> {
    return this.turn(spec, run, async () => {
      const { before, after } = await this.graphs(spec, run);
      const steps = this.steps(spec, before, after);
      if (run.signal.aborted) throw stopped(stackId(spec));
      const updatedAt = (this.options.now?.() ?? new Date()).toISOString();
      const graph = { stack: stackId(spec), specHash: spec.hash, updatedAt, resources: after };
      this.options.store.write(place(spec, run.target), graph);
      return steps;
    });
  }

  destroy(stack: Pick<StackSpec, "platform" | "stack" | "provider">, run: Run): Promise<StackResult> {
    return this.turn(stack, run, async () => {
      const before = this.applied(stack, run.target);
      const steps = this.steps(stack, before, []);
      this.options.store.remove(place(stack, run.target));
      return Promise.resolve(steps);
    });
  }

  state(stack: StackName, target: Target): Promise<StackState> {
    return this.turns.run(async () => {
      const found = this.options.store.read(place(stack, target));
      const nothing = { stack: stackId(stack), resources: [], pending: [] };
      return Promise.resolve(found === undefined ? nothing : { ...found, pending: [] });
    });
  }

  list(platform: string, target: Target): Promise<readonly string[]> {
    return this.turns.run(async () => {
      const stacks = this.options.store.stacks(target, platform);
      return Promise.resolve(stacks.map((stack) => stackId({ platform, stack })).sort());
    });
  }

  /** Every resource the stack's program registers, in that order: what policies, cost and pictures read. */
  async graph(spec: StackSpec, run: Run): Promise<readonly GraphResource[]> {
    const values = resolveSecrets(spec, run.secrets, run.target);
    this.redactor.learn(values.values());
    const cached = this.options.cache?.get(spec, run.target);
    if (cached !== undefined) return cached;
    const valueOf = ({ secret }: SecretRef): string => values.get(secret) ?? this.resolve(spec, secret, run);
    // The Pulumi SDK takes longer to load than a cached fleet takes to plan.
    const [{ runProgram }, { componentsProgram, programContext }] = await Promise.all([
      import("./run-program"),
      import("./program"),
    ]);
    const program = this.options.program ?? componentsProgram;
    const graph = await runProgram({
      project: spec.platform,
      stack: spec.stack,
      program: () => program(spec, programContext(run.target, valueOf)),
      knowledge: this.options.knowledge,
      signal: run.signal,
      onLog: (severity, text) => run.onEvent({ kind: "message", stack: stackId(spec), severity, text }),
      hideText: this.redactor.text,
      hideInputs: (inputs) => this.redactor.value(inputs) as Properties,
      stallSeconds: this.options.stallSeconds ?? 60,
    });
    this.options.cache?.set(spec, run.target, graph);
    return graph;
  }

  /** A secret that no component's specification names. */
  private resolve(spec: StackSpec, secret: string, run: Run): string {
    const value = resolveNames(stackId(spec), [secret], run.secrets, run.target).get(secret) ?? "";
    this.redactor.learn([value]);
    return value;
  }

  private async graphs(spec: StackSpec, run: Run) {
    const before = this.applied(spec, run.target);
    return { before, after: await this.graph(spec, run) };
  }

  private applied(stack: StackName, target: Target): readonly GraphResource[] {
    return this.options.store.read(place(stack, target))?.resources ?? [];
  }

  /** In the order they happen; refused when one would lose a protected resource. */
  private steps(
    stack: StackName,
    before: readonly GraphResource[],
    after: readonly GraphResource[],
  ): readonly ResourceStep[] {
    const steps = stepsBetween(before, after, this.options.knowledge.forcesReplacement);
    const safe = new Set(before.filter(({ protect }) => protect).map(({ urn }) => urn));
    const lost = steps.filter(({ urn, operation }) => isLoss(operation) && safe.has(urn));
    const [first] = lost;
    if (first === undefined) return steps;
    const message = `${stackId(stack)} would ${first.operation} ${first.type} "${first.name}", which is protected`;
    const facts = lost.map(({ operation, urn }) => `${operation} ${urn}`);
    throw graphError("MRD5705", stackId(stack), message, { facts });
  }

  private turn(
    stack: StackName,
    run: Run,
    work: () => Promise<readonly ResourceStep[]>,
  ): Promise<StackResult> {
    return this.turns.run(() => {
      if (run.signal.aborted) throw stopped(stackId(stack));
      return reported(stackId(stack), run, work);
    });
  }
}

const isLoss = (operation: ResourceStep["operation"]): boolean =>
  operation === "delete" || operation === "replace";

const place = ({ platform, stack }: StackName, target: Target): GraphPlace => ({ target, platform, stack });
