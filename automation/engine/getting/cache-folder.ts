import { homedir } from "node:os";
import { join, resolve } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where Meridian keeps what took minutes to make and belongs to no fleet: one folder a user, so that every
 * clone and every fleet of this machine shares it. MERIDIAN_CACHE names another.
 */
export function cacheFolder(environment: Environment, platform: NodeJS.Platform = process.platform): string {
  const { MERIDIAN_CACHE: asked, XDG_CACHE_HOME: caches, LOCALAPPDATA: local } = environment;
  if (asked) return resolve(asked);
  if (caches) return resolve(caches, "meridian");
  if (platform === "win32" && local) return join(local, "meridian", "cache");
  const home = environment["HOME"] || homedir();
  return platform === "darwin"
    ? join(home, "Library", "Caches", "meridian")
    : join(home, ".cache", "meridian");
}

/** Where the Pulumi CLI is kept, a folder a version. */
export const cliCacheFolder = (environment: Environment): string => join(cacheFolder(environment), "pulumi");
