/**
 * Temporal's failover versions: whose turn a version is, for ever.
 *
 * `version mod increment` names a cluster, so a cluster that changed its initial version would disown all its
 * histories. It therefore follows from the region's name alone: neither the order of the regions nor a new one
 * moves it. Only two names with the same digest would, and then the later in the alphabet gives way.
 */
import { fingerprint } from "../canonical";

/** Room for every region there may ever be; versions have 63 bits. */
export const FAILOVER_INCREMENT = 1_000_000;

const preferred = (region: string): number =>
  (Number.parseInt(fingerprint(region).slice(0, 8), 16) % (FAILOVER_INCREMENT - 1)) + 1;

/** The initial version of each region, from 1 and below the increment; no two alike. */
export function initialVersions(
  regions: readonly string[],
  prefer: (region: string) => number = preferred,
): ReadonlyMap<string, number> {
  const taken = new Set<number>();
  const found = new Map<string, number>();
  for (const region of [...new Set(regions)].sort()) {
    let version = prefer(region);
    while (taken.has(version)) version = (version % (FAILOVER_INCREMENT - 1)) + 1;
    taken.add(version);
    found.set(region, version);
  }
  return found;
}

/** The version a namespace gets when it fails over: the next one that is the cluster's own. */
export function nextVersion(current: number, initial: number, increment = FAILOVER_INCREMENT): number {
  const behind = (((initial - current) % increment) + increment) % increment;
  return current + behind;
}
