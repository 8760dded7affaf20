/** An AWS platform: `network` first, then its regions and what runs in their clusters, then `global`. */
import type { WorkspaceManifest } from "../../manifest/schema/manifest";
import type { AwsAccountSpec } from "../specs/aws/account";
import { NETWORK_STACK } from "../specs/aws/outputs";
import type { ComponentSpec } from "../specs/component-spec";
import type { KubernetesClusterSpec } from "../specs/kubernetes/cluster";
import type { StorageClassSpec } from "../specs/kubernetes/storage";
import { networkSpec } from "./aws-network";
import { balancerSpec, bucketsSpec, eksSpec, secretsSpec } from "./aws-region";
import { clusterServices } from "./cluster-services";
import { instancesAfter, instancesRegion, instancesWorkspaces } from "./instances-platform";
import { pglogicalAfter, pglogicalRegion } from "./pglogical";
import type { PlanInput, PlannedRegion } from "./plan-input";
import { route53ZoneSpec } from "./route53-zone";

const isOnAws = ({ manifest }: PlannedRegion): boolean => manifest.spec.provider === "aws";

const present = <T>(value: T | undefined): readonly T[] => (value === undefined ? [] : [value]);

/** The keys every AWS stack of a platform works with. */
function keysOf({
  fleet,
}: PlanInput): Pick<AwsAccountSpec, "accessKeyId" | "secretAccessKey" | "sessionToken"> {
  const { credentials } = fleet.platform.spec;
  const token = credentials["session-token"];
  return {
    accessKeyId: credentials["access-key-id"] ?? { secret: "aws-access-key-id" },
    secretAccessKey: credentials["secret-access-key"] ?? { secret: "aws-secret-access-key" },
    ...(token === undefined ? {} : { sessionToken: token }),
  };
}

/** Whose account, and the regions a stack works in; the first is the stack's own. */
export function awsAccountSpec(input: PlanInput, regions: readonly PlannedRegion[]): AwsAccountSpec {
  const account = input.fleet.platform.spec.credentials["account-id"];
  return {
    kind: "aws/account",
    name: "aws",
    ...keysOf(input),
    ...(account === undefined ? {} : { accountId: account }),
    regions: regions.map(({ name, manifest }) => ({ region: name, location: manifest.spec.location })),
  };
}

/** The components of the stack that holds every region's network; none for a platform elsewhere. */
export function awsNetwork(input: PlanInput): readonly ComponentSpec[] {
  const regions = input.regions.filter(isOnAws);
  if (regions.length === 0) return [];
  return [awsAccountSpec(input, regions), networkSpec(input, regions), ...present(route53ZoneSpec(input))];
}

/** Everything of AWS in one region. The other regions' providers are for the copies of what begins here. */
export function awsRegion(input: PlanInput, region: PlannedRegion): readonly ComponentSpec[] {
  const others = input.regions.filter((other) => isOnAws(other) && other.name !== region.name);
  return [
    awsAccountSpec(input, [region, ...others]),
    ...present(balancerSpec(input, region)),
    ...present(eksSpec(input, region)),
    ...present(bucketsSpec(input, region)),
    ...present(secretsSpec(input, region)),
    ...pglogicalRegion(input, region),
    ...instancesRegion(input, region),
  ];
}

/** What a region's stack waits for: its network, and the region whose data it follows. */
export const awsRegionAfter = (input: PlanInput, region: PlannedRegion): readonly string[] => [
  NETWORK_STACK,
  ...instancesAfter(input, region),
  ...pglogicalAfter(input, region),
];

/** `us-east-1-cluster`: what runs in the cluster that the region's own stack makes. */
export const clusterStack = (region: string): string => `${region}-cluster`;

function clusterAccess(input: PlanInput, { name, manifest }: PlannedRegion): KubernetesClusterSpec {
  return {
    kind: "kubernetes/cluster",
    name: clusterStack(name),
    kubeconfig: { stack: name, location: manifest.spec.location, ...keysOf(input) },
  };
}

/** The class that stateful services of a cluster name. */
const VOLUMES: StorageClassSpec = {
  kind: "kubernetes/storage-class",
  name: "gp3",
  type: "gp3",
  deletion: "protected",
};

/** Everything inside the region's cluster; none where it has no cluster of AWS. */
export function awsCluster(input: PlanInput, region: PlannedRegion): readonly ComponentSpec[] {
  if (!isOnAws(region) || eksSpec(input, region) === undefined) return [];
  return [clusterAccess(input, region), VOLUMES, ...clusterServices(input, region)];
}

/** What the workspaces of one shard need on AWS, and the stacks that come before; none where tenants are rows alone. */
export function awsWorkspaces(
  input: PlanInput,
  members: readonly WorkspaceManifest[],
): { readonly components: readonly ComponentSpec[]; readonly after: readonly string[] } {
  const { components, regions } = instancesWorkspaces(input, members);
  const places = input.regions.filter(({ name }) => regions.includes(name));
  return components.length === 0
    ? { components, after: [] }
    : { components: [awsAccountSpec(input, places), ...components], after: places.map(({ name }) => name) };
}
