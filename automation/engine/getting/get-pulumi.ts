/** Getting the Pulumi CLI, the cheapest way first: named or on PATH, in the cache, downloaded, built. */
import { resolve } from "node:path";
import { askVersion, isCompatible, WANTED_VERSION } from "./cli-version";
import { buildFromModules } from "./build-from-modules";
import { cachedCli, intoCache } from "./cache";
import { cliCacheFolder } from "./cache-folder";
import { download } from "./download";
import { CLI_NAME, executableAt, findOnPath } from "./executable";
import { gettingError, NotThisWay } from "./getting-error";
import type { PulumiProgress, Search } from "./search";

export type { PulumiProgress } from "./search";

/** The ways, in the order they are tried. */
export const ways = ["path", "cache", "download", "build"] as const;
export type Way = (typeof ways)[number];

export interface GetPulumiOptions {
  /** Default: this user's, for all fleets. */
  readonly cacheDir?: string;
  readonly onProgress: (progress: PulumiProgress) => void;
  readonly signal?: AbortSignal;
  /** Default: all of them. */
  readonly ways?: readonly Way[];
  /** Default: the environment of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** A CLI that fits. */
export interface PulumiCli {
  readonly path: string;
  readonly version: string;
  readonly way: Way;
}

type Found = Omit<PulumiCli, "way">;

const attempts: Readonly<Record<Way, (search: Search) => Promise<Found>>> = {
  path: onPath,
  cache: (search) => cachedCli(search.cacheDir),
  download: (search) => intoCache(search, download),
  build: (search) => intoCache(search, buildFromModules),
};

/** A Pulumi CLI of a version that fits, or one error that says why each way failed. */
export async function getPulumi(options: GetPulumiOptions): Promise<PulumiCli> {
  const search = searchOf(options);
  const named = search.environment["MERIDIAN_PULUMI"];
  if (named) return namedCli(named, search);
  const facts: string[] = [];
  for (const way of options.ways ?? ways) {
    if (search.signal.aborted) throw gettingError("MRD6004", "stopped while getting the Pulumi CLI");
    try {
      return { ...(await attempts[way](search)), way };
    } catch (error) {
      if (search.signal.aborted)
        throw gettingError("MRD6004", "stopped while getting the Pulumi CLI", { cause: error });
      if (!(error instanceof NotThisWay)) throw error;
      facts.push(`${NAMES[way]}: ${error.message}`);
    }
  }
  throw gettingError("MRD6001", `there is no Pulumi CLI of version ${WANTED_VERSION} or newer`, { facts });
}

const NAMES: Readonly<Record<Way, string>> = {
  path: "on PATH",
  cache: "in the cache",
  download: "download",
  build: "build from Go modules",
};

function searchOf({
  environment = process.env,
  cacheDir = cliCacheFolder(environment),
  onProgress,
  signal,
}: GetPulumiOptions): Search {
  const began = performance.now();
  return {
    cacheDir: resolve(cacheDir),
    environment,
    signal: signal ?? new AbortController().signal,
    tell: (phase, text) => onProgress({ phase, text, elapsed: (performance.now() - began) / 1000 }),
  };
}

/** A build without a version is a developer's own: whoever names it answers for it. */
async function namedCli(named: string, { signal }: Search): Promise<PulumiCli> {
  const path = executableAt(resolve(named));
  const said = path === undefined ? undefined : await askVersion(path, signal);
  if (path === undefined || said === undefined)
    throw gettingError("MRD6003", `MERIDIAN_PULUMI=${named} is no CLI that runs`);
  const { version } = said;
  if (version !== "" && !isCompatible(version))
    throw gettingError(
      "MRD6002",
      `MERIDIAN_PULUMI=${named} is Pulumi ${version}, and ${WANTED_VERSION} or newer is needed`,
    );
  return { path, version: version === "" ? "unknown" : version, way: "path" };
}

async function onPath({ environment, signal }: Search): Promise<Found> {
  const path = findOnPath(CLI_NAME, environment["PATH"] ?? "");
  if (path === undefined) throw new NotThisWay("there is no pulumi");
  const said = await askVersion(path, signal);
  if (said === undefined) throw new NotThisWay(`${path} does not run`);
  if (isCompatible(said.version)) return { path, version: said.version };
  throw new NotThisWay(`${path} is version ${said.version || "unknown"}`);
}
