import { execFile } from "node:child_process";
import { withoutSecrets } from "../secrets/environment";

/** What is downloaded or built: the version of the SDK in package.json. */
export const WANTED_VERSION = "3.230.0";

/** What a CLI said of itself. */
export interface CliVersion {
  /** `3.230.0`; empty for a build that was not given one. */
  readonly version: string;
}

const PATIENCE_MILLISECONDS = 30_000;

/** Asks a CLI for its version; undefined when it cannot be run. */
export function askVersion(path: string, signal?: AbortSignal): Promise<CliVersion | undefined> {
  const env = { ...withoutSecrets(process.env), PULUMI_SKIP_UPDATE_CHECK: "true" };
  return new Promise((resolve) => {
    execFile(
      path,
      ["version"],
      { env, timeout: PATIENCE_MILLISECONDS, ...(signal && { signal }) },
      (error, stdout) => resolve(error === null ? { version: stdout.trim().replace(/^v/, "") } : undefined),
    );
  });
}

/** The same major version, and not older than the SDK: what the SDK asks for itself. */
export function isCompatible(version: string, wanted: string = WANTED_VERSION): boolean {
  const [have, want] = [numbers(version), numbers(wanted)];
  if (have === undefined || want === undefined || have[0] !== want[0]) return false;
  return have[1] > want[1] || (have[1] === want[1] && have[2] >= want[2]);
}

function numbers(version: string): readonly [number, number, number] | undefined {
  const found = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version);
  return found === null ? undefined : [Number(found[1]), Number(found[2]), Number(found[3])];
}
