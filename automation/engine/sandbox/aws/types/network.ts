/** Networks, load balancers, certificates, DNS and delivery. */
import { shortName, type AwsTypes, type Form } from "./row";

const vpcBlock: Form = {
  pattern: /^\d{1,3}(\.\d{1,3}){3}\/(1[6-9]|2[0-8])$/,
  says: "an IPv4 block from /16 to /28 (InvalidVpc.Range)",
};

const ec2 = (kind: string, prefix = kind) =>
  ({ id: `${prefix}-0{made}`, arn: `ec2:{region}:{account}:${kind}/{id}` }) as const;

const groupRule = {
  ...ec2("security-group-rule", "sgr"),
  immutable: ["securityGroupId"],
  required: ["securityGroupId", "ipProtocol"],
  unique: [
    "securityGroupId",
    "ipProtocol",
    "fromPort",
    "toPort",
    "cidrIpv4",
    "cidrIpv6",
    "prefixListId",
    "referencedSecurityGroupId",
  ],
} as const;

const elb = "elasticloadbalancing:{region}:{account}";

/** By `module:Resource`. */
export const networkTypes: AwsTypes = {
  "ec2:Vpc": {
    ...ec2("vpc"),
    immutable: ["cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"],
    forms: { cidrBlock: vpcBlock },
  },
  "ec2:Subnet": {
    ...ec2("subnet"),
    immutable: ["vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId", "outpostArn", "ipv6Native"],
    required: ["vpcId"],
    unique: ["vpcId", "cidrBlock"],
    forms: { cidrBlock: { ...vpcBlock, says: "an IPv4 block from /16 to /28 (InvalidSubnet.Range)" } },
  },
  "ec2:InternetGateway": ec2("internet-gateway", "igw"),
  "ec2:EgressOnlyInternetGateway": {
    ...ec2("egress-only-internet-gateway", "eigw"),
    immutable: ["vpcId"],
    required: ["vpcId"],
  },
  "ec2:NatGateway": {
    ...ec2("natgateway", "nat"),
    immutable: ["allocationId", "subnetId", "connectivityType", "privateIp"],
  },
  "ec2:Eip": {
    ...ec2("elastic-ip", "eipalloc"),
    immutable: ["address", "domain", "networkBorderGroup", "publicIpv4Pool"],
  },
  "ec2:RouteTable": { ...ec2("route-table", "rtb"), immutable: ["vpcId"], required: ["vpcId"] },
  "ec2:Route": {
    id: "r-{made}",
    immutable: [
      "routeTableId",
      "destinationCidrBlock",
      "destinationIpv6CidrBlock",
      "destinationPrefixListId",
    ],
    required: ["routeTableId"],
    unique: ["routeTableId", "destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"],
  },
  "ec2:RouteTableAssociation": {
    id: "rtbassoc-0{made}",
    immutable: ["subnetId", "gatewayId"],
    required: ["routeTableId"],
    unique: ["subnetId", "gatewayId"],
  },
  "ec2:SecurityGroup": {
    ...ec2("security-group", "sg"),
    immutable: ["name", "namePrefix", "description", "vpcId"],
    unique: ["vpcId", "name"],
    auto: "name",
  },
  // The group is there as soon as its VPC is: this type only says what is in it.
  "ec2:DefaultSecurityGroup": {
    id: "sg-1{made}",
    arn: "ec2:{region}:{account}:security-group/{id}",
    immutable: ["vpcId"],
    required: ["vpcId"],
    unique: ["vpcId"],
  },
  "ec2:DefaultNetworkAcl": {
    id: "acl-1{made}",
    unique: ["defaultNetworkAclId"],
    immutable: ["defaultNetworkAclId"],
  },
  "ec2:DefaultRouteTable": {
    id: "rtb-1{made}",
    unique: ["defaultRouteTableId"],
    immutable: ["defaultRouteTableId"],
  },
  "ec2:NetworkAcl": { ...ec2("network-acl", "acl"), immutable: ["vpcId"], required: ["vpcId"] },
  "ec2:VpcEndpoint": {
    ...ec2("vpc-endpoint", "vpce"),
    immutable: ["vpcId", "serviceName", "serviceRegion", "vpcEndpointType"],
    required: ["vpcId"],
  },
  "ec2:FlowLog": {
    ...ec2("vpc-flow-log", "fl"),
    immutable: [
      "vpcId",
      "subnetId",
      "eniId",
      "trafficType",
      "logDestination",
      "logDestinationType",
      "logFormat",
      "iamRoleArn",
      "maxAggregationInterval",
      "destinationOptions",
    ],
  },
  "ec2:VpcPeeringConnection": {
    ...ec2("vpc-peering-connection", "pcx"),
    key: "aws/vpc-peering-connection/{id}",
    immutable: ["vpcId", "peerVpcId", "peerRegion", "peerOwnerId"],
    required: ["vpcId", "peerVpcId"],
    unique: ["vpcId", "peerVpcId"],
  },
  "ec2:VpcPeeringConnectionAccepter": {
    id: "{vpcPeeringConnectionId}",
    key: "aws/vpc-peering-connection-accepter/{vpcPeeringConnectionId}",
    immutable: ["vpcPeeringConnectionId"],
    required: ["vpcPeeringConnectionId"],
  },
  "ec2:PeeringConnectionOptions": {
    id: "{vpcPeeringConnectionId}",
    key: "aws/vpc-peering-connection-options/{region}/{vpcPeeringConnectionId}",
    immutable: ["vpcPeeringConnectionId"],
    required: ["vpcPeeringConnectionId"],
  },
  "vpc:SecurityGroupIngressRule": groupRule,
  "vpc:SecurityGroupEgressRule": groupRule,
  "lb:LoadBalancer": {
    id: "{arn}",
    arn: `${elb}:loadbalancer/app/{name}/{made}`,
    immutable: ["name", "namePrefix", "internal", "loadBalancerType", "customerOwnedIpv4Pool"],
    unique: ["name"],
    auto: "name",
    forms: { name: shortName },
  },
  "lb:TargetGroup": {
    id: "{arn}",
    arn: `${elb}:targetgroup/{name}/{made}`,
    immutable: [
      "name",
      "namePrefix",
      "port",
      "protocol",
      "protocolVersion",
      "targetType",
      "vpcId",
      "ipAddressType",
    ],
    unique: ["name"],
    auto: "name",
    forms: { name: shortName },
  },
  "lb:Listener": {
    id: "{arn}",
    arn: `${elb}:listener/app/{made}`,
    immutable: ["loadBalancerArn"],
    required: ["loadBalancerArn", "defaultActions"],
    unique: ["loadBalancerArn", "port"],
  },
  "lb:ListenerRule": {
    id: "{arn}",
    arn: `${elb}:listener-rule/app/{made}`,
    immutable: ["listenerArn"],
    required: ["listenerArn", "actions", "conditions"],
  },
  "lb:ListenerCertificate": {
    id: "{listenerArn}_{certificateArn}",
    immutable: ["listenerArn", "certificateArn"],
    required: ["listenerArn", "certificateArn"],
  },
  "acm:Certificate": {
    id: "{arn}",
    arn: "acm:{region}:{account}:certificate/{uuid}",
    immutable: ["domainName", "subjectAlternativeNames", "validationMethod", "keyAlgorithm", "privateKey"],
  },
  "acm:CertificateValidation": {
    id: "{made}",
    immutable: ["certificateArn", "validationRecordFqdns"],
    required: ["certificateArn"],
    unique: ["certificateArn"],
  },
  "route53:Zone": {
    id: "Z{made}",
    arn: "route53:::hostedzone/{id}",
    immutable: ["name", "delegationSetId"],
    required: ["name"],
  },
  "route53:Record": {
    id: "{zoneId}_{name}_{type}_{setIdentifier}",
    immutable: ["zoneId", "name", "type", "setIdentifier"],
    required: ["zoneId", "name", "type"],
  },
  "route53:HealthCheck": {
    id: "{uuid}",
    arn: "route53:::healthcheck/{id}",
    immutable: ["type", "requestInterval", "measureLatency", "routingControlArn", "referenceName"],
    required: ["type"],
  },
  "cloudfront:Distribution": { id: "E{made}", arn: "cloudfront::{account}:distribution/{id}" },
  "cloudfront:Function": { id: "{name}", arn: "cloudfront::{account}:function/{name}", immutable: ["name"] },
  "cloudfront:CachePolicy": { id: "{uuid}", arn: "cloudfront::{account}:cache-policy/{id}" },
  "cloudfront:OriginRequestPolicy": {
    id: "{uuid}",
    arn: "cloudfront::{account}:origin-request-policy/{id}",
  },
  "cloudfront:ResponseHeadersPolicy": {
    id: "{uuid}",
    arn: "cloudfront::{account}:response-headers-policy/{id}",
  },
  "cloudfront:OriginAccessControl": {
    id: "E{made}",
    arn: "cloudfront::{account}:origin-access-control/{id}",
  },
};
