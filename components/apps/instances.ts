import { Group } from "@pulumi/aws/autoscaling/group";
import { Policy } from "@pulumi/aws/autoscaling/policy";
import { LaunchTemplate } from "@pulumi/aws/ec2/launchTemplate";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup";
import { InstanceProfile } from "@pulumi/aws/iam/instanceProfile";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { INSTANCES_SERVICE, type InstancesSpec } from "../../automation/fleet/specs/aws/instances";
import { networkOutput, NETWORK_STACK } from "../../automation/fleet/specs/aws/outputs";
import type { AwsSetting } from "../aws/setting";
import { tagsOf } from "../aws/tags";
import { instanceBoot } from "./instances-boot";
import { instanceParameters, parameterPath } from "./instances-environment";
import { groupArgs } from "./instances-group";
import { instanceRole } from "./instances-role";

/**
 * A region's application instances. Promises: private subnets only, reached through the load balancer only, no
 * SSH and no keys (people come in through Session Manager), IMDSv2, encrypted disks, one zone lost leaves the
 * others. A changed template replaces them a few at a time and goes back by itself when health fails.
 */
export class Instances extends ComponentResource {
  readonly groupName: Output<string>;

  constructor(spec: InstancesSpec, setting: AwsSetting, opts?: ComponentResourceOptions) {
    super("meridian:apps:Instances", spec.name, {}, opts);
    instanceParameters(spec, setting, this);
    const role = instanceRole(spec, setting, this);
    const tags = tagsOf(setting, spec.name);
    const profile = new InstanceProfile(spec.name, { role: role.name, tags }, { parent: this });
    const template = launchTemplate(spec, setting, profile, securityGroup(spec, setting, this), this);
    const subnets = setting.references.texts(NETWORK_STACK, networkOutput.privateSubnetIds(spec.region));
    const targetGroup = setting.directory.get(`target-group/${INSTANCES_SERVICE}`);
    const group = new Group(
      spec.name,
      groupArgs(spec, { template, subnets, targetGroup, tags }),
      // How many there are is the scaling policy's to say.
      { parent: this, ignoreChanges: ["desiredCapacity"] },
    );
    this.groupName = group.name;
    setting.directory.add("apps/group", group.name);
    cpuPolicy(spec, group, this);
    this.registerOutputs({ group: group.name });
  }
}

function securityGroup(
  spec: InstancesSpec,
  { references, directory, ...setting }: AwsSetting,
  parent: Instances,
) {
  const { port } = spec;
  const balancer = directory.get("load-balancer-security-group");
  return new SecurityGroup(
    spec.name,
    {
      namePrefix: `${spec.prefix}-`,
      description: `Applications of ${spec.region}: from the load balancer only`,
      vpcId: references.text(NETWORK_STACK, networkOutput.vpcId(spec.region)),
      ingress: [{ protocol: "tcp", fromPort: port, toPort: port, securityGroups: [balancer] }],
      egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
      tags: tagsOf(setting, spec.name),
    },
    { parent },
  );
}

/** Amazon Linux of the day, found by AWS when an instance starts. */
const imageId = ({ architecture }: InstancesSpec): string =>
  `resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture}`;

function launchTemplate(
  spec: InstancesSpec,
  setting: AwsSetting,
  profile: InstanceProfile,
  group: SecurityGroup,
  parent: Instances,
): LaunchTemplate {
  const tags = tagsOf(setting, spec.name);
  return new LaunchTemplate(
    spec.name,
    {
      namePrefix: `${spec.prefix}-`,
      imageId: imageId(spec),
      instanceType: spec.instanceType,
      iamInstanceProfile: { arn: profile.arn },
      vpcSecurityGroupIds: [group.id],
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        { deviceName: "/dev/xvda", ebs: { volumeSize: 30, volumeType: "gp3", encrypted: "true" } },
      ],
      monitoring: { enabled: true },
      updateDefaultVersion: true,
      userData: Buffer.from(instanceBoot(spec, parameterPath(spec, setting))).toString("base64"),
      tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags })),
      tags,
    },
    { parent },
  );
}

function cpuPolicy({ name, scaling }: InstancesSpec, group: Group, parent: Instances): void {
  if (scaling.kind === "fixed") return;
  new Policy(
    `${name}-cpu`,
    {
      autoscalingGroupName: group.name,
      policyType: "TargetTrackingScaling",
      targetTrackingConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
        targetValue: scaling.cpuPercent,
      },
    },
    { parent },
  );
}
