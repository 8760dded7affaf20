/** The first command of a newcomer: from the manifests of this repository to stacks applied in the sandbox. */
import { relative } from "node:path";
import { EngineError } from "../../engine/engine-error";
import type { Engine } from "../../engine/engine";
import type { PlatformPlan } from "../../fleet/plan/plan-platform";
import { formatCount } from "../../review/table/units";
import type { StartDocument } from "../documents";
import { graphEngine, preparedPulumiEngine } from "../engines";
import type { ExitCode } from "../exit-code";
import { countsOf, countsText } from "../fleet-counts";
import { plansOf, readValidFleet, requireKnown } from "../fleet-input";
import type { GuardedTerminal } from "../guarded-terminal";
import { interruptible } from "../interrupt";
import { counted, printDocument, printLines, printRemark, spent } from "../output";
import { painterFor } from "../painter";
import { failureOf } from "../report-error";
import { rollOut } from "../roll-out";
import { printRun } from "../run-report";
import { planPlatforms, type PlannedPlatform } from "./plan";
import { unbuiltOf } from "./run";

export interface StartOptions {
  readonly manifests: string;
  readonly parallel: number;
  readonly json?: boolean;
}

type Missing = NonNullable<StartDocument["missing"]>;

/** Validates and plans everything, then applies to the sandbox what has components. */
export async function runStart(
  terminal: GuardedTerminal,
  platforms: readonly string[],
  options: StartOptions,
): Promise<ExitCode> {
  const began = terminal.now();
  const { manifests, parallel, json = false } = options;
  const step = stepPrinter(terminal);
  const { counts, plans } = validated(terminal, manifests, step);
  requireKnown(
    platforms,
    plans.map(({ platform }) => platform),
  );
  const planned = await plannedFleet(terminal, plans, step);
  const { engine, missing } = await engineFor(terminal, step);
  const built = plans.filter(({ unbuilt }) => unbuilt.length === 0);
  const runnable = built.filter(({ platform }) => platforms.length === 0 || platforms.includes(platform));
  const run = await rollOut(terminal, "apply", runnable, {
    engine,
    target: "sandbox",
    parallel,
    quiet: json,
  });
  const document: StartDocument = {
    command: "start",
    ok: run.ok,
    counts,
    planned: planned.map((one) => summaryOf(one, terminal.cwd)),
    engine: engine.name,
    ...(missing === undefined ? {} : { missing }),
    run: { ...run, command: "apply", unbuilt: unbuiltOf(plans) },
    seconds: terminal.now() - began,
  };
  if (json) printDocument(terminal, document);
  else printStart(terminal, document);
  const stopped = run.stacks.some(({ status }) => status === "stopped");
  return stopped ? 130 : run.ok ? 0 : 1;
}

type Step = (name: string, began: number, text: string, ...more: readonly string[]) => void;

/** `✔ manifests  5 platforms · …   0.21 s` as each step ends; a person watching sees it move. */
function stepPrinter(terminal: GuardedTerminal): Step {
  const paint = painterFor(terminal);
  return (name, began, text, ...more) => {
    const line = `${paint.fix("✔")} ${name.padEnd(10)} ${text}   ${paint.dim(spent(terminal.now() - began))}`;
    printRemark(terminal, line, ...more.map((one) => `  ${"".padEnd(10)} ${one}`));
  };
}

function validated(terminal: GuardedTerminal, manifests: string, step: Step) {
  const began = terminal.now();
  const input = readValidFleet(manifests, terminal.cwd);
  const counts = countsOf(input);
  step("manifests", began, countsText(counts));
  return { counts, plans: plansOf(input) };
}

async function plannedFleet(
  terminal: GuardedTerminal,
  plans: readonly PlatformPlan[],
  step: Step,
): Promise<readonly PlannedPlatform[]> {
  const began = terminal.now();
  const planned = await planPlatforms(terminal, plans);
  const built = planned.filter(({ plan }) => plan.unbuilt.length === 0);
  const unbuilt = plans.filter((plan) => plan.unbuilt.length > 0);
  step(
    "plan",
    began,
    built.map((one) => `${one.plan.platform} ${sizeOf(one)}`).join(" · "),
    ...unbuilt.map(
      (plan) => `${plan.platform} is still to come: no components yet for ${plan.unbuilt.join(", ")}`,
    ),
  );
  return planned;
}

const resourcesIn = ({ stacks }: PlannedPlatform): number =>
  stacks.reduce((sum, { resources }) => sum + resources.length, 0);

const sizeOf = (one: PlannedPlatform): string =>
  `${formatCount(resourcesIn(one))} resources in ${counted(one.stacks.length, "stack")}`;

const summaryOf = (one: PlannedPlatform, cwd: string): StartDocument["planned"][number] => ({
  platform: one.plan.platform,
  stacks: one.stacks.length,
  resources: resourcesIn(one),
  unbuilt: [...one.plan.unbuilt],
  map: relative(cwd, one.map),
});

/** The real engine; where no CLI can be had, the one that needs none, and what is missing. */
async function engineFor(
  terminal: GuardedTerminal,
  step: Step,
): Promise<{ readonly engine: Engine; readonly missing?: Missing }> {
  const began = terminal.now();
  const interrupt = interruptible(terminal, { left: () => ["getting the Pulumi CLI"] });
  try {
    const { engine, version, way } = await preparedPulumiEngine(terminal, "meridian start", interrupt.signal);
    step("engine", began, `pulumi ${version} (${way})`);
    return { engine };
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== "MRD6001") throw error;
    const missing = failureOf(error);
    step("engine", began, `graph, in-process: ${missing.message} (${missing.code})`);
    return { engine: await graphEngine(terminal), missing };
  } finally {
    interrupt.release();
  }
}

function printStart(terminal: GuardedTerminal, document: StartDocument): void {
  printLines(terminal, [""]);
  printRun(terminal, document.run);
  const paint = painterFor(terminal);
  const maps = document.planned.map(({ map }) => map).join("  ");
  if (!document.ok) {
    printRemark(terminal, "", "next: bin/meridian start   (what is applied stays; it goes on with the rest)");
    return;
  }
  const [first] = document.run.stacks;
  const platform = first?.stack.split("/")[0] ?? "openova";
  const engine = document.engine === "graph" ? " --engine graph" : "";
  const applied = new Set(document.run.stacks.map(({ stack }) => stack.split("/")[0] ?? ""));
  const others = document.planned
    .filter((one) => one.unbuilt.length === 0 && !applied.has(one.platform))
    .map((one) => one.platform);
  const next = [
    [
      `bin/meridian status ${[...applied].join(" ")}${engine}`,
      "what is applied, and whether it is what the manifests say",
    ],
    [`bin/meridian preview ${platform}${engine}`, `what an edit of regions/${platform} would change`],
    others.length === 0
      ? [`bin/meridian graph ${platform} --format mermaid`, "the platform as a picture for a pull request"]
      : [`bin/meridian apply ${others.join(" ")} --yes${engine}`, "the other platforms, to the sandbox too"],
  ];
  const width = Math.max(...next.map(([command = ""]) => command.length));
  printLines(terminal, [
    `maps: ${maps}`,
    ...(document.missing === undefined
      ? []
      : [`${paint.warning("missing:")} the real engine. ${document.missing.next ?? ""}`]),
    "",
    "next:",
    ...next.map(([command = "", about = ""]) => `  ${command.padEnd(width)}   ${paint.dim(about)}`),
  ]);
}
