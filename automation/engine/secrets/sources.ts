import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { SecretSource } from "../engine";
import { checkName, variableOf } from "./names";
import { secretError } from "./secret-error";

/** Values of environment variables; an empty one is not a secret. */
export const environmentSecrets =
  (environment: Readonly<Record<string, string | undefined>>): SecretSource =>
  ({ secret }) =>
    environment[variableOf(checkName(secret))] || undefined;

/**
 * One file a secret, as Docker and Kubernetes mount them, without the line end that editors put last.
 *
 * A file everyone may write is refused. One that everyone may read gets a warning only: mounted secrets
 * are world-readable by default, behind a folder that is not.
 */
export const folderSecrets =
  (folder: string, warn: (text: string) => void = () => undefined): SecretSource =>
  ({ secret }) =>
    readSecret(join(folder, checkName(secret)), warn);

function readSecret(file: string, warn: (text: string) => void): string | undefined {
  try {
    const { mode } = statSync(file);
    const text = readFileSync(file, "utf8").replace(/\r?\n$/, "");
    checkMode(file, mode, warn);
    return text || undefined;
  } catch (error) {
    const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    if (typeof code !== "string" || code.startsWith("MRD")) throw error;
    throw secretError("MRD8004", `${file} cannot be read: ${code}`, { cause: error });
  }
}

function checkMode(file: string, mode: number, warn: (text: string) => void): void {
  // Windows has no such permissions, and reports every file as open.
  if (process.platform === "win32") return;
  if ((mode & 0o002) !== 0)
    throw secretError("MRD8003", `${file} may be changed by every user of this machine`);
  if ((mode & 0o004) !== 0) warn(`${file} may be read by every user of this machine (chmod o-r)`);
}

/** The first source that knows a secret wins. */
export const firstOf =
  (...sources: readonly SecretSource[]): SecretSource =>
  (ref) => {
    for (const source of sources) {
      const value = source(ref);
      if (value !== undefined) return value;
    }
    return undefined;
  };

/** The order everywhere: environment, then the folder of MERIDIAN_SECRETS_DIR, then `more` (Pulumi's configuration). */
export function secretsFrom(
  environment: Readonly<Record<string, string | undefined>>,
  { warn, more }: { readonly warn?: (text: string) => void; readonly more?: SecretSource } = {},
): SecretSource {
  const folder = environment["MERIDIAN_SECRETS_DIR"];
  return firstOf(
    environmentSecrets(environment),
    ...(folder ? [folderSecrets(folder, warn)] : []),
    ...(more === undefined ? [] : [more]),
  );
}
