/**
 * Which stack holds a workspace: decided by its own name and home region alone.
 *
 * So adding, removing or renaming one never moves another, with no ledger to keep. Rendezvous hashing:
 * a larger number of shards moves only the share that the new ones take.
 */

/** FNV-1a with a final avalanche: short names that differ in one letter land far apart. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The most workspaces one stack may hold: three resources each keep it under 500. */
export const MAXIMUM_PER_SHARD = 160;

/** Index of the shard, from 0. */
export function shardIndex(workspace: string, shards: number): number {
  let best = 0;
  let bestScore = -1;
  for (let shard = 0; shard < shards; shard += 1) {
    const score = hash32(`${workspace}/${shard}`);
    if (score > bestScore) [best, bestScore] = [shard, score];
  }
  return best;
}

/** `workspaces-europe-003`. */
export const shardName = (homeRegion: string, workspace: string, shards: number): string =>
  `workspaces-${homeRegion}-${String(shardIndex(workspace, shards)).padStart(3, "0")}`;
