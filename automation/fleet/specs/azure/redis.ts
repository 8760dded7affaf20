/** Azure Cache for Redis, one cache a region, and the link between two. */
import type { AzureResourceRef } from "./subscription";

export interface AzureCacheSpec {
  readonly kind: "redis/azure-cache";
  /** Of the component, for example `redis`. */
  readonly name: string;
  readonly group: string;
  readonly location: string;
  /** Of the cache: 1 to 63 letters, digits and single dashes, unique in the world. */
  readonly cache: string;
  readonly tier: "Basic" | "Standard" | "Premium";
  /** Premium: 1 to 5 (P1 to P5), the others 0 to 6. */
  readonly capacity: number;
  /** Availability zones, `["1", "2"]`; only Premium. */
  readonly zones: readonly string[];
  readonly evictionPolicy: "allkeys-lru" | "volatile-lru" | "noeviction";
  readonly diagnostics: AzureResourceRef;
}

/** One end of a link. */
export interface LinkedCache extends AzureResourceRef {
  readonly region: string;
  readonly location: string;
}

/**
 * Passive geo-replication of two Premium caches of the same size. The secondary is read-only and loses
 * what it held when the link is made; nothing fails over on its own.
 */
export interface AzureCacheLinkSpec {
  readonly kind: "redis/azure-cache-link";
  /** Of the component, for example `redis-link`. */
  readonly name: string;
  readonly primary: LinkedCache;
  readonly secondary: LinkedCache;
}
