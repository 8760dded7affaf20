/**
 * Records that choose a region, nested because Route 53 has no one policy that is both latency and weight:
 *
 *   api.…            weighted 80 → latency.api.…    nearest region   → api.us-east-1.… → its load balancer
 *                    weighted 20 → weighted.api.…   region by weight → api.us-west-2.… → its load balancer
 *
 * Every step is an alias that evaluates its target, so a region that is lost is lost on both ways, and when all
 * are unhealthy Route 53 answers as if all were well. Aliases have no time to live of their own: answers keep
 * the 60 s of the load balancer's.
 */
import { Record as DnsRecord, type RecordArgs } from "@pulumi/aws/route53/record";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { loadBalancerOutput, NETWORK_STACK, networkOutput } from "../../automation/fleet/specs/aws/outputs";
import type { Route53Endpoint, Route53Spec } from "../../automation/fleet/specs/aws/route53";
import type { AwsSetting } from "../aws/setting";
import { route53Alarms } from "./route53-alarms";
import { healthChecks, type HealthChecks } from "./route53-health";

type Policy = Route53Spec["shares"][number]["policy"];

export class Route53Traffic extends ComponentResource {
  readonly hostname: string;
  readonly #spec: Route53Spec;
  readonly #setting: AwsSetting;
  readonly #zoneId: Output<string>;

  constructor(spec: Route53Spec, setting: AwsSetting, opts?: ComponentResourceOptions) {
    super("meridian:traffic:Route53", spec.name, {}, opts);
    this.#spec = spec;
    this.#setting = setting;
    this.#zoneId = setting.references.text(NETWORK_STACK, networkOutput.publicZoneId);
    this.hostname = spec.hostname;
    const checks = healthChecks(spec, setting, this);
    const regions = spec.endpoints.map((endpoint) => this.#region(endpoint));
    const chosen = spec.shares
      .filter(({ percent }) => percent > 0)
      .map(({ policy, percent }) => ({ policy, percent, set: this.#set(policy, checks, regions) }));
    for (const { policy, percent, set } of chosen) this.#share(policy, percent, set);
    route53Alarms(spec, checks, setting, this);
    this.registerOutputs({ hostname: spec.hostname });
  }

  /** The name of one region: what health checks and people ask for it by. */
  #region({ host, region }: Route53Endpoint): DnsRecord {
    const balancer = (name: string): Output<string> => this.#setting.references.text(region, name);
    return this.#alias(region, host, {
      name: balancer(loadBalancerOutput.dnsName),
      zoneId: balancer(loadBalancerOutput.zoneId),
    });
  }

  /** One way of choosing: a record for each region under one name. */
  #set(policy: Policy, checks: HealthChecks, dependsOn: readonly DnsRecord[]): readonly DnsRecord[] {
    const { automatic, endpoints } = this.#spec;
    return endpoints.map((endpoint) => {
      const check = checks.regions.get(endpoint.region);
      return this.#alias(
        `${policy}-${endpoint.region}`,
        this.#nameOf(policy),
        { name: endpoint.host, zoneId: this.#zoneId },
        {
          setIdentifier: endpoint.region,
          ...choice(policy, endpoint),
          ...(automatic && check !== undefined ? { healthCheckId: check.id } : {}),
        },
        dependsOn,
      );
    });
  }

  /** The share of one way of choosing in the platform's own name. */
  #share(policy: Policy, weight: number, dependsOn: readonly DnsRecord[]): void {
    this.#alias(
      policy,
      this.#spec.hostname,
      { name: this.#nameOf(policy), zoneId: this.#zoneId },
      { setIdentifier: policy, weightedRoutingPolicies: [{ weight }] },
      dependsOn,
    );
  }

  #nameOf(policy: Policy): string {
    return `${policy}.${this.#spec.hostname}`;
  }

  /** An alias must not be made before its target is: Route 53 refuses it. */
  #alias(
    key: string,
    name: string,
    target: Pick<RecordArgs, "name" | "zoneId">,
    more: Partial<RecordArgs> = {},
    dependsOn: readonly DnsRecord[] = [],
  ): DnsRecord {
    const args = {
      zoneId: this.#zoneId,
      name,
      type: "A",
      aliases: [{ ...target, evaluateTargetHealth: true }],
      ...more,
    };
    return new DnsRecord(`${this.#spec.name}-${key}`, args, { parent: this, dependsOn: [...dependsOn] });
  }
}

function choice(policy: Policy, { location, weight }: Route53Endpoint): Partial<RecordArgs> {
  switch (policy) {
    case "latency":
      return { latencyRoutingPolicies: [{ region: location }] };
    case "weighted":
      return { weightedRoutingPolicies: [{ weight }] };
  }
}
