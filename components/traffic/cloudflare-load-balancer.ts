/**
 * Traffic over the regions: a pool a region, probed from Cloudflare's edge, chosen by point of presence.
 *
 * A POP's pools are in failover order, so its users move to the next region when theirs is unhealthy.
 * Steering by POP and probing every 30 s need a Cloudflare plan that includes them.
 */
import { LoadBalancer } from "@pulumi/cloudflare/loadBalancer";
import { LoadBalancerMonitor } from "@pulumi/cloudflare/loadBalancerMonitor";
import { LoadBalancerPool } from "@pulumi/cloudflare/loadBalancerPool";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import type { CloudflareLoadBalancerSpec, PoolSpec } from "../../automation/fleet/specs/cloudflare";
import type { CloudflareSetting } from "../cloudflare/account";

export class CloudflareLoadBalancer extends ComponentResource {
  readonly hostname: Output<string>;
  readonly #spec: CloudflareLoadBalancerSpec;
  readonly #setting: CloudflareSetting;

  constructor(spec: CloudflareLoadBalancerSpec, setting: CloudflareSetting, opts?: ComponentResourceOptions) {
    super("meridian:traffic:CloudflareLoadBalancer", spec.name, {}, opts);
    this.#spec = spec;
    this.#setting = setting;
    const monitor = this.#monitor();
    const pools = new Map(spec.pools.map((pool) => [pool.region, this.#pool(pool, monitor)]));
    this.hostname = this.#loadBalancer(pools).name;
    this.registerOutputs({ hostname: this.hostname });
  }

  #monitor(): LoadBalancerMonitor {
    const { hostname, monitor, name } = this.#spec;
    return new LoadBalancerMonitor(
      `${name}-monitor`,
      {
        accountId: this.#setting.accountId,
        description: `${this.#setting.platform}: ${monitor.path} of every origin`,
        type: monitor.protocol,
        method: "GET",
        path: monitor.path,
        header: { Host: [monitor.host ?? hostname] },
        interval: monitor.interval,
        timeout: monitor.timeout,
        retries: monitor.retries,
        expectedCodes: monitor.expectedCodes,
        consecutiveDown: monitor.failures,
        consecutiveUp: monitor.successes,
        followRedirects: false,
      },
      { parent: this },
    );
  }

  #pool(pool: PoolSpec, monitor: LoadBalancerMonitor): LoadBalancerPool {
    const { hostname, name, notificationEmail } = this.#spec;
    return new LoadBalancerPool(
      `${name}-${pool.region}`,
      {
        accountId: this.#setting.accountId,
        name: pool.name,
        description: `${this.#setting.platform}: ${pool.region}`,
        origins: pool.origins.map((origin) => ({
          name: origin.name,
          address: origin.address,
          enabled: true,
          weight: 1,
          // Proxied requests keep the name the origin's certificate and Ingress know.
          header: { hosts: [hostname] },
        })),
        minimumOrigins: pool.minimumOrigins,
        latitude: pool.latitude,
        longitude: pool.longitude,
        monitor: monitor.id,
        ...(notificationEmail === undefined ? {} : { notificationEmail }),
      },
      { parent: this },
    );
  }

  #loadBalancer(pools: ReadonlyMap<string, LoadBalancerPool>): LoadBalancer {
    const { defaults, fallback, hostname, name, pops, proxied, steering } = this.#spec;
    const ids = (regions: readonly string[]) => regions.map((region) => poolOf(pools, region).id);
    return new LoadBalancer(
      name,
      {
        zoneId: this.#setting.zoneId,
        name: hostname,
        description: `${this.#setting.platform}, by meridian`,
        enabled: true,
        proxied,
        steeringPolicy: steering,
        sessionAffinity: "none",
        defaultPools: ids(defaults),
        fallbackPool: poolOf(pools, fallback).id,
        ...(pops.length === 0
          ? {}
          : { popPools: Object.fromEntries(pops.map(({ pop, regions }) => [pop, ids(regions)])) }),
      },
      { parent: this },
    );
  }
}

function poolOf(pools: ReadonlyMap<string, LoadBalancerPool>, region: string): LoadBalancerPool {
  const pool = pools.get(region);
  if (pool !== undefined) return pool;
  throw new UnknownPoolError(region);
}

/** A rule that sends traffic to a region without a pool. */
export class UnknownPoolError extends Error {
  override readonly name = "UnknownPoolError";
  readonly code = "MRD5013";
  constructor(readonly region: string) {
    super(`the load balancer has no pool for region "${region}"`);
  }
}
