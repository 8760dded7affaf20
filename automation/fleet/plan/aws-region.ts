/** What one region of an AWS platform holds: balancer, cluster, buckets, secrets, and whatever its services are. */
import type { PlatformManifest } from "../../manifest/schema/manifest";
import type { AwsBucketsSpec } from "../specs/aws/bucket";
import type { EksAddon, EksClusterSpec, EksNodeGroupSpec } from "../specs/aws/eks";
import { INSTANCES_SERVICE } from "../specs/aws/instances";
import type { AwsCertificate, AwsLoadBalancerSpec, AwsTargetSpec } from "../specs/aws/load-balancer";
import type { AwsSecretsSpec, AwsSecretSpec } from "../specs/aws/secrets";
import { awsName } from "./aws-names";
import { GATEWAY_NODE_PORT } from "./gateway";
import { instancesSpec } from "./instances";
import type { PlanInput, PlannedRegion } from "./plan-input";

type Services = PlatformManifest["spec"]["services"];
type S3 = Extract<NonNullable<Services["objectStore"]>, { engine: "s3" }>;
type Regional = Extract<NonNullable<Services["secrets"]>, { engine: "regional" }>;

const SECONDS_A_DAY = 86_400;
const LOG_DAYS = 30;
/** A deleted secret can be had back this long: the most AWS offers. */
const RECOVERY_DAYS = 30;
/** Where the manifest names no period. */
const ROTATION_DAYS = 90;
/** Old versions of objects, so that a mistake of last month can be undone. */
const NONCURRENT_DAYS = 30;
/** The newest version that every addon here supports. */
const KUBERNETES_VERSION = "1.33";
const DISK_GIB = 50;
const DRAIN_SECONDS = 30;
/** The longest name of a load balancer or target group. */
const BALANCER_NAME = 32;

const daysOf = (seconds: number): number => Math.ceil(seconds / SECONDS_A_DAY);

const platformOf = ({ fleet }: PlanInput): string => fleet.platform.metadata.name;

/** The service behind the load balancer of a region on Kubernetes: the gateway, at the same port of every node. */
const GATEWAY_SERVICE = "gateway";

function targetOf(
  input: PlanInput,
  region: PlannedRegion,
): Pick<AwsTargetSpec, "service" | "port" | "protocol"> {
  const { apps } = input.fleet.platform.spec.services;
  return apps?.engine === "instances"
    ? { service: INSTANCES_SERVICE, port: instancesSpec(input, apps, region).port, protocol: "HTTP" }
    : { service: GATEWAY_SERVICE, port: GATEWAY_NODE_PORT, protocol: "HTTPS" };
}

/** Seen by whoever asks a region by its own name, and by the one all regions share. */
function hostsOf({ fleet }: PlanInput, { name, manifest }: PlannedRegion): readonly string[] {
  const { services, traffic } = fleet.platform.spec;
  const own =
    services.gateway?.endpoints[name] ?? manifest.spec.endpoints["app"] ?? manifest.spec.endpoints["api"];
  const shared = traffic !== undefined && "hostname" in traffic ? [traffic.hostname] : [];
  return [...new Set([...shared, ...(own === undefined ? [] : [own])])];
}

function certificateOf(input: PlanInput, region: PlannedRegion): AwsCertificate {
  const { traffic } = input.fleet.platform.spec;
  const hosts = hostsOf(input, region);
  if (traffic?.engine === "route53") return { kind: "issued", zone: traffic.zone, zoneOf: "network", hosts };
  if (traffic?.engine === "router" && traffic.dns.includes("route53"))
    return { kind: "issued", zone: traffic.zone, zoneOf: "others", hosts };
  return {
    kind: "imported",
    certificate: { secret: `tls-certificate-${region.name}` },
    key: { secret: `tls-key-${region.name}` },
  };
}

/** Elastic Load Balancing takes 5 to 300 seconds between checks, and less than that for each. */
function healthOf({ fleet }: PlanInput): AwsTargetSpec["health"] {
  const { traffic } = fleet.platform.spec;
  const check = traffic !== undefined && "healthCheck" in traffic ? traffic.healthCheck : undefined;
  const interval = Math.min(300, Math.max(5, check?.interval ?? 30));
  return {
    path: check?.path ?? "/health",
    interval,
    timeout: Math.min(check?.timeout ?? 5, interval - 1),
    healthy: 2,
    unhealthy: Math.min(10, Math.max(2, check?.failures ?? 3)),
    codes: "200",
  };
}

/** The region's load balancer, where something is behind it. */
export function balancerSpec(input: PlanInput, region: PlannedRegion): AwsLoadBalancerSpec | undefined {
  const { apps, gateway } = input.fleet.platform.spec.services;
  if (apps?.engine !== "instances" && gateway === undefined) return undefined;
  const target = targetOf(input, region);
  return {
    kind: "aws/load-balancer",
    name: "balancer",
    region: region.name,
    loadBalancer: awsName(BALANCER_NAME, platformOf(input), region.name),
    certificate: certificateOf(input, region),
    targets: [
      {
        ...target,
        targetGroup: awsName(BALANCER_NAME, platformOf(input), region.name, target.service),
        health: healthOf(input),
        drainSeconds: DRAIN_SECONDS,
      },
    ],
    deletion: "protected",
  };
}

