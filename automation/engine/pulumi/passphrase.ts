import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Target } from "../engine";
import type { Environment } from "./backend";
import { pulumiError } from "./pulumi-error";

/**
 * What the CLI's environment needs to encrypt secrets in the state. It is never in a command line.
 *
 * The sandbox keeps a random one beside its states, readable by this user only; the cloud never guesses.
 */
export function passphraseVariables(
  folder: string,
  target: Target,
  environment: Environment,
): Readonly<Record<string, string>> {
  const { MERIDIAN_PASSPHRASE: value, MERIDIAN_PASSPHRASE_FILE: file } = environment;
  if (value) return { PULUMI_CONFIG_PASSPHRASE: value };
  if (file) return { PULUMI_CONFIG_PASSPHRASE_FILE: existing(file) };
  if (target === "cloud")
    throw pulumiError("MRD5210", undefined, "there is no passphrase for the state's secrets");
  return { PULUMI_CONFIG_PASSPHRASE_FILE: generated(join(folder, "state", "sandbox.passphrase")) };
}

function existing(file: string): string {
  if (existsSync(file)) return resolve(file);
  throw pulumiError("MRD5210", undefined, `the passphrase file ${file} does not exist`);
}

/** Of several processes that make one at once, one is first, and all use its. */
function generated(file: string): string {
  if (existsSync(file)) return resolve(file);
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  writeFileSync(draft, randomBytes(32).toString("base64url"), { mode: 0o600, flag: "wx" });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return resolve(file);
}
