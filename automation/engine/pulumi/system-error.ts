import { EngineError } from "../engine-error";
import { pulumiError } from "./pulumi-error";

const FULL: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/** What the operating system refused, as an error a person can act on; anything else stays as it is. */
export function asEngineError(stack: string | undefined, error: unknown, writing = "a file"): unknown {
  if (error instanceof EngineError || typeof error !== "object" || error === null) return error;
  const { code, path } = error as { readonly code?: unknown; readonly path?: unknown };
  if (typeof code !== "string" || !/^E[A-Z0-9]+$/.test(code)) return error;
  const file = typeof path === "string" ? path : writing;
  return FULL.has(code)
    ? pulumiError("MRD5206", stack, `there was no space left to write ${file}`, { cause: error })
    : pulumiError("MRD5213", stack, `${file} cannot be read or written: ${code}`, { cause: error });
}
