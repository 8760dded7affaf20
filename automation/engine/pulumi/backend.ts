import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Target } from "../engine";
import { pulumiError } from "./pulumi-error";

/** Where states are kept. */
export interface Backend {
  readonly url: string;
  /** Of a `file://` backend, whose files can be read without the CLI. */
  readonly root?: string;
}

/** What the environment may say of backends. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The backend of a target: files below `.meridian/state/<target>`, or the URL of MERIDIAN_BACKEND (cloud)
 * or MERIDIAN_SANDBOX_BACKEND (sandbox).
 */
export function backendOf(folder: string, target: Target, environment: Environment): Backend {
  const { MERIDIAN_BACKEND: cloud, MERIDIAN_SANDBOX_BACKEND: sandbox } = environment;
  if (cloud && cloud === sandbox)
    throw pulumiError("MRD5211", undefined, "sandbox and cloud have one backend");
  const url = target === "cloud" ? cloud : sandbox;
  if (!url) return fileBackend(join(folder, "state", target));
  return url.startsWith("file://") ? fileBackend(pathOf(url)) : { url };
}

/**
 * A backend of files in a folder, without the file of attributes beside each one: those are not written
 * whole, and an engine killed while it writes one leaves a state that no engine opens again.
 */
export const fileBackend = (root: string): Backend => ({
  url: `${pathToFileURL(resolve(root)).href}?metadata=skip`,
  root: resolve(root),
});

/** `file://~` and relative paths are Pulumi's own ways to write them. */
function pathOf(url: string): string {
  try {
    return fileURLToPath(url);
  } catch {
    return resolve(url.slice("file://".length).replace(/^~/, process.env["HOME"] ?? "~"));
  }
}
