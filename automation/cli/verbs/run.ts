import type { Engine, StackResult } from "../../engine/engine";
import type { PlatformPlan } from "../../fleet/plan/plan-platform";
import { stackWaves } from "../../fleet/stack-order";
import { stackId } from "../../fleet/stack-spec";
import {
  applyAll,
  destroyAll,
  previewAll,
  type Rollout,
  type RolloutOutcome,
} from "../../operate/rollout/rollout";
import { CliError } from "../cli-error";
import type { RunDocument, StackRun } from "../documents";
import { engineNamed } from "../engines";
import type { ExitCode } from "../exit-code";
import { readPlans } from "../fleet-input";
import { interruptible } from "../interrupt";
import { printDocument, printLines, printRemark, spent } from "../output";
import { progressFor } from "../progress-for";
import { failureLines, failureOf } from "../report-error";
import { runTable } from "../run-table";
import type { GuardedTerminal } from "../guarded-terminal";
import type { Terminal } from "../terminal";

export interface RunOptions {
  readonly manifests: string;
  readonly target: "sandbox" | "cloud";
  readonly engine: Engine["name"];
  readonly parallel: number;
  readonly json?: boolean;
  readonly yes?: boolean;
  readonly detailedExitcode?: boolean;
}

export type RunVerb = "preview" | "apply" | "destroy";

const ROLLOUTS: Readonly<Record<RunVerb, (rollout: Rollout) => Promise<readonly RolloutOutcome[]>>> = {
  preview: previewAll,
  apply: applyAll,
  destroy: destroyAll,
};

/** How many resources met each fate; a refresh changes nothing and counts as same. */
export function changesOf({ steps }: StackResult): NonNullable<StackRun["changes"]> {
  const count = { create: 0, update: 0, replace: 0, delete: 0, same: 0 };
  for (const { operation } of steps) count[operation === "refresh" ? "same" : operation] += 1;
  return count;
}

function toStackRun(outcome: RolloutOutcome): StackRun {
  const { stack, status } = outcome;
  switch (outcome.status) {
    case "done": {
      const { steps, seconds } = outcome.result;
      const shown = steps.map((step) => ({ ...step, changed: [...step.changed] }));
      return { stack, status, changes: changesOf(outcome.result), steps: shown, seconds };
    }
    case "failed":
      return { stack, status, error: failureOf(outcome.error) };
    case "blocked":
      return { stack, status, waitedFor: [...outcome.by] };
    case "stopped":
      return { stack, status };
  }
}

function confirm(verb: RunVerb, platforms: readonly string[], { yes, target }: RunOptions): void {
  if (verb === "preview" || yes === true) return;
  const named = platforms.length === 0 ? "" : ` ${platforms.join(" ")}`;
  throw new CliError("MRD4106", `${verb} changes the ${target} and was not told to go ahead`, {
    next: `look first with \`meridian preview${named}\`, then run \`meridian ${verb}${named} --yes\``,
  });
}

/** Platforms that can be run; one named that cannot is an error, the others are only mentioned. */
function runnable(
  plans: readonly PlatformPlan[],
  named: readonly string[],
  terminal: Terminal,
): readonly PlatformPlan[] {
  const unbuilt = plans.filter(({ unbuilt }) => unbuilt.length > 0);
  const [first] = unbuilt.filter(({ platform }) => named.includes(platform));
  if (first !== undefined) {
    throw new CliError("MRD4107", `platform "${first.platform}" cannot be applied yet`, {
      facts: [`no components in this version for ${first.unbuilt.join(", ")}`],
      next: "apply the other platforms, or leave these services out",
    });
  }
  for (const { platform, unbuilt: services } of unbuilt) {
    printRemark(terminal, `${platform} is left out: no components yet for ${services.join(", ")}`);
  }
  return plans.filter((plan) => !unbuilt.includes(plan));
}

function exitCodeOf(document: RunDocument, detailed: boolean): ExitCode {
  if (document.stacks.some(({ status }) => status === "stopped")) return 130;
  if (!document.ok) return 1;
  const changed = document.stacks.some(
    ({ changes }) => changes !== undefined && changes.same < sumOf(changes),
  );
  return detailed && changed ? 2 : 0;
}

const sumOf = (changes: NonNullable<StackRun["changes"]>): number =>
  Object.values(changes).reduce((sum, count) => sum + count, 0);

/** The stacks in waves, for a progress view that shows what waits for what. */
const wavesOf = (
  plans: readonly PlatformPlan[],
): readonly (readonly { stack: string; after: readonly string[] }[])[] => {
  const waves: { stack: string; after: readonly string[] }[][] = [];
  for (const { platform, stacks } of plans) {
    stackWaves(stacks).forEach((wave, index) => {
      const named = wave.map((spec) => ({
        stack: stackId(spec),
        after: spec.after.map((name) => `${platform}/${name}`),
      }));
      waves[index] = [...(waves[index] ?? []), ...named];
    });
  }
  return waves;
};

/** preview, apply and destroy differ only in what they ask of the engine. */
export async function runRollout(
  terminal: GuardedTerminal,
  verb: RunVerb,
  platforms: readonly string[],
  options: RunOptions,
): Promise<ExitCode> {
  confirm(verb, platforms, options);
  const began = terminal.now();
  const all = readPlans(platforms, options.manifests, terminal.cwd);
  const plans = runnable(all, platforms, terminal);
  const engine = await engineNamed(options.engine, terminal, `meridian ${[verb, ...platforms].join(" ")}`);
  const progress = progressFor(terminal, options.json === true);
  const interrupt = interruptible(terminal, progress);
  try {
    progress.begin(wavesOf(plans));
    const run = {
      target: options.target,
      secrets: terminal.secrets,
      signal: interrupt.signal,
      onEvent: progress.event,
    };
    const outcomes = await ROLLOUTS[verb]({ plans, engine, run, parallel: options.parallel });
    const stacks = outcomes.map(toStackRun);
    const document: RunDocument = {
      command: verb,
      ok: stacks.every(({ status }) => status === "done"),
      target: options.target,
      engine: engine.name,
      unbuilt: all.flatMap(({ platform, unbuilt }) =>
        unbuilt.length === 0 ? [] : [{ platform, services: [...unbuilt] }],
      ),
      stacks,
      seconds: terminal.now() - began,
    };
    await progress.end(document.ok);
    if (options.json === true) printDocument(terminal, document);
    else printRun(terminal, document);
    return exitCodeOf(document, options.detailedExitcode === true);
  } finally {
    interrupt.release();
  }
}

function printRun(terminal: Terminal, document: RunDocument): void {
  printLines(terminal, [...runTable(document), "", summaryOf(document)]);
  for (const { error } of document.stacks) {
    if (error !== undefined) printRemark(terminal, "", ...failureLines(error, terminal));
  }
}

function summaryOf({ command, stacks, target, seconds }: RunDocument): string {
  const total = { create: 0, update: 0, replace: 0, delete: 0, same: 0 };
  for (const { changes } of stacks) {
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += changes?.[key] ?? 0;
  }
  const would = command === "preview" ? "would be " : "";
  const words = [
    [total.create, `${would}created`],
    [total.update, `${would}updated`],
    [total.replace, `${would}replaced`],
    [total.delete, `${would}deleted`],
    [total.same, "unchanged"],
  ] as const;
  const said = words.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return `${said.length === 0 ? "nothing to do" : said.join(" · ")} · ${target}   ${spent(seconds)}`;
}
