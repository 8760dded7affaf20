/** Attaches the sandbox providers to a Pulumi project: one small executable each, made when needed. */
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { sandboxProviders, type SandboxProvider } from "./clouds";
import { diskError } from "./disk";
import { sandboxError } from "./sandbox-error";

/** One row of `plugins.providers` in project settings. */
export interface SandboxPlugin {
  readonly name: SandboxProvider;
  /** The folder that holds `pulumi-resource-<name>`. */
  readonly path: string;
}

/** The environment a Pulumi engine needs so that its sandbox providers work on one world. */
export const sandboxEnvironment = (world: string): Readonly<Record<string, string>> => ({
  MERIDIAN_WORLD: resolve(world),
});

/** Where a platform's world is: `.meridian/world/<platform>`. */
export const worldFolder = (meridianFolder: string, platform: string): string =>
  join(meridianFolder, "world", platform);

const ENTRY = "provider-main.js";

/** Compiled beside this file; or, when this is the source, below dist/. */
function builtEntry(asked: string | undefined): string {
  const own = [join(__dirname, ENTRY), join(__dirname, "../../../dist/automation/engine/sandbox", ENTRY)];
  const candidates = asked === undefined ? own : [asked];
  const found = candidates.find((file) => existsSync(file));
  if (found !== undefined) return resolve(found);
  throw sandboxError("MRD7030", "the sandbox providers are not built");
}

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const script = (provider: string, entry: string): string =>
  `#!/bin/sh\nexec ${quote(process.execPath)} ${quote(entry)} ${provider} ${versionOf(provider)} "$@"\n`;

/** The version of the provider's SDK: what the plugin says of itself fits what resources ask for. */
function versionOf(provider: string): string {
  const { version } = JSON.parse(
    readFileSync(require.resolve(`@pulumi/${provider}/package.json`), "utf8"),
  ) as {
    readonly version: string;
  };
  return version;
}

/**
 * Makes sure the executables are in `folder` (for example `.meridian/cache/sandbox-plugins`) and says
 * how a project attaches them. Safe to call from several processes at once.
 */
export function sandboxPlugins(folder: string, entry?: string): readonly SandboxPlugin[] {
  const built = builtEntry(entry);
  return sandboxProviders.map((name) => {
    const path = resolve(folder, name);
    writeExecutable(path, `pulumi-resource-${name}`, script(name, built));
    return { name, path };
  });
}

function writeExecutable(folder: string, name: string, text: string): void {
  const file = join(folder, name);
  try {
    if (existsSync(file) && readFileSync(file, "utf8") === text) return;
    mkdirSync(folder, { recursive: true });
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, text);
    chmodSync(draft, 0o755);
    renameSync(draft, file);
  } catch (error) {
    throw diskError(file, error);
  }
}
