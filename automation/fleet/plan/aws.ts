/** An AWS platform: `network` first, then its regions, then `global`. */
import type { AwsAccountSpec } from "../specs/aws/account";
import { NETWORK_STACK } from "../specs/aws/outputs";
import type { ComponentSpec } from "../specs/component-spec";
import { networkSpec } from "./aws-network";
import type { PlanInput, PlannedRegion } from "./plan-input";
import { route53ZoneSpec } from "./route53-zone";

/** True for a platform whose regions are AWS's own. */
export const isOnAws = ({ regions }: PlanInput): boolean =>
  regions.some(({ manifest }) => manifest.spec.provider === "aws");

/** Whose account, and the regions a stack works in. */
export function awsAccountSpec({ fleet }: PlanInput, regions: readonly PlannedRegion[]): AwsAccountSpec {
  const { credentials } = fleet.platform.spec;
  const token = credentials["session-token"];
  const account = credentials["account-id"];
  return {
    kind: "aws/account",
    name: "aws",
    accessKeyId: credentials["access-key-id"] ?? { secret: "aws-access-key-id" },
    secretAccessKey: credentials["secret-access-key"] ?? { secret: "aws-secret-access-key" },
    ...(token === undefined ? {} : { sessionToken: token }),
    ...(account === undefined ? {} : { accountId: account }),
    regions: regions.map(({ name, manifest }) => ({ region: name, location: manifest.spec.location })),
  };
}

/** The components of the stack that holds every region's network; none for a platform elsewhere. */
export function awsNetwork(input: PlanInput): readonly ComponentSpec[] {
  const regions = input.regions.filter(({ manifest }) => manifest.spec.provider === "aws");
  if (regions.length === 0) return [];
  const zone = route53ZoneSpec(input);
  return [awsAccountSpec(input, regions), networkSpec(input, regions), ...(zone === undefined ? [] : [zone])];
}

/** What a region's stack waits for. */
export const awsRegionAfter = (): readonly string[] => [NETWORK_STACK];
