import type { Engine, StackState, Target } from "../../engine/engine";
import { stackId, type StackSpec } from "../../fleet/stack-spec";
import { findOrphans } from "../../operate/rollout/orphans";
import { renderTable } from "../../review/table/table";
import { engineNamed } from "../engines";
import type { ExitCode } from "../exit-code";
import { readPlans } from "../fleet-input";
import type { GuardedTerminal } from "../guarded-terminal";
import { printDocument, printLines } from "../output";

export interface StatusOptions {
  readonly manifests: string;
  readonly target: Target;
  readonly engine: Engine["name"];
  readonly json?: boolean;
}

type Standing = "in-sync" | "differs" | "not-applied" | "orphaned" | "unfinished";

const SAID: Readonly<Record<Standing, string>> = {
  "in-sync": "as the manifests say",
  differs: "the manifests changed since",
  "not-applied": "never applied",
  orphaned: "no manifest describes it any more",
  unfinished: "a run was cut off: apply again",
};

function standingOf({ pending, updatedAt, specHash }: StackState, spec: StackSpec | undefined): Standing {
  if (pending.length > 0) return "unfinished";
  if (spec === undefined) return "orphaned";
  if (updatedAt === undefined) return "not-applied";
  return specHash === spec.hash ? "in-sync" : "differs";
}

/** What is applied, against what the manifests say. Reads states, asks no cloud. */
export async function runStatus(
  terminal: GuardedTerminal,
  platforms: readonly string[],
  { manifests, target, engine: name, json }: StatusOptions,
): Promise<ExitCode> {
  const plans = readPlans(platforms, manifests, terminal.cwd);
  const engine = await engineNamed(name, terminal, "meridian status");
  const specs = plans.flatMap(({ stacks }) => stacks);
  const known = await Promise.all(
    specs.map(async (spec) => ({ spec, state: await engine.state(spec, target) })),
  );
  const orphans = (await findOrphans(plans, engine, target)).map(({ state }) => ({ spec: undefined, state }));
  const stacks = [...known, ...orphans].map(({ spec, state }) => ({
    stack: spec === undefined ? state.stack : stackId(spec),
    state: standingOf(state, spec),
    resources: state.resources.length,
    pending: [...state.pending],
    ...(state.updatedAt === undefined ? {} : { updatedAt: state.updatedAt }),
  }));
  if (json === true) printDocument(terminal, { command: "status", ok: true, target, stacks });
  else {
    const rows = stacks.map(({ stack, state, resources, updatedAt }) => [
      stack,
      resources,
      SAID[state],
      updatedAt?.replace(/^(.{10})T(.{8}).*$/, "$1 $2 UTC"),
    ]);
    printLines(
      terminal,
      renderTable(
        [
          { title: "stack", cut: false },
          { title: "resources" },
          { title: `state (${target})` },
          { title: "last applied" },
        ],
        rows,
      ),
    );
  }
  return 0;
}
