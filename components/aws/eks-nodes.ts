import { Attachment } from "@pulumi/aws/autoscaling/attachment";
import { LaunchTemplate } from "@pulumi/aws/ec2/launchTemplate";
import type { Cluster } from "@pulumi/aws/eks/cluster";
import { NodeGroup } from "@pulumi/aws/eks/nodeGroup";
import type { Role } from "@pulumi/aws/iam/role";
import type { Resource } from "@pulumi/pulumi";
import type { EksClusterSpec, EksNodeGroupSpec } from "../../automation/fleet/specs/aws/eks";
import { NETWORK_STACK, networkOutput } from "../../automation/fleet/specs/aws/outputs";
import type { AwsSetting } from "./setting";
import { tagsOf } from "./tags";

const IMAGES = {
  arm64: "AL2023_ARM_64_STANDARD",
  x86_64: "AL2023_x86_64_STANDARD",
} as const satisfies Readonly<Record<EksNodeGroupSpec["architecture"], string>>;

/** Machines in the region's private subnets, known to the load balancer. */
export function nodeGroup(
  spec: EksClusterSpec,
  group: EksNodeGroupSpec,
  cluster: Cluster,
  { role, attached }: { readonly role: Role; readonly attached: readonly Resource[] },
  setting: AwsSetting,
  parent: Resource,
): NodeGroup {
  const key = `${spec.name}-${group.name}`;
  const template = launchTemplate(spec, group, setting, parent);
  const made = new NodeGroup(
    key,
    {
      clusterName: cluster.name,
      nodeGroupName: group.name,
      nodeRoleArn: role.arn,
      subnetIds: setting.references.texts(NETWORK_STACK, networkOutput.privateSubnetIds(spec.region)),
      amiType: IMAGES[group.architecture],
      capacityType: group.spot ? "SPOT" : "ON_DEMAND",
      instanceTypes: [...group.instanceTypes],
      launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
      scalingConfig: { minSize: group.minimum, maxSize: group.maximum, desiredSize: group.minimum },
      updateConfig: { maxUnavailable: 1 },
      nodeRepairConfig: { enabled: true },
      labels: { "meridian.dev/node-group": group.name },
      tags: tagsOf(setting, key),
    },
    // How many there are is the autoscaler's to say.
    { parent, dependsOn: [...attached], ignoreChanges: ["scalingConfig.desiredSize"] },
  );
  for (const { service } of spec.targets) {
    const targetGroup = setting.directory.find(`target-group/${service}`);
    if (targetGroup === undefined) continue;
    new Attachment(
      `${key}-${service}`,
      {
        autoscalingGroupName: made.resources.apply(([first]) => first?.autoscalingGroups?.[0]?.name ?? ""),
        lbTargetGroupArn: targetGroup,
      },
      { parent },
    );
  }
  return made;
}

/** Encrypted disks, and no credentials for whoever makes a node fetch an address. */
function launchTemplate(
  spec: EksClusterSpec,
  group: EksNodeGroupSpec,
  setting: AwsSetting,
  parent: Resource,
): LaunchTemplate {
  const key = `${spec.name}-${group.name}`;
  const tags = tagsOf(setting, key);
  return new LaunchTemplate(
    key,
    {
      name: `${spec.cluster}-${group.name}`,
      updateDefaultVersion: true,
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: {
            volumeSize: group.diskGib,
            volumeType: "gp3",
            encrypted: "true",
            deleteOnTermination: "true",
          },
        },
      ],
      tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags: { ...tags } })),
      tags,
    },
    { parent },
  );
}
