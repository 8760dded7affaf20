import type { Deletion } from "../automation/fleet/specs/deletion";
import type { ProgramContext } from "./program-context";

/** Pulumi's `protect` for a resource that holds data: never in the sandbox, whose data is worth nothing. */
export const protectedBy = (deletion: Deletion, { target }: ProgramContext): boolean =>
  target === "cloud" && deletion === "protected";
