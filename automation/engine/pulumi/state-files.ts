/** The state of a `file://` backend, read where it lies: a CLI start costs more than all of this. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { sync as writeAtomically } from "write-file-atomic";
import { parseCheckpoint, type Checkpoint, type Deployment } from "./checkpoint";
import { pulumiError } from "./pulumi-error";

/** Where one stack's files are. */
export interface StackFiles {
  readonly root: string;
  readonly platform: string;
  readonly stack: string;
}

const pulumi = ({ root }: Pick<StackFiles, "root">, ...more: readonly string[]): string =>
  join(root, ".pulumi", ...more);

/** The checkpoint of a stack. */
export const stateFile = (files: StackFiles): string =>
  pulumi(files, "stacks", files.platform, `${files.stack}.json`);

/** The file that keeps room for writing the state, on the same disk. */
export const asideFile = ({ root, platform, stack }: StackFiles): string =>
  join(root, `room-${platform}-${stack}`);

/** The folder in which Pulumi's own locks of a stack lie. */
export const lockFolder = (files: StackFiles): string =>
  pulumi(files, "locks", "organization", files.platform, files.stack);

/** Lets a stack exist, as `pulumi stack init` would. */
export function ensureStack(files: StackFiles): void {
  const file = stateFile(files);
  if (existsSync(file)) return;
  const meta = pulumi(files, "meta.yaml");
  mkdirSync(dirname(file), { recursive: true });
  if (!existsSync(meta)) writeAtomically(meta, "version: 1\n");
  const empty = { version: 3, checkpoint: { stack: `organization/${files.platform}/${files.stack}` } };
  writeAtomically(file, `${JSON.stringify(empty, undefined, 4)}\n`);
}

/** The state of a stack; undefined when it was never applied. A damaged one is an error with the way back. */
export function readState(files: StackFiles): Deployment | undefined {
  const file = stateFile(files);
  if (!existsSync(file)) return undefined;
  const parsed = parseCheckpoint(readFileSync(file, "utf8"));
  if (parsed === undefined) throw damaged(files, file);
  return parsed.checkpoint.latest ?? {};
}

/** Writes a state that was read before and then changed; a copy of the former one stays beside it. */
export function writeState(files: StackFiles, deployment: Deployment): void {
  const file = stateFile(files);
  const whole = JSON.parse(readFileSync(file, "utf8")) as Checkpoint;
  copyFileSync(file, `${file}.before-repair`);
  const next: Checkpoint = { ...whole, checkpoint: { ...whole.checkpoint, latest: deployment } };
  writeAtomically(file, `${JSON.stringify(next, undefined, 4)}\n`);
}

/** Removes drafts of the state, and attributes of it that are no JSON: a killed CLI leaves such. */
export function mendState(files: StackFiles): void {
  const file = stateFile(files);
  for (const name of namesIn(dirname(file))) {
    if (name.startsWith(`${files.stack}.json`) && name.endsWith(".tmp"))
      rmSync(join(dirname(file), name), { force: true });
  }
  for (const attributes of [`${file}.attrs`, `${file}.bak.attrs`]) {
    if (existsSync(attributes) && !isJson(readFileSync(attributes, "utf8")))
      rmSync(attributes, { force: true });
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Forgets a stack that has no resources any more, its history too. */
export function removeStack(files: StackFiles): void {
  const file = stateFile(files);
  for (const name of [file, `${file}.attrs`, `${file}.bak`, `${file}.bak.attrs`, `${file}.before-repair`])
    rmSync(name, { force: true });
  rmSync(pulumi(files, "history", files.platform, files.stack), { recursive: true, force: true });
}

/** The names of all stacks of a platform, sorted. */
export const stackNames = (root: string, platform: string): readonly string[] =>
  namesIn(pulumi({ root }, "stacks", platform))
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -".json".length))
    .sort();

/** One entry of Pulumi's history of a stack. */
export interface HistoryEntry {
  readonly kind: string;
  readonly result: string;
  readonly message: string;
  /** Seconds since 1970. */
  readonly endTime: number;
}

/** Newest first; what cannot be read is left out, since a run may have died writing it. */
export function* history(files: StackFiles): Generator<HistoryEntry> {
  const folder = pulumi(files, "history", files.platform, files.stack);
  const names = namesIn(folder).filter((name) => name.endsWith(".history.json"));
  for (const name of [...names].sort().reverse()) {
    try {
      yield JSON.parse(readFileSync(join(folder, name), "utf8")) as HistoryEntry;
    } catch {
      continue;
    }
  }
}

function damaged(files: StackFiles, file: string): Error {
  const copies = [`${file}.bak`, ...backupsOf(files)].flatMap((copy) => goodCopy(copy));
  const best = copies.sort((a, b) => b.at - a.at)[0];
  const facts = copies
    .slice(0, 3)
    .map(({ path, count, at }) => `good copy: ${path} (${count} resources, ${new Date(at).toISOString()})`);
  return pulumiError("MRD5207", `${files.platform}/${files.stack}`, `the state file ${file} is damaged`, {
    facts: facts.length > 0 ? facts : ["no good copy of it was found"],
    ...(best === undefined
      ? {}
      : { next: `cp '${best.path}' '${file}', then apply again: it looks at what is there` }),
  });
}

function backupsOf(files: StackFiles): readonly string[] {
  const folder = pulumi(files, "backups", files.platform, files.stack);
  return namesIn(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => join(folder, name));
}

function goodCopy(path: string): readonly { path: string; count: number; at: number }[] {
  if (!existsSync(path)) return [];
  const parsed = parseCheckpoint(readFileSync(path, "utf8"));
  if (parsed?.checkpoint.latest === undefined || parsed.checkpoint.latest === null) return [];
  return [{ path, count: parsed.checkpoint.latest.resources?.length ?? 0, at: statSync(path).mtimeMs }];
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
