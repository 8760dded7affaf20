/**
 * Room for the state of a run, kept aside as a file of that size.
 *
 * An engine that finds the disk full has already cut off the state: it writes what fits and renames it into
 * place. It tries again for half a minute, though, so what was kept aside then lets it write the whole.
 */
import { closeSync, existsSync, mkdirSync, openSync, rmSync, statfsSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import type { EngineError } from "../engine-error";
import { pulumiError } from "./pulumi-error";
import { asEngineError } from "./system-error";

/** What a run has kept aside. */
export interface Room {
  /** Gives the room back and says why the run must stop, once the disk is nearly full. */
  readonly shortage: () => EngineError | undefined;
  readonly release: () => void;
}

/** The state, its copy, the one being written, and what a run may add to each. */
const COPIES = 4;
const SPARE_BYTES = 64 * 1024;

/** Keeps room for the state in a file aside; an error when there is too little of it. */
export function keepRoom(stack: string, state: string, aside: string): Room {
  const size = COPIES * (existsSync(state) ? statSync(state).size : 0) + SPARE_BYTES;
  const release = (): void => rmSync(aside, { force: true });
  try {
    fill(aside, size);
  } catch (error) {
    release();
    throw asEngineError(stack, error, aside);
  }
  return {
    release,
    shortage: () => {
      const free = freeBytes(dirname(aside));
      if (free >= SPARE_BYTES) return undefined;
      release();
      return pulumiError("MRD5206", stack, `there is no space left for the state of ${stack}`, {
        facts: [`${dirname(aside)}: ${Math.floor(free / 1024)} KB are free; the run stopped in time`],
      });
    },
  };
}

/** Really written: a file made long by its length alone takes no room. */
function fill(file: string, size: number): void {
  mkdirSync(dirname(file), { recursive: true });
  const handle = openSync(file, "w");
  try {
    for (let at = 0; at < size;) at += writeSync(handle, BLOCK, 0, Math.min(BLOCK.length, size - at));
  } finally {
    closeSync(handle);
  }
}

const BLOCK = Buffer.alloc(SPARE_BYTES, 1);

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
