import { spawn, type ChildProcess } from "node:child_process";
import type { Patience } from "./child-protocol";

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The end of stderr, then of stdout. */
  readonly said: string;
}

const KEPT_CHARACTERS = 16_384;

/** The CLI as a process, with the ladder that stops it. */
export class Command {
  readonly ended: Promise<Ended>;
  private readonly process: ChildProcess;
  private rung: "running" | "asked" | "pressed" | "killed" = "running";
  private timer: NodeJS.Timeout | undefined;

  constructor(file: string, args: readonly string[], cwd: string, env: Readonly<Record<string, string>>) {
    this.process = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    const stderr = tail(this.process.stderr);
    const stdout = tail(this.process.stdout);
    this.ended = new Promise((resolve) => {
      this.process.once("error", (error) => resolve({ code: -1, signal: null, said: error.message }));
      this.process.once("close", (code, signal) =>
        resolve({ code, signal, said: `${stderr()}\n${stdout()}` }),
      );
    });
    void this.ended.then(() => clearTimeout(this.timer));
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  /** Whether the last rung was reached: what the engine was doing is unknown. */
  get wasKilled(): boolean {
    return this.rung === "pressed" || this.rung === "killed";
  }

  /** SIGINT: the engine stops after what is in flight. Each `patience` leads to the next rung. */
  stop({ safe, hurried }: { readonly safe: number; readonly hurried: number }): void {
    if (this.rung !== "running") return;
    this.rung = "asked";
    this.process.kill("SIGINT");
    this.timer = setTimeout(() => this.press(hurried), safe);
  }

  /** A second SIGINT, on which the engine ends without waiting; then SIGKILL. */
  press(hurried: Patience["hurried"]): void {
    if (this.wasKilled) return;
    if (this.rung === "running") this.process.kill("SIGINT");
    this.rung = "pressed";
    clearTimeout(this.timer);
    // Two signals of one kind sent at once arrive as one.
    setTimeout(() => this.process.kill("SIGINT"), 50);
    this.timer = setTimeout(() => {
      this.rung = "killed";
      this.process.kill("SIGKILL");
    }, hurried);
  }
}

/** The last characters of a stream: an engine may say megabytes. */
function tail(stream: NodeJS.ReadableStream | null): () => string {
  let kept = "";
  stream?.setEncoding("utf8");
  stream?.on("data", (chunk: string) => (kept = (kept + chunk).slice(-KEPT_CHARACTERS)));
  return () => kept.trim();
}
