import { Record } from "@pulumi/aws/route53/record";
import type { Output, Resource } from "@pulumi/pulumi";
import { networkOutput, NETWORK_STACK } from "../../automation/fleet/specs/aws/outputs";
import type { AwsSetting } from "./setting";

/** Seconds a name is believed: what follows it after a failover waits no longer. */
const TTL = 30;

/** A host of the platform's private zone that stands for an address AWS makes up. */
export function internalName(
  name: string,
  host: string | undefined,
  address: Output<string>,
  { references }: AwsSetting,
  parent: Resource,
): void {
  if (host === undefined) return;
  const zoneId = references.text(NETWORK_STACK, networkOutput.internalZoneId);
  new Record(`${name}-host`, { zoneId, name: host, type: "CNAME", ttl: TTL, records: [address] }, { parent });
}
