import { mkdirSync } from "node:fs";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { CliError } from "./cli-error";

/** Everything Meridian keeps for itself, beside the manifests. */
export const homeOf = (cwd: string): string => join(cwd, ".meridian");

/** Whole or not at all: a full disk leaves the old file as it was. */
export function writeWhole(path: string, text: string): void {
  try {
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileAtomic.sync(path, text);
  } catch (cause) {
    const reason =
      typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : "unknown";
    throw new CliError("MRD4109", `${path} could not be written`, {
      facts: [`the system says ${reason}${reason === "ENOSPC" ? ": the disk is full" : ""}`],
      next: "make room or correct the permissions, and run the command again",
      cause,
    });
  }
}
