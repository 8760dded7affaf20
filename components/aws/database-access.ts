import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule";
import type { Output } from "@pulumi/pulumi";
import type { AwsNetworkSpec } from "../../automation/fleet/specs/aws/network";
import type { VpcPlace } from "./network-tier";
import { tagsOf } from "./tags";

/**
 * The group of a region's databases and caches: their ports, from and to the internal half of each region.
 *
 * By address and not by group: a peering between regions does not carry groups.
 */
export function databaseGroup(place: VpcPlace, spec: AwsNetworkSpec): Output<string> {
  const { name, vpcId, tagged, opts } = place;
  const key = `${name}-database`;
  const group = new SecurityGroup(
    key,
    {
      vpcId,
      name: `${tagged.platform}-${key}`,
      description: "Databases and caches, from inside the platform",
      tags: tagsOf(tagged, key, "customer"),
    },
    opts,
  );
  const reachable = spec.regions.filter(({ region }) => isReached(spec, place.network.region, region));
  for (const { region, internal } of reachable) {
    for (const port of spec.databasePorts) {
      const rule = {
        securityGroupId: group.id,
        description: `${String(port)}, ${region}`,
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
        cidrIpv4: internal,
      };
      const from = `${key}-${String(port)}-from-${region}`;
      const to = `${key}-${String(port)}-to-${region}`;
      new SecurityGroupIngressRule(from, { ...rule, tags: tagsOf(tagged, from) }, opts);
      // A replica dials its publisher.
      new SecurityGroupEgressRule(to, { ...rule, tags: tagsOf(tagged, to) }, opts);
    }
  }
  return group.id;
}

/** Itself, and the regions it peers with. */
const isReached = ({ peerings }: AwsNetworkSpec, own: string, other: string): boolean =>
  own === other ||
  peerings.some(({ from, to }) => (from === own && to === other) || (from === other && to === own));
