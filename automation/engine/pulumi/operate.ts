import { rmSync } from "node:fs";
import { stackId, type StackSpec } from "../../fleet/stack-spec";
import type { ResourceStep, Run } from "../engine";
import type { EngineError } from "../engine-error";
import type { Lock } from "../locks/lock";
import { lostLockError } from "../locks/locked-error";
import { resolveSecrets } from "../secrets/resolve";
import { StackProcess } from "./child-process";
import type { Job, Outcome, Verb } from "./child-protocol";
import { noteOf } from "./note";
import { defaultPatience } from "./options";
import { endedError, outcomeError } from "./outcome-error";
import { pulumiError } from "./pulumi-error";
import { knownId, repair } from "./repair";
import { scratchSetting, settingOf, storeOf, type Equipment, type Setting, type StackName } from "./setting";
import { claimStack } from "./stack-claim";

/** One stack operation, from outside. */
export interface Operation {
  readonly stop: (how: "safely" | "at-once") => void;
}

/** What is asked. */
export interface Order {
  readonly verb: Verb;
  readonly name: StackName;
  readonly spec: StackSpec | undefined;
  readonly run: Run;
}

/** How often a run looks whether it was fenced off, and whether there still is room. */
const GUARD_MILLISECONDS = 1_000;

/** Runs one stack operation to its end. `running` holds it while it can be stopped. */
export async function operate(
  options: Equipment,
  order: Order,
  running: Set<Operation>,
): Promise<readonly ResourceStep[]> {
  const { verb, name, run } = order;
  let lock: Lock | undefined;
  // Started first: it loads the SDK while everything else is made ready.
  const child = new StackProcess({
    onEvent: run.onEvent,
    onEngine: (pid) => lock?.addProcess(pid),
  });
  running.add(child);
  try {
    const setting = settingOf(options, run.target, name, run.signal);
    if (verb === "preview") return await preview(options, order, setting, child);
    lock = await claim(setting, options, run);
    if (child.pid !== undefined) lock.addProcess(child.pid);
    return await change(options, order, setting, child, lock);
  } finally {
    running.delete(child);
    child.dismiss();
    lock?.release();
  }
}

const claim = ({ folder, target, name, store }: Setting, options: Equipment, run: Run): Promise<Lock> =>
  claimStack(
    { folder, target, ...name, backendLocks: store.locks },
    options.doing ?? `meridian ${process.argv.slice(2).join(" ")}`.trim(),
    (text) => run.onEvent({ kind: "message", stack: stackId(name), severity: "info", text }),
  );

/**
 * A stack that does not exist yet, or that reads of one that does not, is previewed against states beside its work
 * folder: copies of what there is, and empty ones of what is still to be made.
 */
async function preview(
  options: Equipment,
  order: Order,
  setting: Setting,
  child: StackProcess,
): Promise<readonly ResourceStep[]> {
  const { platform, stack } = order.name;
  const names = [stack, ...(order.spec?.after ?? [])];
  const stores = names.map((name) => ({ name, store: storeOf(options, setting, { platform, stack: name }) }));
  const states = await Promise.all(
    stores.map(async ({ name, store }) => ({ name, state: await store.read() })),
  );
  if (states.every(({ state }) => state !== undefined))
    return execute(options, order, setting, child, ["preview"]);
  const scratch = scratchSetting(setting);
  try {
    for (const { name, state } of states) await scratch.keep({ platform, stack: name }, state);
    return await execute(options, order, scratch, child, ["preview"]);
  } finally {
    if (scratch.backend.root !== undefined) rmSync(scratch.backend.root, { recursive: true, force: true });
  }
}

