/**
 * How users find a region by Route 53: a zone, and in it records that choose.
 *
 * What Route 53 cannot hold is no resource here but a setting of operations (the manifest's `failover`): the
 * cooldown, the steps and the pace of a shift, and what is decided by error rate and 99th percentile, which a
 * health check cannot be made of.
 */
import type { Deletion } from "../deletion";

/** The public zone: in the `network` stack, because certificates of the regions are validated in it. */
export interface Route53ZoneSpec {
  readonly kind: "traffic/route53-zone";
  /** Of the component, for example `zone`. */
  readonly name: string;
  /** For example `eden.example.com`; whoever owns the domain above it delegates to its name servers. */
  readonly zone: string;
  readonly deletion: Deletion;
}

export interface Route53Endpoint {
  readonly region: string;
  /** As AWS names it, `us-east-1`: latencies are measured to it. */
  readonly location: string;
  /** Name of the region's load balancer: `api.us-east-1.eden.example.com`. */
  readonly host: string;
  /** Share of the weighted set, against the other endpoints'. */
  readonly weight: number;
}

export interface Route53Check {
  readonly protocol: "http" | "https";
  readonly path: string;
  /** Route 53 knows no other interval. */
  readonly interval: 10 | 30;
  /** 1 to 10. */
  readonly failures: number;
}

export interface Route53Spec {
  readonly kind: "traffic/route53";
  /** Of the component, for example `traffic`. */
  readonly name: string;
  readonly hostname: string;
  readonly endpoints: readonly Route53Endpoint[];
  /** Percent of the answers that each way of choosing gives. */
  readonly shares: readonly { readonly policy: "latency" | "weighted"; readonly percent: number }[];
  /** Every region's endpoint; its timeout is Route 53's own: 4 s to connect and 2 s to answer. */
  readonly check: Route53Check;
  /** Regions that fail their check get no answers. Off, only people move traffic. */
  readonly automatic: boolean;
  /** Percent of the endpoints that must be healthy for the platform to be. */
  readonly healthyPercent: number;
  /** Beyond these a region's alarm rings, which operations read. */
  readonly detection: { readonly window: number; readonly errorRate: number; readonly latency: number };
  /** Who is told of an alarm. */
  readonly emails: readonly string[];
}
