import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { sync as writeAtomically } from "write-file-atomic";
import type { Target } from "../engine";
import { withoutSecrets } from "../secrets/environment";
import type { Backend, Environment } from "./backend";

/** A provider given by its folder in place of an installed plugin. */
export interface AttachedPlugin {
  readonly name: string;
  readonly path: string;
}

/** The folder one stack's CLI runs in. */
export interface Workspace {
  readonly workDir: string;
  readonly home: string;
}

/** Its own folder and PULUMI_HOME for each stack: the CLI rewrites shared files without a lock. */
export function prepareWorkspace(
  folder: string,
  target: Target,
  { platform, stack }: { readonly platform: string; readonly stack: string },
  plugins: readonly AttachedPlugin[],
  inherited: Environment,
): Workspace {
  const workDir = resolve(folder, "work", target, platform, stack);
  const home = join(workDir, "home");
  mkdirSync(home, { recursive: true });
  if (target === "cloud") sharePlugins(home, inherited);
  const settings = {
    name: platform,
    runtime: "nodejs",
    ...(plugins.length === 0 ? {} : { plugins: { providers: plugins } }),
  };
  // JSON is YAML.
  writeIfNew(join(workDir, "Pulumi.yaml"), `${JSON.stringify(settings, undefined, 2)}\n`);
  return { workDir, home };
}

function writeIfNew(file: string, text: string): void {
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeAtomically(file, text);
}

/** Real plugins are large: every workspace uses the ones the user has. */
function sharePlugins(home: string, inherited: Environment): void {
  const shared = join(inherited["PULUMI_HOME"] ?? join(homedir(), ".pulumi"), "plugins");
  mkdirSync(shared, { recursive: true });
  if (!existsSync(join(home, "plugins"))) symlinkSync(shared, join(home, "plugins"), "dir");
}

/** The environment of the CLI and its plugins: what the user has, without what would steer the CLI elsewhere. */
export function cliEnvironment(
  inherited: Environment,
  cli: string,
  { home }: Workspace,
  backend: Backend,
  more: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const kept = Object.entries(withoutSecrets(inherited)).filter(([name]) => !name.startsWith("PULUMI_"));
  return {
    ...Object.fromEntries(kept),
    PATH: `${dirname(cli)}${delimiter}${inherited["PATH"] ?? ""}`,
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: backend.url,
    PULUMI_AUTOMATION_API: "true",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // Without it the CLI has no --event-log.
    PULUMI_DEBUG_COMMANDS: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    // The salt is in the state; the settings file beside the project is only a copy of it.
    PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER: "true",
    ...more,
  };
}
