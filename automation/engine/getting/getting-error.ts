import { EngineError } from "../engine-error";
import { gettingCodes, type GettingCode } from "./codes";

/** An EngineError of this room; its next step comes from the table. */
export const gettingError = (
  code: GettingCode,
  message: string,
  detail: { readonly facts?: readonly string[]; readonly cause?: unknown } = {},
): EngineError => new EngineError(code, message, { next: gettingCodes[code].next, ...detail });

/** Why one way did not lead to a CLI; the next way is tried. */
export class NotThisWay extends Error {
  override readonly name = "NotThisWay";
  readonly code = "MRD6001";
}
