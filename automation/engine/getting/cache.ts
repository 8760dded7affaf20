import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { EngineError } from "../engine-error";
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
  try {
    mkdirSync(search.cacheDir, { recursive: true });
    const lock = await turn(search);
    try {
      return await cachedCli(search.cacheDir).catch(() => makeOne(search, make));
    } finally {
      lock.release();
    }
  } catch (error) {
    throw cacheTrouble(search.cacheDir, error);
  }
}

async function makeOne(search: Search, make: Maker): Promise<CachedCli> {
  // Whoever left a draft here had the lock, and has it no more.
  for (const name of readdirSync(search.cacheDir)) {
    if (name.startsWith(DRAFT)) rmSync(join(search.cacheDir, name), { recursive: true, force: true });
  }
  const draft = mkdtempSync(join(search.cacheDir, DRAFT));
  try {
    await make(draft, search);
    return await moveIn(draft, search);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

const DRAFT = "draft-";

/** A cache that cannot be written is a reason like any other. */
function cacheTrouble(folder: string, error: unknown): unknown {
  const said =
    error instanceof EngineError ? error.message : `${folder} cannot be written (${fileCodeOf(error) ?? ""})`;
  if (!(error instanceof EngineError) && fileCodeOf(error) === undefined) return error;
  return new NotThisWay(`${said}; MERIDIAN_CACHE names another folder`, { cause: error });
}

/** `EACCES`, `ENOSPC`, …: by shape, since such errors may come from another realm. */
function fileCodeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" && /^E[A-Z]+$/.test(error.code) ? error.code : undefined;
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
