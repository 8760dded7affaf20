import type { Deployment } from "./checkpoint";
import { keepRoom, type Room } from "./room";
import {
  asideFile,
  ensureStack,
  history,
  lockFolder,
  mendState,
  readState,
  removeStack,
  stackNames,
  stateFile,
  writeState,
  type StackFiles,
} from "./state-files";

/** The state of one stack, wherever its backend keeps it. */
export interface StateStore {
  /** Clears away what a killed CLI left half-written beside the state. */
  readonly mend: () => void;
  /** Lets the stack exist. */
  readonly ensure: () => Promise<void>;
  /** Undefined when it was never applied. */
  readonly read: () => Promise<Deployment | undefined>;
  readonly write: (deployment: Deployment) => Promise<void>;
  readonly remove: () => Promise<void>;
  /** Of the last apply that went through: what was noted then. */
  readonly lastNote: () => Promise<string | undefined>;
  /** Every stack of the platform, sorted. */
  readonly list: () => Promise<readonly string[]>;
  /** Keeps room aside for the writes of a run; undefined where the backend sees to that. */
  readonly keepRoom: () => Room | undefined;
  /** The folder of Pulumi's own locks, where there is one. */
  readonly locks: string | undefined;
}

/** The store of a `file://` backend. */
export const fileStore = (files: StackFiles): StateStore => ({
  mend: () => mendState(files),
  keepRoom: () => keepRoom(`${files.platform}/${files.stack}`, stateFile(files), asideFile(files)),
  ensure: async () => ensureStack(files),
  read: async () => readState(files),
  write: async (deployment) => writeState(files, deployment),
  remove: async () => removeStack(files),
  lastNote: async () => {
    for (const { kind, result, message } of history(files)) {
      if (kind === "update" && result === "succeeded") return message;
    }
    return undefined;
  },
  list: async () => stackNames(files.root, files.platform),
  locks: lockFolder(files),
});
