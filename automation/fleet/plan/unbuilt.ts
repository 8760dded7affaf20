import type { PlatformManifest } from "../../manifest/schema/manifest";

/** What has components today: `<service>/<engine>`. A manifest may name more than can be built yet. */
const BUILT: ReadonlySet<string> = new Set([
  "postgres/cnpg",
  "postgres/pglogical",
  "postgres/streaming",
  "redis/cluster",
  "apps/instances",
  "telemetry/metrics",
  "mongodb/community",
  "cosmos/sql",
  "redis/azure-cache",
  "redis/enterprise",
  "objectStore/minio",
  "objectStore/r2",
  "objectStore/s3",
  "apps/deployment",
  "apps/app-service",
  "telemetry/azure-monitor",
  "telemetry/otel-collector",
  "telemetry/prometheus-stack",
  "messaging/nats-jetstream",
  "workflow/temporal",
  "secrets/regional",
  "secrets/vault",
  "traffic/cloudflare-load-balancer",
  "traffic/route53",
  "traffic/traffic-manager",
  "traffic/router",
  "cdn/cloudflare",
  "cdn/fastly",
  "cdn/custom",
  "mesh/istio",
  "gateway/envoy",
]);

/** Services of a platform that no component builds yet, sorted: `postgres/pglogical`. */
export function unbuiltServices({ spec }: PlatformManifest): readonly string[] {
  const engines = Object.entries({ ...spec.services, traffic: spec.traffic });
  return engines
    .flatMap(([service, value]) => (value === undefined ? [] : [`${service}/${value.engine}`]))
    .filter((kind) => !BUILT.has(kind))
    .sort();
}
