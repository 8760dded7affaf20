/**
 * What Cloudflare types are identified by and what cannot be changed in place, as the attributes with
 * RequiresReplace of terraform-provider-cloudflare v5 say. Adding a type is adding a row.
 */

/** One row. */
export interface CloudflareType {
  /** Inputs that no two live ones may share; empty when the cloud allows twins, as with DNS records. */
  readonly unique: readonly string[];
  /** The input that is the id as well; without it the id is 32 hex digits. */
  readonly id?: string;
  readonly immutable: readonly string[];
  /** What Cloudflare fills in when it is not given. */
  readonly defaults?: Readonly<Record<string, string | number | boolean>>;
}

const perZone = (...unique: readonly string[]): CloudflareType => ({
  unique: ["zoneId", ...unique],
  immutable: ["zoneId"],
});

const singleton: CloudflareType = { unique: ["zoneId"], id: "zoneId", immutable: ["zoneId"] };

/** By resource name, the end of the token. */
export const cloudflareTypes: Readonly<Record<string, CloudflareType>> = {
  ArgoSmartRouting: singleton,
  ArgoTieredCaching: singleton,
  DnsRecord: { unique: [], immutable: ["zoneId"], defaults: { proxied: false, proxiable: true } },
  Healthcheck: { unique: [], immutable: ["zoneId"] },
  LoadBalancer: {
    ...perZone("name"),
    defaults: { enabled: true, proxied: false, sessionAffinity: "none", steeringPolicy: "" },
  },
  LoadBalancerMonitor: {
    unique: [],
    immutable: ["accountId"],
    defaults: { type: "http", interval: 60, retries: 2, timeout: 5, method: "GET", path: "/" },
  },
  LoadBalancerPool: {
    unique: ["accountId", "name"],
    immutable: ["accountId"],
    defaults: { enabled: true, minimumOrigins: 1 },
  },
  R2Bucket: {
    unique: ["accountId", "name"],
    id: "name",
    immutable: ["accountId", "name", "location", "jurisdiction"],
    defaults: { storageClass: "Standard" },
  },
  R2BucketLifecycle: {
    unique: ["accountId", "bucketName"],
    id: "bucketName",
    immutable: ["accountId", "bucketName", "jurisdiction"],
  },
  RegionalTieredCache: singleton,
  Ruleset: {
    unique: ["zoneId", "accountId", "phase", "name"],
    immutable: ["zoneId", "accountId", "kind", "phase"],
  },
  TieredCache: singleton,
  WorkersCronTrigger: {
    unique: ["accountId", "scriptName"],
    id: "scriptName",
    immutable: ["accountId", "scriptName"],
  },
  WorkersCustomDomain: { unique: ["accountId", "hostname"], immutable: ["accountId", "hostname", "zoneId"] },
  WorkersKv: {
    unique: ["accountId", "namespaceId", "keyName"],
    immutable: ["accountId", "namespaceId", "keyName"],
  },
  WorkersKvNamespace: {
    unique: ["accountId", "title"],
    immutable: ["accountId", "jurisdiction"],
    defaults: { supportsUrlEncoding: true },
  },
  WorkersRoute: perZone("pattern"),
  WorkersScript: {
    unique: ["accountId", "scriptName"],
    id: "scriptName",
    immutable: ["accountId", "scriptName"],
  },
  Zone: {
    unique: ["name"],
    immutable: ["account", "name"],
    defaults: { status: "active", paused: false, type: "full" },
  },
  ZoneSetting: { unique: ["zoneId", "settingId"], immutable: ["zoneId", "settingId"] },
};

/** Of a type that is not in the table: its scope cannot change, and twins are allowed. */
export const otherType: CloudflareType = { unique: [], immutable: ["zoneId", "accountId"] };
