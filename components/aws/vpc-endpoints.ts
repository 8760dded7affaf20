import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup";
import type { Subnet } from "@pulumi/aws/ec2/subnet";
import { VpcEndpoint } from "@pulumi/aws/ec2/vpcEndpoint";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule";
import type { NamedTable, VpcPlace } from "./network-tier";
import { tagsOf } from "./tags";

const HTTPS = 443;

/** Ways to S3 and Secrets Manager that never leave AWS: a database has no other. */
export function endpoints(
  place: VpcPlace,
  { subnets, tables }: { readonly subnets: readonly Subnet[]; readonly tables: readonly NamedTable[] },
): void {
  const { name, vpcId, network, tagged, opts } = place;
  new VpcEndpoint(
    `${name}-s3`,
    {
      vpcId,
      serviceName: `com.amazonaws.${network.location}.s3`,
      vpcEndpointType: "Gateway",
      routeTableIds: tables.map(({ table }) => table.id),
      tags: tagsOf(tagged, `${name}-s3`),
    },
    opts,
  );
  new VpcEndpoint(
    `${name}-secretsmanager`,
    {
      vpcId,
      serviceName: `com.amazonaws.${network.location}.secretsmanager`,
      vpcEndpointType: "Interface",
      subnetIds: subnets.map(({ id }) => id),
      securityGroupIds: [endpointGroup(place).id],
      privateDnsEnabled: true,
      tags: tagsOf(tagged, `${name}-secretsmanager`),
    },
    opts,
  );
}

function endpointGroup({ name, vpcId, network, tagged, opts }: VpcPlace): SecurityGroup {
  const key = `${name}-endpoints`;
  const group = new SecurityGroup(
    key,
    {
      vpcId,
      name: `${tagged.platform}-${key}`,
      description: "HTTPS from inside to AWS services",
      tags: tagsOf(tagged, key),
    },
    opts,
  );
  new SecurityGroupIngressRule(
    `${key}-https`,
    {
      securityGroupId: group.id,
      description: "HTTPS from the VPC",
      ipProtocol: "tcp",
      fromPort: HTTPS,
      toPort: HTTPS,
      cidrIpv4: network.cidr,
      tags: tagsOf(tagged, `${key}-https`),
    },
    opts,
  );
  return group;
}
