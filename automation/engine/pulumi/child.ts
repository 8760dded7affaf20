/**
 * The process of one stack operation: serves the program, runs the CLI, tells its parent what happens.
 *
 * When the parent dies the channel closes, and the engine is stopped as by Ctrl-C: no orphan runs on.
 */
import "../graph/lean-sdk";
import { componentsProgram, programContext, type StackProgram } from "../graph/program";
import { Redactor } from "../secrets/redactor";
import type { FromChild, Job, Outcome, ToChild } from "./child-protocol";
import { Command } from "./command";
import { serveEventLog } from "./event-log";
import { serveProgram } from "./language-host";
import { isFullDisk } from "./outcome-error";
import { portableFailure } from "./program-failure";
import { StepLog } from "./step-log";

let command: Command | undefined;
let job: Job | undefined;
let stopped: Outcome["stopped"] = "no";

/** What an engine that cannot write its state any more may still take. */
const FULL_DISK_MILLISECONDS = 1_000;

function tell(message: FromChild): void {
  if (process.connected) process.send?.(message, () => undefined);
}

function stop(how: "safely" | "at-once", orphaned = false): void {
  stopped = how;
  if (job === undefined) process.exit(0);
  const { safe, hurried, orphaned: alone } = job.patience;
  if (how === "at-once") command?.press(hurried);
  else command?.stop({ safe: orphaned ? alone : safe, hurried });
}

async function run(job: Job): Promise<Outcome> {
  // The SDK captures a stack a promise, which takes longer than everything else together.
  Error.stackTraceLimit = 0;
  const redactor = new Redactor(job.secrets.map(([, value]) => value));
  const log = new StepLog(job.stack, (event) => {
    tell({ kind: "event", event: redactor.value(event) as typeof event });
    if (event.kind === "message" && isFullDisk(event.text)) command?.press(FULL_DISK_MILLISECONDS);
  });
  const reasons: unknown[] = [];
  const program = loadedWhileTheEngineStarts(job);
  const [events, host] = await Promise.all([
    serveEventLog((event) => log.add(event)),
    program === undefined ? undefined : serveProgram(program, (reason) => reasons.push(reason)),
  ]);
  const ended = await runCli(job, [
    ...["--event-log", `tcp://${events.address}`],
    ...(host === undefined ? [] : [`--client=${host.address}`, "--exec-kind", "auto.inline"]),
  ]);
  host?.close();
  events.close();
  const failure = portableFailure(job.stack, reasons, redactor.text);
  return {
    ok: ended.code === 0,
    steps: redactor.value(log.steps) as Outcome["steps"],
    complaints: redactor.value(log.complaints) as Outcome["complaints"],
    violations: redactor.value(log.violations) as Outcome["violations"],
    ...(failure === undefined ? {} : { programFailure: failure }),
    said: redactor.text(ended.said),
    stopped: stopped === "safely" && command?.wasKilled ? "at-once" : stopped,
    ...(ended.signal === null ? {} : { signal: ended.signal }),
  };
}

async function runCli(job: Job, more: readonly string[]) {
  command = new Command(job.cli, [...job.arguments, ...more], job.workDir, job.environment);
  if (command.pid !== undefined) tell({ kind: "engine", pid: command.pid });
  // Asked to stop before there was anything to stop.
  if (stopped !== "no") stop(stopped, !process.connected);
  return command.ended;
}

/** The program's modules take as long to load as the engine takes to ask for them. */
function loadedWhileTheEngineStarts(job: Job): (() => Promise<unknown>) | undefined {
  const { spec, target, secrets, programModule } = job;
  if (spec === undefined) return undefined;
  const loaded =
    programModule === undefined
      ? Promise.resolve(componentsProgram)
      : import(programModule).then(({ program }: { readonly program: StackProgram }) => program);
  // Whoever asks for the program is told; until then nobody listens.
  loaded.catch(() => undefined);
  const values = new Map(secrets);
  return async () =>
    (await loaded)(
      spec,
      programContext(target, ({ secret }) => values.get(secret) ?? ""),
    );
}

process.on("message", (message: ToChild) => {
  if (message.kind === "stop") stop(message.how);
  else {
    job = message.job;
    void run(job).then((outcome) => {
      if (process.connected) process.send?.({ kind: "end", outcome }, () => process.disconnect());
    });
  }
});
process.on("disconnect", () => {
  if (command === undefined) process.exit(0);
  stop("safely", true);
  void command.ended.then(() => process.exit(0));
});
// A terminal's Ctrl-C belongs to the parent, which decides what it means.
process.on("SIGINT", () => undefined);
