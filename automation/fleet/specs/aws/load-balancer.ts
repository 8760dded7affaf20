/** The application load balancer of a region: TLS in, healthy targets out. */
import type { Deletion } from "../deletion";
import type { SecretRef } from "../secret-ref";

/** Durations in seconds. */
export interface AwsTargetHealth {
  readonly path: string;
  readonly interval: number;
  readonly timeout: number;
  /** Consecutive checks before a target takes traffic, and before it loses it; at least 2. */
  readonly healthy: number;
  readonly unhealthy: number;
  /** For example `200`. */
  readonly codes: string;
}

/** What is behind the balancer: one target group. */
export interface AwsTargetSpec {
  /** For example `app`; components register their machines in the target group of that name. */
  readonly service: string;
  /** At most 32 characters: `hse-us-east-app`. */
  readonly targetGroup: string;
  readonly port: number;
  readonly protocol: "HTTP" | "HTTPS";
  readonly health: AwsTargetHealth;
  /** What a target may take to finish when it is taken out. */
  readonly drainSeconds: number;
  /** Requests for these hosts come here; absent for the one that takes all the rest. */
  readonly hosts?: readonly string[];
}

/**
 * Where the certificate comes from. `issued`: from AWS, proven by records in a Route 53 zone, and renewed for ever;
 * the zone is the platform's own, of the network stack, or one that somebody else made. `imported`: the person's own,
 * renewed by changing the secret.
 */
export type AwsCertificate =
  | {
      readonly kind: "issued";
      readonly zone: string;
      readonly zoneOf: "network" | "others";
      readonly hosts: readonly string[];
    }
  | { readonly kind: "imported"; readonly certificate: SecretRef; readonly key: SecretRef };

export interface AwsLoadBalancerSpec {
  readonly kind: "aws/load-balancer";
  /** Of the component, for example `balancer`. */
  readonly name: string;
  readonly region: string;
  /** At most 32 characters: `hse-us-east`. */
  readonly loadBalancer: string;
  readonly certificate: AwsCertificate;
  /** The one without hosts takes what no other does. */
  readonly targets: readonly AwsTargetSpec[];
  /** `protected` is AWS's own deletion protection too. */
  readonly deletion: Deletion;
}
