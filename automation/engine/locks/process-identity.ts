/**
 * Who a process is, so that it is not taken for another one later: a pid alone is used again, but not
 * with the same moment of start on the same boot of the same machine.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** One process, for as long as anybody asks. */
export interface ProcessIdentity {
  readonly pid: number;
  /** As the operating system counts it; only ever compared for equality. */
  readonly started: string;
  readonly host: string;
  /** Differs after each start of the machine; empty where the system does not say. */
  readonly boot: string;
}

/** `elsewhere`: another machine, which cannot be asked from here. */
export type Liveness = "alive" | "dead" | "elsewhere";

/** The process with this pid on this machine; undefined when there is none. */
export function identify(pid: number): ProcessIdentity | undefined {
  const started = startOf(pid);
  return started === undefined ? undefined : { pid, started, host: hostname(), boot: bootId() };
}

/** Whether the process is still the one it was. */
export function livenessOf(identity: ProcessIdentity): Liveness {
  if (identity.host !== hostname()) return "elsewhere";
  if (identity.boot !== bootId()) return "dead";
  return startOf(identity.pid) === identity.started ? "alive" : "dead";
}

/** Clock ticks a second in /proc, on every Linux there is. */
const TICKS = 100;

/** When the process with this pid started, in milliseconds since 1970; undefined when there is none. */
export function startTimeOf(pid: number): number | undefined {
  const started = startOf(pid);
  if (started === undefined) return undefined;
  if (process.platform !== "linux") return Date.parse(started);
  const booted = /^btime (\d+)$/m.exec(read("/proc/stat"))?.[1];
  return (Number(booted ?? 0) + Number(started) / TICKS) * 1000;
}

function startOf(pid: number): string | undefined {
  return process.platform === "linux" ? startOnLinux(pid) : startElsewhere(pid);
}

function startOnLinux(pid: number): string | undefined {
  const text = read(`/proc/${pid}/stat`);
  // The name of the program is in parentheses and may hold anything, so fields count from the last one.
  const [state, ...fields] = text.slice(text.lastIndexOf(")") + 2).split(" ");
  // A zombie does nothing any more: only its parent has not looked yet.
  return text === "" || state === "Z" || state === "X" ? undefined : fields[18];
}

function startElsewhere(pid: number): string | undefined {
  try {
    const said = execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
    return said === "" ? undefined : said;
  } catch {
    return undefined;
  }
}

let boot: string | undefined;
function bootId(): string {
  boot ??= read("/proc/sys/kernel/random/boot_id").trim();
  return boot;
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
