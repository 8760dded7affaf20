import type { PlatformManifest } from "../../manifest/schema/manifest";
import type { Route53ZoneSpec } from "../specs/aws/route53";
import type { PlanInput } from "./plan-input";

/** Traffic of a platform, where it is Route 53 that steers it. */
export type Route53 = Extract<NonNullable<PlatformManifest["spec"]["traffic"]>, { engine: "route53" }>;

/** Undefined for a platform whose traffic another engine steers. */
export function route53Of({ fleet }: PlanInput): Route53 | undefined {
  const { traffic } = fleet.platform.spec;
  return traffic?.engine === "route53" ? traffic : undefined;
}

/** The public zone of the platform, for its `network` stack: certificates of the regions are validated in it. */
export function route53ZoneSpec(input: PlanInput): Route53ZoneSpec | undefined {
  const traffic = route53Of(input);
  return traffic === undefined
    ? undefined
    : { kind: "traffic/route53-zone", name: "zone", zone: traffic.zone, deletion: "protected" };
}
