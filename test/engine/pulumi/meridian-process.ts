/** `bin/meridian` as a real process, and the processes below it. */
import { spawn, type ChildProcess } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const BIN = join(__dirname, "../../../bin/meridian");

export interface Ended {
  /** Of the exit, or of the signal that ended it. */
  readonly status: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One command line at work. */
export class Meridian {
  readonly ended: Promise<Ended>;
  private readonly process: ChildProcess;

  constructor(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    this.process = spawn(process.execPath, [BIN, ...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [stdout, stderr] = [collect(this.process.stdout), collect(this.process.stderr)];
    this.ended = new Promise((resolve, reject) => {
      this.process.once("error", reject);
      this.process.once("close", (code, signal) =>
        resolve({ status: signal ?? code, stdout: stdout(), stderr: stderr() }),
      );
    });
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  get isRunning(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  signal(name: NodeJS.Signals): void {
    this.process.kill(name);
  }
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  const chunks: string[] = [];
  stream?.setEncoding("utf8");
  stream?.on("data", (chunk: string) => chunks.push(chunk));
  return () => chunks.join("");
}

/** A process that somebody started, by what /proc says of it. */
export interface Descendant {
  readonly pid: number;
  /** With spaces between the arguments. */
  readonly commandLine: string;
  readonly environment: string;
}

/** Everything below a process, nearest first; what ends meanwhile is left out. */
export function descendantsOf(pid: number): readonly Descendant[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc").filter((one) => /^\d+$/.test(one))) {
    const stat = read(`/proc/${name}/stat`);
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
  }
  const found: Descendant[] = [];
  for (const wave = [pid]; wave.length > 0;) {
    const parent = wave.shift();
    for (const [child, of] of parents) {
      if (of !== parent) continue;
      wave.push(child);
      const [commandLine, environment] = [read(`/proc/${child}/cmdline`), read(`/proc/${child}/environ`)];
      found.push({ pid: child, commandLine: commandLine.replaceAll("\0", " ").trim(), environment });
    }
  }
  return found;
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** SIGKILL to exactly these. */
export function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It ended just now.
    }
  }
}
