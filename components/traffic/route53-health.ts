import { HealthCheck } from "@pulumi/aws/route53/healthCheck";
import type { Resource } from "@pulumi/pulumi";
import type { Route53Endpoint, Route53Spec } from "../../automation/fleet/specs/aws/route53";
import type { AwsSetting } from "../aws/setting";
import { tagsOf } from "../aws/tags";

const PORT = { http: 80, https: 443 } as const;

/** By region, and what they say together. */
export interface HealthChecks {
  readonly regions: ReadonlyMap<string, HealthCheck>;
  readonly platform: HealthCheck;
}

/**
 * Some 15 places of the world ask each region; Route 53 believes it lost when most of them do. With three
 * failures 30 s apart that is known after some 90 s: the interval cannot be anything but 10 s or 30 s, and an
 * answer must come within 4 s to connect and 2 s more, whatever a manifest says.
 */
export function healthChecks(spec: Route53Spec, setting: AwsSetting, parent: Resource): HealthChecks {
  const regions = new Map(
    spec.endpoints.map((endpoint) => [endpoint.region, endpointCheck(endpoint, spec, setting, parent)]),
  );
  return { regions, platform: platformCheck([...regions.values()], spec, setting, parent) };
}

function endpointCheck(
  { host, region }: Route53Endpoint,
  { check, name }: Route53Spec,
  setting: AwsSetting,
  parent: Resource,
): HealthCheck {
  return new HealthCheck(
    `${name}-${region}`,
    {
      type: check.protocol === "https" ? "HTTPS" : "HTTP",
      fqdn: host,
      port: PORT[check.protocol],
      resourcePath: check.path,
      requestInterval: check.interval,
      failureThreshold: check.failures,
      measureLatency: true,
      enableSni: check.protocol === "https",
      tags: tagsOf(setting, `${name}-${region}`),
    },
    { parent },
  );
}

/** Healthy while enough of the regions are: of two at 50 % one is enough. */
function platformCheck(
  children: readonly HealthCheck[],
  { healthyPercent, name }: Route53Spec,
  setting: AwsSetting,
  parent: Resource,
): HealthCheck {
  return new HealthCheck(
    `${name}-platform`,
    {
      type: "CALCULATED",
      childHealthchecks: children.map(({ id }) => id),
      childHealthThreshold: Math.max(1, Math.ceil((children.length * healthyPercent) / 100)),
      tags: tagsOf(setting, `${name}-platform`),
    },
    { parent },
  );
}
