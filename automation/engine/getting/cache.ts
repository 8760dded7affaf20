import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { tryLock, type Lock } from "../locks/lock";
import { askVersion, isCompatible, WANTED_VERSION } from "./cli-version";
import { CLI_NAME } from "./executable";
import { NotThisWay } from "./getting-error";
import type { Search } from "./search";

/** A CLI with its version. */
export interface CachedCli {
  readonly path: string;
  readonly version: string;
}

/** Puts `bin/pulumi` into a folder. */
export type Maker = (folder: string, search: Search) => Promise<void>;

const cliIn = (folder: string): string => join(folder, "bin", CLI_NAME);
const markIn = (folder: string): string => join(folder, "ready.json");

/** The CLI made before; asking it for its version again would cost more than reading the mark. */
export async function cachedCli(cacheDir: string): Promise<CachedCli> {
  const folder = join(cacheDir, WANTED_VERSION);
  const path = cliIn(folder);
  if (!existsSync(markIn(folder)) || !existsSync(path)) throw new NotThisWay(`${folder} holds none`);
  const { version, size } = JSON.parse(readFileSync(markIn(folder), "utf8")) as CachedCli & {
    readonly size: number;
  };
  if (statSync(path).size !== size) throw new NotThisWay(`${path} is not as it was made`);
  return Promise.resolve({ path, version });
}

/** Makes a CLI beside the cache and moves it in when it works; of several processes one makes it. */
export async function intoCache(search: Search, make: Maker): Promise<CachedCli> {
  mkdirSync(search.cacheDir, { recursive: true });
  const lock = await turn(search);
  const draft = mkdtempSync(join(search.cacheDir, "draft-"));
  try {
    const made = await cachedCli(search.cacheDir).catch(() => undefined);
    if (made !== undefined) return made;
    await make(draft, search);
    return await moveIn(draft, search);
  } finally {
    rmSync(draft, { recursive: true, force: true });
    lock.release();
  }
}

async function moveIn(draft: string, { cacheDir, signal, tell }: Search): Promise<CachedCli> {
  const said = await askVersion(cliIn(draft), signal);
  if (said === undefined) throw new NotThisWay("what came of it does not run");
  if (!isCompatible(said.version))
    throw new NotThisWay(`what came of it is version ${said.version || "unknown"}`);
  const { size } = statSync(cliIn(draft));
  writeFileSync(markIn(draft), JSON.stringify({ version: said.version, size }));
  const folder = join(cacheDir, WANTED_VERSION);
  rmSync(folder, { recursive: true, force: true });
  renameSync(draft, folder);
  tell("ready", `Pulumi ${said.version}`);
  return { path: cliIn(folder), version: said.version };
}

const POLL_MILLISECONDS = 300;

async function turn({ cacheDir, signal, tell }: Search): Promise<Lock> {
  for (;;) {
    const attempt = tryLock(join(cacheDir, "lock"), "getting the Pulumi CLI");
    if (attempt.kind === "taken") return attempt.lock;
    tell("waiting", `process ${attempt.holder.record?.owner.pid ?? "unknown"} is getting the Pulumi CLI`);
    await wait(POLL_MILLISECONDS, undefined, { signal });
  }
}
