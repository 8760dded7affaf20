import type { DiagnosticCode } from "../../manifest/diagnostic";
import { EngineError } from "../engine-error";
import { graphError } from "./graph-error";

/** Anything that can be thrown, as an Error. */
export const asError = (reason: unknown): Error =>
  reason instanceof Error ? reason : new Error(String(reason));

const isCode = (code: unknown): code is DiagnosticCode => typeof code === "string" && /^MRD\d{4}$/.test(code);

/** The message a person needs: its first line, without what the SDK wraps around it. */
const sentence = (text: string): string => {
  const [first = ""] = text.trim().split("\n");
  return first.replace(/^(Unhandled exception: |Error: )+/, "").trim() || "no message";
};

/**
 * What a run ended with, as one error a person meets: the reason with a code of ours when there is one,
 * else the program's first complaint; the others are facts. Stack traces stay in `cause`.
 */
export function programFailure(
  stack: string,
  reasons: readonly unknown[],
  hide: (text: string) => string,
): EngineError {
  const errors = reasons.map(asError);
  const known = errors.map(codedCause).find((error) => error !== undefined);
  const messages = [...new Set(errors.map(({ message }) => hide(sentence(message))))];
  const [first = "no message", ...others] = messages;
  const cause = known ?? errors[0];
  if (known instanceof EngineError) return known;
  if (known !== undefined) {
    const message = hide(sentence(known.message));
    return new EngineError(known.code, message.includes(stack) ? message : `${stack}: ${message}`, {
      stack,
      cause,
    });
  }
  return graphError("MRD5701", stack, `the program of ${stack} failed: ${first}`, { facts: others, cause });
}

function codedCause(error: Error): (Error & { readonly code: DiagnosticCode }) | undefined {
  if ("code" in error && isCode(error.code)) return Object.assign(error, { code: error.code });
  return error.cause instanceof Error ? codedCause(error.cause) : undefined;
}
