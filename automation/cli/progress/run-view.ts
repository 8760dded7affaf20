/**
 * What a person sees of a run, folded from the engine's events.
 *
 * Pure: no clock, no terminal. Any order of events gives a view, and counts never go backwards.
 */
import type { EngineEvent, Operation, ResourceStep } from "../../engine/engine";

/** A stack before it runs: its wave and what it waits for. */
export interface PlannedStack {
  readonly stack: string;
  readonly after: readonly string[];
}

export type Waves = readonly (readonly PlannedStack[])[];

/** A resource the engine is busy with. */
export interface InFlight {
  readonly step: ResourceStep;
  readonly since: number;
}

export interface StackView {
  readonly stack: string;
  /** From 1; absent for a stack nobody announced, such as one without a manifest. */
  readonly wave?: number;
  readonly after: readonly string[];
  readonly status: "waiting" | "running" | "done" | "failed";
  readonly startedAt?: number;
  readonly endedAt?: number;
  /** Resources that will change, where the engine knows it beforehand. */
  readonly total?: number;
  /** Changed resources by urn, with what happened to them. */
  readonly changed: ReadonlyMap<string, Operation>;
  readonly failed: ReadonlySet<string>;
  /** By urn, oldest first. */
  readonly inFlight: ReadonlyMap<string, InFlight>;
}

export interface RunView {
  /** In the order of their waves; unannounced ones last. */
  readonly stacks: ReadonlyMap<string, StackView>;
}

const NOTHING: Omit<StackView, "stack" | "after"> = {
  status: "waiting",
  changed: new Map(),
  failed: new Set(),
  inFlight: new Map(),
};

/** The view before anything has happened. */
export function beginView(waves: Waves): RunView {
  const stacks = waves.flatMap((wave, index) =>
    wave.map(({ stack, after }) => [stack, { ...NOTHING, stack, after, wave: index + 1 }] as const),
  );
  return { stacks: new Map(stacks) };
}

/** Steps a person wants to see: what stays as it is and what is only looked at are not. */
export const isChange = ({ operation }: ResourceStep): boolean =>
  operation !== "same" && operation !== "refresh";

const isOver = ({ status }: StackView): boolean => status === "done" || status === "failed";

const begun = (view: StackView, at: number): StackView =>
  view.status === "waiting" ? { ...view, status: "running", startedAt: at } : view;

function withoutKey<V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  if (!map.has(key)) return map;
  return new Map([...map].filter(([one]) => one !== key));
}

type ResourceEvent = Extract<EngineEvent, { kind: "resource" }>;

/** A replacement is several steps of one resource, and counts once. */
function withResource(view: StackView, { step, status }: ResourceEvent, at: number): StackView {
  const { urn, operation } = step;
  const running = begun(view, at);
  switch (status) {
    case "running": {
      // The engine may tell the end before the beginning; an ended stack has nothing in flight.
      if (!isChange(step) || isOver(view)) return running;
      return {
        ...running,
        inFlight: new Map([...withoutKey(running.inFlight, urn), [urn, { step, since: at }]]),
      };
    }
    case "done": {
      const inFlight = withoutKey(running.inFlight, urn);
      if (!isChange(step) || running.changed.get(urn) === "replace") return { ...running, inFlight };
      return { ...running, inFlight, changed: new Map([...running.changed, [urn, operation]]) };
    }
    case "failed":
      return {
        ...running,
        inFlight: withoutKey(running.inFlight, urn),
        failed: new Set([...running.failed, urn]),
      };
  }
}

function ended(view: StackView, ok: boolean, at: number): StackView {
  if (isOver(view)) return view;
  return { ...begun(view, at), status: ok ? "done" : "failed", endedAt: at, inFlight: new Map() };
}

function changedStack(view: StackView, event: EngineEvent, at: number): StackView {
  switch (event.kind) {
    case "started": {
      const total = event.total ?? view.total;
      return { ...begun(view, at), ...(total === undefined ? {} : { total }) };
    }
    case "resource":
      return withResource(view, event, at);
    case "message":
      return view;
    case "finished":
      return ended(view, event.ok, at);
  }
}

/** The view after one more event, at a moment in seconds. */
export function advance(view: RunView, event: EngineEvent, at: number): RunView {
  const known = view.stacks.get(event.stack) ?? { ...NOTHING, stack: event.stack, after: [] };
  return { stacks: new Map(view.stacks).set(event.stack, changedStack(known, event, at)) };
}

/** Stacks begun or not, that have no end yet. */
export const unfinished = ({ stacks }: RunView): readonly StackView[] =>
  [...stacks.values()].filter((stack) => !isOver(stack));

export const running = ({ stacks }: RunView): readonly StackView[] =>
  [...stacks.values()].filter(({ status }) => status === "running");