const ADDONS: readonly EksAddon[] = [
  "vpc-cni",
  "kube-proxy",
  "coredns",
  "eks-pod-identity-agent",
  "aws-ebs-csi-driver",
  "metrics-server",
];

/** Families that end in a `g` before the dot are AWS's own ARM processors. */
const architectureOf = (type: string): EksNodeGroupSpec["architecture"] =>
  /^[a-z]+\d+g/.test(type) ? "arm64" : "x86_64";

function nodeGroups({ apps }: Services): readonly EksNodeGroupSpec[] {
  const written = apps?.engine === "deployment" ? apps.nodeGroups : [];
  const groups = written.length > 0 ? written : [DEFAULT_GROUP];
  return groups.map(({ name, instanceType, minimum, maximum, spot }) => ({
    name,
    instanceTypes: [instanceType],
    architecture: architectureOf(instanceType),
    spot,
    minimum,
    maximum,
    diskGib: DISK_GIB,
  }));
}

/** A machine a zone, and as many again. */
const DEFAULT_GROUP = { name: "general", instanceType: "m7g.large", minimum: 3, maximum: 6, spot: false };

/** The region's cluster, where its manifest asks for one of AWS. */
export function eksSpec(input: PlanInput, region: PlannedRegion): EksClusterSpec | undefined {
  const { kubernetes } = region.manifest.spec;
  const { services, network } = input.fleet.platform.spec;
  if (kubernetes?.distribution !== "eks") return undefined;
  return {
    kind: "aws/eks",
    name: "cluster",
    region: region.name,
    cluster: awsName(100, platformOf(input), region.name),
    version: kubernetes.version ?? KUBERNETES_VERSION,
    nodeGroups: nodeGroups(services),
    addons: ADDONS,
    // Whoever applies a platform from outside its networks needs the API server; its tokens last minutes.
    publicAccess: network.adminAccess === "open" ? ["0.0.0.0/0"] : [],
    targets: services.gateway === undefined ? [] : [{ service: GATEWAY_SERVICE, port: GATEWAY_NODE_PORT }],
    logDays: LOG_DAYS,
    deletion: "protected",
  };
}

/** Buckets live where the platform's first region is: a failover does not move them. */
export function bucketsSpec(input: PlanInput, region: PlannedRegion): AwsBucketsSpec | undefined {
  const { objectStore } = input.fleet.platform.spec.services;
  if (objectStore?.engine !== "s3" || input.regions[0]?.name !== region.name) return undefined;
  return bucketsOf(input, objectStore, region);
}

const MOST_BUCKET_NAME = 63;

function bucketsOf(input: PlanInput, { buckets, ...s3 }: S3, { name }: PlannedRegion): AwsBucketsSpec {
  const physical = (bucket: string, region: string): string =>
    awsName(MOST_BUCKET_NAME, platformOf(input), bucket, region);
  const here = new Set(input.regions.map((region) => region.name));
  return {
    kind: "objectstore/s3",
    name: "objects",
    region: name,
    prefix: awsName(40, platformOf(input), name),
    buckets: buckets.map((bucket) => ({
      key: bucket.name,
      bucket: physical(bucket.name, name),
      noncurrentDays: NONCURRENT_DAYS,
      copies: bucket.replicateTo
        .filter((region) => region !== name && here.has(region))
        .map((region) => ({ region, bucket: physical(bucket.name, region) })),
    })),
    encryption: s3.encryption,
    ...(s3.coldStorageAfter === undefined ? {} : { coldAfterDays: daysOf(s3.coldStorageAfter) }),
    deletion: s3.deletion,
  };
}

/** Each region's own secrets; those of all regions are made in the first one and copied. */
export function secretsSpec(input: PlanInput, region: PlannedRegion): AwsSecretsSpec | undefined {
  const { secrets } = input.fleet.platform.spec.services;
  if (secrets?.engine !== "regional" || secrets.store !== "aws-secrets-manager") return undefined;
  const shared = secrets.distribution === "cross-region" && input.regions[0]?.name === region.name;
  return {
    kind: "secrets/regional",
    name: "secrets",
    region: region.name,
    prefix: awsName(40, platformOf(input), region.name),
    secrets: [
      generated(secrets, "region", `${platformOf(input)}/${region.name}/application`, []),
      ...(shared
        ? [generated(secrets, "platform", `${platformOf(input)}/application`, otherLocations(input, region))]
        : []),
    ],
    recoveryDays: RECOVERY_DAYS,
  };
}

/** What applications sign and seal with: nobody needs to know it, so AWS makes and changes it. */
const generated = (
  { rotation }: Regional,
  key: string,
  secret: string,
  replicas: readonly string[],
): AwsSecretSpec => ({
  key,
  secret,
  source: { kind: "generated", everyDays: rotation === undefined ? ROTATION_DAYS : daysOf(rotation) },
  replicas,
});

const otherLocations = ({ regions }: PlanInput, { name }: PlannedRegion): readonly string[] =>
  regions.filter((other) => other.name !== name).map(({ manifest }) => manifest.spec.location);
