import { EngineError } from "../engine-error";
import { secretCodes, type SecretCode } from "./codes";

/** An EngineError of this room, with the next step its code promises. */
export const secretError = (
  code: SecretCode,
  message: string,
  detail: { readonly stack?: string; readonly facts?: readonly string[]; readonly cause?: unknown } = {},
): EngineError => new EngineError(code, message, { next: secretCodes[code].next, ...detail });
