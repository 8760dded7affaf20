/** What AWS answers for a resource, besides what it was asked for: a row a type. */
import { documentationAddress, hex, pick, timestamp, uuid } from "../digest";
import { isProperties, objectsIn, textAt, valueAt, type Properties, type Value } from "../values";

/** Facts of one resource that outputs are made of. */
export interface AwsFacts {
  readonly id: string;
  readonly arn: string;
  readonly region: string;
  readonly account: string;
  readonly inputs: Properties;
}

type AwsOutputs = (facts: AwsFacts) => Properties;

/** Ids of what is made with something else begin with 1: see presence.ts. */
const inner = (prefix: string, ...parts: readonly string[]): string => `${prefix}-1${hex(16, ...parts)}`;

const textOf = (inputs: Properties, name: string): string => textAt(inputs, name) ?? "";

/** `us-east-1a` is the first zone here; in a real account every one has its own letters. */
function zoneOf(inputs: Properties, region: string): Properties {
  const number = Number(/-az(\d)$/.exec(textOf(inputs, "availabilityZoneId"))?.[1] ?? "1");
  const letter = "abcdef".charAt(number - 1);
  const zone = textAt(inputs, "availabilityZone") ?? `${region}${letter}`;
  return { availabilityZone: zone };
}

const endpoint = (service: string, id: string, region: string, ...parts: readonly string[]): string =>
  `${[id, hex(12, service, ...parts, region), region].join(".")}.${service}.amazonaws.com`;

const database: AwsOutputs = ({ id, arn, region, inputs }) => {
  const asked = valueAt(inputs, "port");
  const port = typeof asked === "number" ? asked : 5432;
  const address = endpoint("rds", textOf(inputs, "identifier"), region, arn);
  return {
    address,
    port,
    endpoint: `${address}:${String(port)}`,
    resourceId: id,
    hostedZoneId: `Z${hex(13, "rds", region).toUpperCase()}`,
    status: "available",
    engineVersionActual: textOf(inputs, "engineVersion"),
    masterUserSecrets:
      valueAt(inputs, "manageMasterUserPassword") === true
        ? [
            {
              secretArn: arn.replace(":rds:", ":secretsmanager:").replace(/:db:.*$/, `:secret:rds!${id}`),
              secretStatus: "active",
              kmsKeyId: "",
            },
          ]
        : [],
  };
};

const cache: AwsOutputs = ({ arn, region, inputs }) => {
  const name = textOf(inputs, "replicationGroupId");
  const host = (kind: string): string => `${kind}.${name}.${hex(6, arn)}.${region}.cache.amazonaws.com`;
  const clustered =
    (valueAt(inputs, "numNodeGroups") ?? 1) !== 1 || valueAt(inputs, "clusterMode") === "enabled";
  return clustered
    ? { configurationEndpointAddress: host("clustercfg"), clusterEnabled: true }
    : {
        primaryEndpointAddress: host("master"),
        readerEndpointAddress: host("replica"),
        clusterEnabled: false,
      };
};

const eksCluster: AwsOutputs = ({ arn, region, account, inputs }) => {
  const key = hex(32, arn).toUpperCase();
  const vpcConfig = valueAt(inputs, "vpcConfig");
  return {
    status: "ACTIVE",
    endpoint: `https://${key}.gr7.${region}.eks.amazonaws.com`,
    platformVersion: "eks.1",
    createdAt: timestamp(arn),
    certificateAuthority: { data: Buffer.from(`sandbox certificate of ${arn}`).toString("base64") },
    identities: [{ oidcs: [{ issuer: `https://oidc.eks.${region}.amazonaws.com/id/${key}` }] }],
    vpcConfig: {
      ...(isProperties(vpcConfig) ? vpcConfig : {}),
      clusterSecurityGroupId: inner("sg", "eks", account, arn),
    },
  };
};

const certificate: AwsOutputs = ({ arn, inputs }) => {
  const others = valueAt(inputs, "subjectAlternativeNames");
  const names = [
    textOf(inputs, "domainName"),
    ...(Array.isArray(others) ? (others as readonly Value[]) : []),
  ];
  return {
    status: "ISSUED",
    domainValidationOptions: names.flatMap((name) =>
      typeof name !== "string"
        ? []
        : [
            {
              domainName: name,
              resourceRecordName: `_${hex(32, arn, name)}.${name.replace(/^\*\./, "")}.`,
              resourceRecordType: "CNAME",
              resourceRecordValue: `_${hex(32, arn)}.acm-validations.aws.`,
            },
          ],
    ),
  };
};

const role: AwsOutputs = ({ arn }) => ({
  uniqueId: `AROA${hex(17, arn).toUpperCase()}`,
  createDate: timestamp(arn),
});

