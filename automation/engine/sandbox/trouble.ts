import { setTimeout as sleep } from "node:timers/promises";
import type { Faults, Moment } from "./faults";
import { overlay } from "./merge";
import { sandboxError } from "./sandbox-error";
import { drift, type World } from "./world";

/** Real SDKs try again when throttled; after this many times they give up. */
const TRIES = 5;
const FIRST_PAUSE = 20;
const NEVER = 3_600_000;

/** Makes the faults happen: before the world is touched, while it is written, and after. */
export class Trouble {
  constructor(
    private readonly faults: Faults,
    private readonly cancelled: AbortSignal,
  ) {}

  /** Returns what to do in the middle of writing, when the disk is to be full. */
  async before(moment: Moment, urn: string): Promise<(() => void) | undefined> {
    for (const { milliseconds } of this.faults.strike("slow", moment, urn))
      await this.pause(milliseconds ?? 100);
    await this.throttle(moment, urn);
    await this.crash(moment, urn, "before");
    const [timeout] = this.faults.strike("timeout", moment, urn);
    if (timeout !== undefined) {
      await this.pause(timeout.milliseconds ?? 1_000);
      throw sandboxError("MRD7021", `${moment} timed out: the cloud did not answer, and did nothing`);
    }
    const [fail] = this.faults.strike("fail", moment, urn);
    if (fail !== undefined) throw sandboxError("MRD7023", fail.message ?? `${moment} was refused`);
    return this.faults.strike("disk-full", moment, urn).length > 0 ? diskFull : undefined;
  }

  /** Loses the answer, or the whole process with it. */
  async after(moment: Moment, urn: string): Promise<void> {
    await this.crash(moment, urn, "after");
    if (this.faults.strike("lose-answer", moment, urn).length > 0) {
      throw sandboxError("MRD7022", `connection reset: the answer to ${moment} was lost`);
    }
  }

  /** Changes the resource that is about to be read, when a fault says so. */
  drift(world: World, key: string, urn: string): void {
    if (world.current(key) === undefined) return;
    for (const { set } of this.faults.strike("drift", "read", urn)) {
      drift(world, key, ({ inputs, outputs }) => ({
        inputs: overlay(inputs, set ?? {}),
        outputs: overlay(outputs, set ?? {}),
      }));
    }
  }

  private async crash(moment: Moment, urn: string, when: "before" | "after"): Promise<void> {
    if (this.faults.strike("crash", moment, urn, when).length === 0) return;
    process.kill(process.pid, "SIGKILL");
    await sleep(NEVER);
  }

  private async throttle(moment: Moment, urn: string): Promise<void> {
    for (let tried = 0; this.faults.strike("throttle", moment, urn).length > 0; tried += 1) {
      if (tried === TRIES) throw sandboxError("MRD7020", `429 Too Many Requests, ${TRIES} tries in a row`);
      await this.pause(FIRST_PAUSE * 2 ** tried);
    }
  }

  private async pause(milliseconds: number): Promise<void> {
    try {
      await sleep(milliseconds, undefined, { signal: this.cancelled });
    } catch (cause) {
      throw sandboxError("MRD7021", "cancelled before anything was done", { cause });
    }
  }
}

function diskFull(): never {
  throw Object.assign(new Error("ENOSPC: no space left on device, write"), {
    code: "ENOSPC",
  });
}
