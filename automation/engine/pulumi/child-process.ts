import { fork, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { EngineEvent } from "../engine";
import { withoutSecrets } from "../secrets/environment";
import type { FromChild, Job, Outcome, ToChild } from "./child-protocol";
import { pulumiError } from "./pulumi-error";

const ENTRY = "child.js";

/** Compiled beside this file; or, when this is the source, below dist/. */
function builtEntry(): string {
  const places = [join(__dirname, ENTRY), join(__dirname, "../../../dist/automation/engine/pulumi", ENTRY)];
  const found = places.find((file) => existsSync(file));
  if (found !== undefined) return resolve(found);
  throw pulumiError("MRD5212", undefined, "the engine's own process is not built");
}

/** Who listens to a child. */
export interface Listeners {
  readonly onEvent: (event: EngineEvent) => void;
  /** The CLI's process, once it runs. */
  readonly onEngine: (pid: number) => void;
}

/** One child process: started early, since loading the SDK takes as long as preparing its job. */
export class StackProcess {
  private readonly process: ChildProcess;
  private readonly gone: Promise<string>;
  private outcome: Outcome | undefined;
  private heard = "";

  constructor(private readonly listeners: Listeners) {
    // Its own process group: a terminal's Ctrl-C reaches this process only, which then decides.
    this.process = fork(builtEntry(), [], {
      detached: true,
      env: withoutSecrets(process.env),
      execArgv: [],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    this.process.stderr?.setEncoding("utf8");
    this.process.stderr?.on("data", (text: string) => (this.heard = (this.heard + text).slice(-4_096)));
    this.process.on("message", (message: FromChild) => this.hear(message));
    this.gone = new Promise((resolve) => {
      this.process.once("error", (error) => resolve(error.message));
      this.process.once("exit", (code, signal) => resolve(signal ?? `exit ${code ?? 0}`));
    });
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  /** Runs the job; undefined, and why, when the child died before it could tell. */
  async run(
    job: Job,
  ): Promise<{ readonly outcome?: Outcome; readonly died: string; readonly heard: string }> {
    this.send({ kind: "job", job });
    const died = await this.gone;
    // The engine it started must not work on without it.
    if (this.outcome === undefined) this.killGroup();
    return {
      ...(this.outcome === undefined ? {} : { outcome: this.outcome }),
      died,
      heard: this.heard.trim(),
    };
  }

  stop(how: "safely" | "at-once"): void {
    this.send({ kind: "stop", how });
  }

  /** Ends a child that got no job. */
  dismiss(): void {
    if (this.process.connected) this.process.disconnect();
  }

  private send(message: ToChild): void {
    // A child that is gone is seen by its exit.
    if (this.process.connected) this.process.send(message, () => undefined);
  }

  private hear(message: FromChild): void {
    if (message.kind === "event") this.listeners.onEvent(message.event);
    else if (message.kind === "engine") this.listeners.onEngine(message.pid);
    else this.outcome = message.outcome;
  }

  private killGroup(): void {
    if (this.pid === undefined) return;
    try {
      process.kill(-this.pid, "SIGKILL");
    } catch {
      // Nobody is left in it.
    }
  }
}