/** By `module:Resource`; a type without a row answers its inputs, its ARN and its tags. */
export const awsOutputs: Readonly<Record<string, AwsOutputs>> = {
  "acm:Certificate": certificate,
  "backup:Vault": () => ({ recoveryPoints: 0 }),
  "cloudfront:Distribution": ({ id, arn }) => ({
    domainName: `${hex(14, id)}.cloudfront.net`,
    hostedZoneId: "Z2FDTNDATAQYW2",
    status: "Deployed",
    etag: `E${hex(13, arn).toUpperCase()}`,
  }),
  "ec2:DefaultSecurityGroup": ({ inputs, account }) => ({
    name: "default",
    ownerId: account,
    vpcId: textOf(inputs, "vpcId"),
  }),
  "ec2:Eip": ({ id, region }) => ({
    allocationId: id,
    publicIp: documentationAddress(id),
    publicDns: `ec2-${documentationAddress(id).replaceAll(".", "-")}.${region}.compute.amazonaws.com`,
  }),
  "ec2:Instance": ({ id }) => ({
    publicIp: documentationAddress(id),
    privateIp: `10.0.${String(pick(256, id, "a"))}.${String(pick(256, id, "b"))}`,
    instanceState: "running",
  }),
  "ec2:LaunchTemplate": () => ({ latestVersion: 1, defaultVersion: 1 }),
  "ec2:NatGateway": ({ id }) => ({
    publicIp: documentationAddress(id),
    networkInterfaceId: inner("eni", id),
  }),
  "ec2:SecurityGroup": ({ account }) => ({ ownerId: account }),
  "ec2:Subnet": ({ account, inputs, region }) => ({ ownerId: account, ...zoneOf(inputs, region) }),
  "ec2:Vpc": ({ id, account }) => ({
    ownerId: account,
    mainRouteTableId: inner("rtb", id),
    defaultRouteTableId: inner("rtb", id),
    defaultNetworkAclId: inner("acl", id),
    defaultSecurityGroupId: inner("sg", id),
    dhcpOptionsId: inner("dopt", account),
  }),
  "ec2:VpcEndpoint": ({ id, account, inputs, region }) => ({
    ownerId: account,
    state: "available",
    prefixListId: `pl-1${hex(7, textOf(inputs, "serviceName"))}`,
    dnsEntries: [{ dnsName: `${id}.${region}.vpce.amazonaws.com`, hostedZoneId: `Z${hex(13, id)}` }],
  }),
  "ec2:VpcPeeringConnection": () => ({ acceptStatus: "pending-acceptance" }),
  "ec2:VpcPeeringConnectionAccepter": ({ id }) => ({ acceptStatus: "active", vpcPeeringConnectionId: id }),
  "eks:Addon": ({ arn }) => ({ createdAt: timestamp(arn) }),
  "eks:Cluster": eksCluster,
  "eks:NodeGroup": ({ arn }) => ({
    status: "ACTIVE",
    resources: [{ autoscalingGroups: [{ name: `eks-${uuid(arn)}` }], remoteAccessSecurityGroupId: "" }],
  }),
  "elasticache:ReplicationGroup": cache,
  "iam:InstanceProfile": role,
  "iam:Role": role,
  "kms:Key": ({ id }) => ({ keyId: id }),
  "kms:ReplicaKey": ({ id }) => ({ keyId: id }),
  "lambda:Function": ({ arn, region }) => ({
    invokeArn: `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations`,
    qualifiedArn: `${arn}:1`,
    version: "1",
  }),
  "lb:LoadBalancer": ({ arn, region, inputs }) => ({
    arnSuffix: arn.split(":loadbalancer/").at(-1) ?? "",
    dnsName: `${textOf(inputs, "name")}-${String(pick(1_000_000_000, arn))}.${region}.elb.amazonaws.com`,
    zoneId: `Z${hex(13, "elb", region).toUpperCase()}`,
  }),
  "lb:TargetGroup": ({ arn }) => ({ arnSuffix: arn.split(":").at(-1) ?? "", loadBalancerArns: [] }),
  "rds:Cluster": ({ arn, region, inputs }) => {
    const host = endpoint("rds", textOf(inputs, "clusterIdentifier"), region, arn);
    return {
      endpoint: host,
      readerEndpoint: host.replace(".", ".ro-"),
      port: valueAt(inputs, "port") ?? 5432,
    };
  },
  "rds:Instance": database,
  "rds:Proxy": ({ arn, region, inputs }) => ({
    endpoint: endpoint("rds", `${textOf(inputs, "name")}.proxy-${hex(6, arn)}`, region, arn),
  }),
  "route53:Record": ({ inputs }) => ({ fqdn: textOf(inputs, "name") }),
  "route53:Zone": ({ id }) => ({
    zoneId: id,
    nameServers: [0, 1, 2, 3].map((at) => `ns-${String(pick(2048, id, String(at)))}.awsdns-sandbox.org`),
    primaryNameServer: `ns-${String(pick(2048, id, "0"))}.awsdns-sandbox.org`,
  }),
  "s3:Bucket": ({ inputs, region }) => ({
    bucketDomainName: `${textOf(inputs, "bucket")}.s3.amazonaws.com`,
    bucketRegionalDomainName: `${textOf(inputs, "bucket")}.s3.${region}.amazonaws.com`,
    hostedZoneId: `Z${hex(13, "s3", region).toUpperCase()}`,
  }),
  "secretsmanager:Secret": ({ inputs }) => ({
    replicas: objectsIn(valueAt(inputs, "replicas")).map((replica) => ({ ...replica, status: "InSync" })),
  }),
  "secretsmanager:SecretRotation": () => ({ rotationEnabled: true }),
  "secretsmanager:SecretVersion": ({ id, arn }) => ({
    versionId: uuid(id, arn),
    versionStages: ["AWSCURRENT"],
  }),
};

/** Outputs that are secret whatever the inputs. */
export const awsSecrets: Readonly<Record<string, readonly string[]>> = {
  "iam:AccessKey": ["secret", "sesSmtpPasswordV4"],
  "rds:Instance": ["password"],
  "rds:Cluster": ["masterPassword"],
  "secretsmanager:SecretVersion": ["secretString", "secretBinary"],
};
