import type { GroupArgs } from "@pulumi/aws/autoscaling/group";
import type { LaunchTemplate } from "@pulumi/aws/ec2/launchTemplate";
import type { Output } from "@pulumi/pulumi";
import type { InstancesSpec } from "../../automation/fleet/specs/aws/instances";

/** What a group is made from. */
interface GroupParts {
  readonly template: LaunchTemplate;
  readonly subnets: Output<string[]>;
  readonly targetGroup: Output<string>;
  readonly tags: Readonly<Record<string, string>>;
}

/** Seconds from a start until an instance counts: the image is pulled and the pools are filled. */
const WARM_UP = 120;

function sizeOf({
  scaling,
}: InstancesSpec): Pick<GroupArgs, "desiredCapacity"> & { minSize: number; maxSize: number } {
  if (scaling.kind === "by-cpu") return { minSize: scaling.minimum, maxSize: scaling.maximum };
  const { instances } = scaling;
  return { minSize: instances, maxSize: instances, desiredCapacity: instances };
}

/** On demand from one template; or spare capacity of several types, so that AWS can take back one and not all. */
function sourceOf(
  { spot, instanceType, alternatives }: InstancesSpec,
  { id, latestVersion }: LaunchTemplate,
) {
  const version = latestVersion.apply(String);
  if (!spot) return { launchTemplate: { id, version } };
  return {
    capacityRebalance: true,
    mixedInstancesPolicy: {
      instancesDistribution: {
        onDemandBaseCapacity: 0,
        onDemandPercentageAboveBaseCapacity: 0,
        spotAllocationStrategy: "price-capacity-optimized",
      },
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateId: id, version },
        overrides: [instanceType, ...alternatives].map((type) => ({ instanceType: type })),
      },
    },
  };
}

/** Rolling: none goes before its successor is healthy. */
const refresh: NonNullable<GroupArgs["instanceRefresh"]> = {
  strategy: "Rolling",
  preferences: {
    minHealthyPercentage: 100,
    maxHealthyPercentage: 150,
    instanceWarmup: String(WARM_UP),
    autoRollback: true,
    scaleInProtectedInstances: "Wait",
    standbyInstances: "Wait",
  },
};

export const groupArgs = (spec: InstancesSpec, parts: GroupParts): GroupArgs => ({
  namePrefix: `${spec.prefix}-`,
  ...sizeOf(spec),
  ...sourceOf(spec, parts.template),
  vpcZoneIdentifiers: parts.subnets,
  targetGroupArns: [parts.targetGroup],
  healthCheckType: "ELB",
  healthCheckGracePeriod: WARM_UP * 2,
  defaultInstanceWarmup: WARM_UP,
  instanceRefresh: refresh,
  enabledMetrics: ["GroupInServiceInstances", "GroupDesiredCapacity"],
  // The oldest template goes first, so that a refresh and a scale-in agree.
  terminationPolicies: ["OldestLaunchTemplate", "Default"],
  tags: Object.entries(parts.tags).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
});
