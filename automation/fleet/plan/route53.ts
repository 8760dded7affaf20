import type { AwsAccountSpec } from "../specs/aws/account";
import type { Route53Check, Route53Endpoint, Route53Spec } from "../specs/aws/route53";
import type { ComponentSpec } from "../specs/component-spec";
import { awsAccountSpec } from "./aws";
import type { PlanInput } from "./plan-input";
import { route53Of, type Route53 } from "./route53-zone";

/** Metrics of health checks are in this region only, wherever the platform is. */
const HEALTH_METRICS = "us-east-1";
/** The shortest period of a metric that AWS keeps for a load balancer. */
const MINUTE = 60;
const DEFAULTS = { errorRate: 0.05, latency: 0.5 } as const;

/** Each region by the name its manifest gives the gateway; equal weights, so that none is preferred. */
function endpointsOf({ fleet, regions }: PlanInput, { hostname }: Route53): readonly Route53Endpoint[] {
  const hosts = fleet.platform.spec.services.gateway?.endpoints ?? {};
  return regions.map(({ name, manifest }) => ({
    region: name,
    location: manifest.spec.location,
    host: hosts[name] ?? `${name}.${hostname}`,
    weight: 100,
  }));
}

const checkOf = ({ healthCheck: { failures, interval, path, protocol } }: Route53): Route53Check => ({
  protocol,
  path,
  interval: interval < 30 ? 10 : 30,
  failures: Math.min(failures, 10),
});

function trafficSpec(input: PlanInput, traffic: Route53): Route53Spec {
  const { alerts, failover } = input.fleet.platform.spec;
  const { window = MINUTE, errorRate, latency } = failover.detection;
  return {
    kind: "traffic/route53",
    name: "traffic",
    hostname: traffic.hostname,
    endpoints: endpointsOf(input, traffic),
    shares: traffic.policies.map(({ type, percent }) => ({ policy: type, percent })),
    check: checkOf(traffic),
    automatic: traffic.failover.automatic,
    healthyPercent: traffic.failover.threshold,
    detection: {
      window: Math.max(MINUTE, Math.ceil(window / MINUTE) * MINUTE),
      errorRate: errorRate ?? DEFAULTS.errorRate,
      latency: latency ?? DEFAULTS.latency,
    },
    emails: alerts.channels.flatMap(({ kind, target }) =>
      kind === "email" && target !== undefined ? [target] : [],
    ),
  };
}

/** The account with the region that health is measured in, after the platform's own. */
function accountOf(input: PlanInput): AwsAccountSpec {
  const account = awsAccountSpec(input, input.regions);
  return account.regions.some(({ location }) => location === HEALTH_METRICS)
    ? account
    : { ...account, regions: [...account.regions, { region: "health", location: HEALTH_METRICS }] };
}

/** The components of the `global` stack; none for a platform whose traffic another engine steers. */
export function route53Global(input: PlanInput): readonly ComponentSpec[] {
  const traffic = route53Of(input);
  return traffic === undefined ? [] : [accountOf(input), trafficSpec(input, traffic)];
}
