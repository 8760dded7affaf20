import { join, resolve } from "node:path";
import { getPulumi } from "../getting/get-pulumi";
import type { Target } from "../engine";
import { sandboxEnvironment, sandboxPlugins, worldFolder } from "../sandbox/plugins";
import type { Deployment } from "./checkpoint";
import { backendOf, fileBackend, type Backend, type Environment } from "./backend";
import type { PulumiEngineOptions } from "./options";
import { passphraseVariables } from "./passphrase";
import { remoteStore } from "./remote-store";
import { fileStore, type StateStore } from "./state-store";
import { cliEnvironment, prepareWorkspace, type AttachedPlugin, type Workspace } from "./workspace";

/** A stack, by name. */
export interface StackName {
  readonly platform: string;
  readonly stack: string;
}

/** Everything about one stack on one target that does not depend on what is done with it. */
export interface Setting {
  readonly folder: string;
  readonly target: Target;
  readonly name: StackName;
  /** Made when it is first asked for: to read a state needs none. */
  readonly workspace: () => Workspace;
  readonly cli: () => Promise<string>;
  /** The CLI's environment for a backend. */
  readonly environment: (cli: string, backend: Backend) => Readonly<Record<string, string>>;
  readonly backend: Backend;
  readonly store: StateStore;
}

/** An engine's options, with its CLI. */
export interface Equipment extends PulumiEngineOptions {
  readonly cli: (signal?: AbortSignal) => Promise<string>;
}

/** Gets the CLI at the first stack; the others use it too. */
export function equip(options: PulumiEngineOptions): Equipment {
  const { environment = process.env, onGetting: onProgress = () => undefined } = options;
  let known: string | undefined;
  const cli = async (signal?: AbortSignal): Promise<string> =>
    (known ??= (await getPulumi({ onProgress, environment, ...(signal && { signal }) })).path);
  return { ...options, cli };
}

/** Where a stack is and what its CLI needs. */
export function settingOf(
  options: Equipment,
  target: Target,
  name: StackName,
  signal?: AbortSignal,
): Setting {
  const folder = resolve(options.folder);
  const inherited: Environment = options.environment ?? process.env;
  const backend = backendOf(folder, target, inherited);
  const workspace = once(() => {
    const plugins = options.plugins?.(target) ?? standInPlugins(folder, target);
    return prepareWorkspace(folder, target, name, plugins, inherited);
  });
  const cli = (): Promise<string> => options.cli(signal);
  const environment: Setting["environment"] = (path, of) =>
    cliEnvironment(inherited, path, workspace(), of, {
      ...passphraseVariables(folder, target, inherited),
      ...(target === "sandbox" ? sandboxEnvironment(worldFolder(folder, name.platform)) : {}),
    });
  const store =
    backend.root === undefined
      ? remoteStore({
          name,
          cwd: () => workspace().workDir,
          cli,
          environment: (path) => environment(path, backend),
        })
      : fileStore({ root: backend.root, ...name });
  return { folder, target, name, workspace, cli, environment, backend, store };
}

/** The state of another stack of the same platform and target. */
export const storeOf = (
  options: Equipment,
  { target, name, store }: Setting,
  other: StackName,
): StateStore => (other.stack === name.stack ? store : settingOf(options, target, other).store);

/** A setting whose states are copies. */
export interface ScratchSetting extends Setting {
  /** Puts a stack's state there; an empty one for a stack that does not exist. */
  readonly keep: (name: StackName, state: Deployment | undefined) => Promise<void>;
}

/** A place for copies of states, so that a preview changes nothing. */
export function scratchSetting(setting: Setting): ScratchSetting {
  const backend = fileBackend(join(setting.workspace().workDir, `scratch-${process.pid}-${Date.now()}`));
  const storeIn = (name: StackName): StateStore => fileStore({ root: backend.root ?? "", ...name });
  const keep: ScratchSetting["keep"] = async (name, state) => {
    const store = storeIn(name);
    await store.ensure();
    if (state !== undefined) await store.write(state);
  };
  return { ...setting, backend, store: storeIn(setting.name), keep };
}

const standInPlugins = (folder: string, target: Target): readonly AttachedPlugin[] =>
  target === "sandbox" ? sandboxPlugins(join(folder, "cache", "sandbox-plugins")) : [];

function once<T>(work: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: work() }).value;
}
