/** What a Cloudflare stack can hold: traffic over the regions, DNS, object storage. */
import type { CloudflareCdnSpec, PluggedCdnSpec } from "./cdn";
import type { EdgeRouterSpec } from "./cloudflare/edge";
import type { Deletion } from "./deletion";
import type { SecretRef } from "./secret-ref";

/** The account and zone a stack works on: exactly one in each Cloudflare stack, and no resource of its own. */
export interface CloudflareAccountSpec {
  readonly kind: "cloudflare/account";
  /** For example `cloudflare`. */
  readonly name: string;
  readonly apiToken: SecretRef;
  readonly accountId: SecretRef;
  readonly zoneId: SecretRef;
  /** For example `openova.io`. */
  readonly zone: string;
}

/** Durations in seconds. */
export interface MonitorSpec {
  readonly protocol: "http" | "https";
  readonly path: string;
  /** Host header sent with the probe; default: the load balancer's hostname. */
  readonly host?: string;
  readonly interval: number;
  /** Shorter than the interval. */
  readonly timeout: number;
  /** Further attempts, at once, before a probe counts as failed. */
  readonly retries: number;
  /** For example `200` or `2xx`. */
  readonly expectedCodes: string;
  /** Consecutive failed probes before an origin is down. */
  readonly failures: number;
  /** Consecutive good probes before it is up again. */
  readonly successes: number;
}

export interface OriginSpec {
  /** For example `contabo-eu-1`. */
  readonly name: string;
  readonly address: string;
}

/** One region's machines. */
export interface PoolSpec {
  readonly region: string;
  /** For example `europe-pool`. */
  readonly name: string;
  readonly origins: readonly OriginSpec[];
  /** Healthy origins below which the pool counts as down. */
  readonly minimumOrigins: number;
  readonly latitude: number;
  readonly longitude: number;
}

/**
 * Which regions a point of presence sends its requests to, in order. The second takes over when the
 * first is unhealthy: a POP with only one region goes down with it.
 */
export interface PopSteering {
  /** For example `FRA`. */
  readonly pop: string;
  readonly regions: readonly string[];
}

export interface CloudflareLoadBalancerSpec {
  readonly kind: "traffic/cloudflare-load-balancer";
  /** Of the component, for example `api`. */
  readonly name: string;
  /** For example `api.openova.io`. */
  readonly hostname: string;
  readonly steering: "geo" | "off" | "random" | "least_connections";
  readonly proxied: boolean;
  readonly monitor: MonitorSpec;
  readonly pools: readonly PoolSpec[];
  readonly pops: readonly PopSteering[];
  /** Regions in order for whoever no POP rule matches. */
  readonly defaults: readonly string[];
  /** Region that takes what is left when every pool is unhealthy. */
  readonly fallback: string;
  /** Told when a pool's health changes. */
  readonly notificationEmail?: string;
}

export interface DnsRecordSpec {
  /** Full name, for example `pg-europe.openova.io`; several records may share it. */
  readonly name: string;
  readonly type: "A" | "AAAA" | "CNAME" | "TXT";
  readonly content: string;
  /** Proxied records carry HTTP only, so a database's never is. */
  readonly proxied: boolean;
  /** Seconds; proxied records ignore it. */
  readonly ttl: number;
  readonly comment?: string;
}

export interface CloudflareDnsSpec {
  readonly kind: "cloudflare/dns";
  readonly name: string;
  readonly records: readonly DnsRecordSpec[];
}

export interface R2BucketSpec {
  readonly kind: "objectstore/r2";
  /** Of the component, for example `backups`. */
  readonly name: string;
  readonly bucket: string;
  /** Where the data must stay; unlike the hint, a guarantee. */
  readonly jurisdiction: "default" | "eu" | "fedramp";
  /** Where it is best placed: heeded only the first time a bucket of this name is made. */
  readonly locationHint?: "wnam" | "enam" | "weur" | "eeur" | "apac" | "oc";
  /**
   * Objects older than this are deleted; absent keeps them. Never for a bucket of database backups: their
   * own retention keeps the last good one, however old, and this would not.
   */
  readonly retentionDays?: number;
  readonly deletion: Deletion;
}

export type CloudflareComponentSpec =
  | CloudflareAccountSpec
  | CloudflareLoadBalancerSpec
  | CloudflareDnsSpec
  | R2BucketSpec
  | EdgeRouterSpec
  | CloudflareCdnSpec
  | PluggedCdnSpec;
