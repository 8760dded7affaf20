import { EngineError } from "../engine-error";
import { pulumiCodes, type PulumiCode } from "./codes";

/** An EngineError of this room; its next step comes from the table unless a better one is known. */
export function pulumiError(
  code: PulumiCode,
  stack: string | undefined,
  message: string,
  detail: { readonly facts?: readonly string[]; readonly next?: string; readonly cause?: unknown } = {},
): EngineError {
  const place = stack === undefined ? {} : { stack };
  return new EngineError(code, message, { ...place, next: pulumiCodes[code].next, ...detail });
}
