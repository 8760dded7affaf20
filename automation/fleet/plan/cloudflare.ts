import type { PlatformManifest } from "../../manifest/schema/manifest";
import type {
  CloudflareAccountSpec,
  CloudflareDnsSpec,
  CloudflareLoadBalancerSpec,
  DnsRecordSpec,
  R2BucketSpec,
} from "../specs/cloudflare";
import type { PlanInput, PlannedRegion } from "./plan-input";

type Spec = PlatformManifest["spec"];
export type CloudflareTraffic = Extract<NonNullable<Spec["traffic"]>, { engine: "cloudflare-load-balancer" }>;
export type R2 = Extract<NonNullable<Spec["services"]["objectStore"]>, { engine: "r2" }>;

const DNS_TTL = 60;
const SECONDS_A_DAY = 86_400;

/** The account that a platform's Cloudflare stacks work on. */
export const accountSpec = ({
  apiToken,
  accountId,
  zoneId,
  zone,
}: CloudflareTraffic): CloudflareAccountSpec => ({
  kind: "cloudflare/account",
  name: "cloudflare",
  apiToken,
  accountId,
  zoneId,
  zone,
});

const names = (regions: readonly PlannedRegion[]): readonly string[] => regions.map(({ name }) => name);

/** The named one first, the others in the platform's order. */
const ordered = (first: string, all: readonly string[]): readonly string[] => [
  ...all.filter((name) => name === first),
  ...all.filter((name) => name !== first),
];

/** A pool a region; each POP falls over to the other regions, so none goes down with its own. */
export function loadBalancerSpec(
  { regions }: PlanInput,
  traffic: CloudflareTraffic,
): CloudflareLoadBalancerSpec {
  const { protocol, path, host, interval, timeout, failures, successes } = traffic.healthCheck;
  const all = names(regions);
  return {
    kind: "traffic/cloudflare-load-balancer",
    name: "api",
    hostname: traffic.hostname,
    steering: traffic.steering,
    proxied: traffic.proxied,
    monitor: {
      protocol,
      path,
      ...(host === undefined ? {} : { host }),
      interval,
      timeout,
      retries: traffic.retries,
      expectedCodes: "200",
      failures,
      successes,
    },
    pools: regions.map(({ name, manifest, place }) => ({
      region: name,
      name: `${name}-pool`,
      origins: manifest.spec.capacity.nodes,
      minimumOrigins: 1,
      latitude: place.latitude,
      longitude: place.longitude,
    })),
    pops: regions.flatMap(({ name, manifest }) =>
      manifest.spec.serves.pops.map((pop) => ({ pop, regions: ordered(name, all) })),
    ),
    defaults: ordered(traffic.fallback, all),
    fallback: all.includes(traffic.fallback) ? traffic.fallback : (all[0] ?? traffic.fallback),
  };
}

/** Every endpoint of a region's machines by name; databases are never proxied. */
export function dnsSpec(
  { regions }: PlanInput,
  { hostname }: CloudflareTraffic,
): CloudflareDnsSpec | undefined {
  const records = regions.flatMap(({ manifest }) =>
    Object.entries(manifest.spec.endpoints)
      .filter(([, host]) => host !== hostname)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([service, host]) =>
        manifest.spec.capacity.nodes.map((node): DnsRecordSpec => ({
          name: host,
          type: node.address.includes(":") ? "AAAA" : "A",
          content: node.address,
          proxied: service === "api",
          ttl: DNS_TTL,
          comment: `${service} of ${manifest.metadata.name} on ${node.name}`,
        })),
      ),
  );
  return records.length === 0 ? undefined : { kind: "cloudflare/dns", name: "dns", records };
}

/**
 * The bucket of backups. Barman deletes what is too old by itself; a lifecycle rule beside it would take
 * the last good backup when backups stop.
 */
export const r2Spec = (
  { bucket, jurisdiction, locationHint, retention, deletion }: R2,
  holdsDatabaseBackups: boolean,
): R2BucketSpec => ({
  kind: "objectstore/r2",
  name: "backups",
  bucket,
  jurisdiction,
  ...(locationHint === undefined ? {} : { locationHint }),
  ...(holdsDatabaseBackups ? {} : { retentionDays: Math.ceil(retention / SECONDS_A_DAY) }),
  deletion,
});
