import { EngineError } from "../engine-error";
import { graphCodes, type GraphCode } from "./codes";

/** An EngineError of this room, with the next step its code promises. */
export const graphError = (
  code: GraphCode,
  stack: string,
  message: string,
  detail: { readonly facts?: readonly string[]; readonly cause?: unknown } = {},
): EngineError => new EngineError(code, message, { stack, next: graphCodes[code].next, ...detail });
