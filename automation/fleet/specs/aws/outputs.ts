/**
 * Outputs that stacks of an AWS platform read of each other, by name: ids and addresses that AWS makes up.
 *
 * Never a secret: those are in Secrets Manager, under names that are known beforehand.
 */

/** The stack that holds the VPC of every region. */
export const NETWORK_STACK = "network";

/** Of the network stack; `region` is a region's name in the platform. */
export const networkOutput = {
  vpcId: (region: string): string => `vpcId-${region}`,
  vpcCidr: (region: string): string => `vpcCidr-${region}`,
  publicSubnetIds: (region: string): string => `publicSubnetIds-${region}`,
  privateSubnetIds: (region: string): string => `privateSubnetIds-${region}`,
  databaseSubnetIds: (region: string): string => `databaseSubnetIds-${region}`,
  databaseSecurityGroupId: (region: string): string => `databaseSecurityGroupId-${region}`,
  /** Of the platform's private DNS zone, where it has one. */
  internalZoneId: "internalZoneId",
  /** Of the platform's public zone, where Route 53 holds it: certificates are validated in it. */
  publicZoneId: "publicZoneId",
  publicNameServers: "publicNameServers",
} as const;

/** Of a region's stack: how its cluster is reached. */
export const clusterOutput = {
  name: "clusterName",
  endpoint: "clusterEndpoint",
  ca: "clusterCa",
  securityGroupId: "clusterSecurityGroupId",
  oidcProviderArn: "clusterOidcProviderArn",
} as const;

/** Of a region's stack: where its load balancer answers. */
export const loadBalancerOutput = {
  dnsName: "loadBalancerDnsName",
  zoneId: "loadBalancerZoneId",
  arn: "loadBalancerArn",
} as const;
