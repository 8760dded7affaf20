/**
 * The routing table as the edge router reads it: a head for the platform, and shards of its workspaces.
 *
 * Plain JSON with no clock and no random part: equal manifests give equal bytes. Durations in seconds.
 */
import { shardIndex } from "../../../manifest/shards";

/** Who sets the header that carries a client's country, and so who must have sent the request. */
export type CountryPlatform = "cloudflare" | "aws" | "vercel" | "custom";

export interface RoutingRegion {
  readonly name: string;
  /** Scheme and host, no slash at the end: `https://app.eu-west.example`. */
  readonly origin: string;
  readonly jurisdictions: readonly string[];
  /** The other regions, nearest first. */
  readonly nearest: readonly string[];
}

/** One write owner and the epoch it owns its cell under. */
export interface RoutingWriter {
  readonly region: string;
  readonly epoch: number;
}

export interface RoutingCell {
  readonly name: string;
  readonly writers: readonly RoutingWriter[];
  /** Hold the cell's data without owning its writes. */
  readonly standbys: readonly string[];
  readonly readers: readonly string[];
}

/** When a region counts as down, and how it comes back. */
export interface RoutingHealth {
  readonly path: string;
  readonly interval: number;
  readonly timeout: number;
  /** Consecutive failures before it is down. */
  readonly failures: number;
  /** Consecutive successes before it may come back. */
  readonly successes: number;
  /** How long it must have been well before it takes requests again. */
  readonly wait: number;
  /** How long its share then grows from none to all; 0: at once. */
  readonly ramp: number;
  /** A copy further behind than this is read only when there is nothing better. */
  readonly maximumLag?: number;
}

export interface RoutingTable {
  readonly format: 1;
  readonly platform: string;
  /** Users come to this name, or to `<workspace>.<hostname>`. */
  readonly hostname: string;
  readonly regions: readonly RoutingRegion[];
  readonly cells: readonly RoutingCell[];
  /** Region by country, ISO 3166-1 alpha-2; wins over the continent's. */
  readonly countries: Readonly<Record<string, string>>;
  /** Region by continent. */
  readonly continents: Readonly<Record<string, string>>;
  readonly continentOf: Readonly<Record<string, string>>;
  /** Region of whoever no rule matches. */
  readonly fallback: string;
  /** Regions that requests of no workspace may reach. */
  readonly lawful: readonly string[];
  readonly countryHeaders: readonly { readonly header: string; readonly platform: CountryPlatform }[];
  readonly tenantPreference: boolean;
  /** How many shards the workspaces are in. */
  readonly shards: number;
  /** Further regions an idempotent read is tried in. */
  readonly retries: number;
  /** Consecutive errors that open a region's circuit, and how long it stays open. */
  readonly breaker: { readonly failures: number; readonly cooldown: number };
  readonly health: RoutingHealth;
  /** What a client is told to wait when its write has no owner that answers. */
  readonly retryAfter: number;
}

/** Where one workspace is, and where its data may be. */
export interface RoutingEntry {
  readonly cell: string;
  readonly home: string;
  readonly replicas: readonly string[];
  /** Regions inside its jurisdictions: nothing of it goes anywhere else. */
  readonly lawful: readonly string[];
  readonly preferred?: string;
}

export interface RoutingShard {
  readonly format: 1;
  readonly shard: number;
  /** Of every cell when the shard was made: a router refuses one that is older than what it holds. */
  readonly epochs: Readonly<Record<string, number>>;
  readonly workspaces: Readonly<Record<string, RoutingEntry>>;
}

/** Keys in KV. */
export const TABLE_KEY = "table";
export const HEALTH_KEY = "health";
export const shardKey = (shard: number): string => `workspaces-${String(shard).padStart(3, "0")}`;

/** The shard a workspace is in. */
export const routingShard = (workspace: string, shards: number): number => shardIndex(workspace, shards);

/** The highest epoch anybody owns the cell under. */
export const epochOf = ({ writers }: Pick<RoutingCell, "writers">): number =>
  writers.reduce((highest, { epoch }) => Math.max(highest, epoch), 0);
