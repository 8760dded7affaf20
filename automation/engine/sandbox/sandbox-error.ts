import { EngineError } from "../engine-error";
import { sandboxCodes, type SandboxCode } from "./codes";

/** An EngineError of this room; its next step comes from the table unless a better one is known. */
export function sandboxError(
  code: SandboxCode,
  message: string,
  detail: { readonly facts?: readonly string[]; readonly next?: string; readonly cause?: unknown } = {},
): EngineError {
  return new EngineError(code, message, { next: sandboxCodes[code].next, ...detail });
}

/** One line for a wire that carries only text: `MRD7011 sandbox: …. Next: …`. */
export function errorLine(error: unknown): string {
  const known =
    error instanceof EngineError
      ? error
      : sandboxError("MRD7099", error instanceof Error ? error.message : String(error), { cause: error });
  const facts = (known.detail.facts ?? []).map((fact) => ` (${fact})`).join("");
  const next = known.detail.next === undefined ? "" : ` Next: ${known.detail.next}`;
  return `${known.code} sandbox: ${known.message}${facts}.${next}`;
}