async function change(
  options: Equipment,
  order: Order,
  setting: Setting,
  child: StackProcess,
  lock: Lock,
): Promise<readonly ResourceStep[]> {
  const { verb, spec, run } = order;
  setting.store.mend();
  const state = await setting.store.read();
  if (verb === "destroy" && state === undefined) return [];
  if (state === undefined) await setting.store.ensure();
  const wasBroken = (state?.pending_operations ?? []).length > 0;
  if (state !== undefined && wasBroken) await settle(options, setting, state, run);
  // After a repair the refresh finds out what there is, in the same run of the engine.
  const refresh = wasBroken ? ["--refresh"] : [];
  const note = spec === undefined ? [] : ["--message", noteOf(spec.hash, lock.run, lock.token)];
  const room = setting.store.keepRoom();
  let full: EngineError | undefined;
  const guard = setInterval(() => {
    if (!lock.held()) child.stop("at-once");
    else if (full === undefined && (full = room?.shortage()) !== undefined) child.stop("safely");
  }, GUARD_MILLISECONDS);
  try {
    const verbs = verb === "apply" ? ["up"] : ["destroy"];
    const args = [...verbs, "--yes", "--skip-preview", ...refresh, ...note];
    const steps = await execute(options, order, setting, child, args);
    if (verb === "destroy") await setting.store.remove();
    return steps;
  } catch (error) {
    if (!lock.held()) throw lostLockError(stackId(setting.name), error);
    throw full ?? error;
  } finally {
    clearInterval(guard);
    room?.release();
  }
}

async function settle(
  options: Equipment,
  { store, name }: Setting,
  state: Parameters<typeof repair>[0],
  run: Run,
): Promise<void> {
  const stack = stackId(name);
  const { deployment, adopted, unknown } = repair(state, options.knowsId ?? knownId);
  await store.write(deployment);
  const tell = (severity: "info" | "warning", text: string): void =>
    run.onEvent({ kind: "message", stack, severity, text });
  tell("info", `an earlier run died in the middle of its work: looking at what is there`);
  for (const urn of adopted) tell("info", `was being made, will be looked for: ${urn}`);
  for (const urn of unknown) tell("warning", `was being made, is made again unless it is found: ${urn}`);
}

async function execute(
  options: Equipment,
  { verb, spec, run }: Order,
  setting: Setting,
  child: StackProcess,
  args: readonly string[],
): Promise<readonly ResourceStep[]> {
  const stack = stackId(setting.name);
  const secrets = spec === undefined ? [] : [...resolveSecrets(spec, run.secrets, run.target)];
  const cli = await setting.cli();
  const job: Job = {
    verb,
    stack,
    ...(spec === undefined ? {} : { spec }),
    target: run.target,
    secrets,
    ...(options.programModule === undefined ? {} : { programModule: options.programModule }),
    cli,
    arguments: [...args, "--stack", setting.name.stack, ...commonArguments(options, verb)],
    workDir: setting.workspace().workDir,
    environment: setting.environment(cli, setting.backend),
    patience: { ...defaultPatience, ...options.patience },
  };
  const stop = (): void => child.stop("safely");
  if (run.signal.aborted) throw pulumiError("MRD5202", stack, `${stack} was stopped before it began`);
  run.signal.addEventListener("abort", stop, { once: true });
  try {
    const { outcome, died, heard } = await child.run(job);
    if (outcome === undefined) throw endedError(stack, died, heard);
    return stepsOf(stack, outcome);
  } finally {
    run.signal.removeEventListener("abort", stop);
  }
}

function stepsOf(stack: string, outcome: Outcome): readonly ResourceStep[] {
  if (outcome.ok) return outcome.steps;
  throw outcomeError(stack, outcome);
}

function commonArguments(options: Equipment, verb: Verb): readonly string[] {
  const { parallel = 16, policyPacks = [], policyPackConfigs = [] } = options;
  return [
    "--parallel",
    String(parallel),
    "--non-interactive",
    "--color",
    "never",
    "--suppress-outputs",
    ...(verb === "destroy" ? [] : policyPacks.flatMap((pack) => ["--policy-pack", pack])),
    ...(verb === "destroy" ? [] : policyPackConfigs.flatMap((config) => ["--policy-pack-config", config])),
  ];
}
