import type { ProgramCode } from "./codes";

/** A StackSpec no program can be made of. */
export class ProgramError extends Error {
  override readonly name = "ProgramError";
  constructor(
    readonly code: ProgramCode,
    readonly stackName: string,
    message: string,
  ) {
    super(message);
  }
}
