import type { Engine } from "../../engine/engine";
import { requireSecrets } from "../../engine/secrets/require-secrets";
import type { PlatformPlan } from "../../fleet/plan/plan-platform";
import { CliError } from "../cli-error";
import type { RunDocument, StackRun } from "../documents";
import { engineNamed } from "../engines";
import type { ExitCode } from "../exit-code";
import { readPlans } from "../fleet-input";
import type { GuardedTerminal } from "../guarded-terminal";
import { printDocument, printRemark } from "../output";
import { rollOut, type RunVerb } from "../roll-out";
import { printRun } from "../run-report";
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
  if (!document.ok) return 1;
  const changed = document.stacks.some(
    ({ changes }) => changes !== undefined && changes.same < sumOf(changes),
  );
  return detailed && changed ? 2 : 0;
}

const sumOf = (changes: NonNullable<StackRun["changes"]>): number =>
  Object.values(changes).reduce((sum, count) => sum + count, 0);

/** The same run again, as it is typed. */
const commandOf = (verb: RunVerb, platforms: readonly string[], options: RunOptions): string =>
  [
    "meridian",
    verb,
    ...platforms,
    ...(options.target === "sandbox" ? [] : ["--target", options.target]),
    ...(options.engine === "pulumi" ? [] : ["--engine", options.engine]),
    ...(options.manifests === "regions" ? [] : ["--manifests", options.manifests]),
    ...(verb === "preview" ? [] : ["--yes"]),
  ].join(" ");

/** preview, apply and destroy differ only in what they ask of the engine. */
export async function runRollout(
  terminal: GuardedTerminal,
  verb: RunVerb,
  platforms: readonly string[],
  options: RunOptions,
): Promise<ExitCode> {
  confirm(verb, platforms, options);
  const all = readPlans(platforms, options.manifests, terminal.cwd);
  const plans = runnable(all, platforms, terminal);
  const specs = plans.flatMap(({ stacks }) => stacks);
  if (verb !== "destroy") requireSecrets(specs, terminal.secrets, options.target);
  const engine = await engineNamed(options.engine, terminal, `meridian ${[verb, ...platforms].join(" ")}`);
  const { target, parallel, json = false } = options;
  let wasInterrupted = false as boolean;
  const document: RunDocument = {
    ...(await rollOut(terminal, verb, plans, {
      engine,
      target,
      parallel,
      quiet: json,
      command: commandOf(verb, platforms, options),
      onInterrupted: () => (wasInterrupted = true),
    })),
    unbuilt: unbuiltOf(all),
  };
  if (json) printDocument(terminal, document);
  else printRun(terminal, document);
  if (wasInterrupted && !document.ok) return 130;
  return exitCodeOf(document, options.detailedExitcode === true);
}

/** Platforms that could not be run, each with its services that nothing builds yet. */
export const unbuiltOf = (plans: readonly PlatformPlan[]): RunDocument["unbuilt"] =>
  plans.flatMap(({ platform, unbuilt }) =>
    unbuilt.length === 0 ? [] : [{ platform, services: [...unbuilt] }],
  );
