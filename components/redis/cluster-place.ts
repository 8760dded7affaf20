import { ParameterGroup } from "@pulumi/aws/elasticache/parameterGroup";
import { SubnetGroup } from "@pulumi/aws/elasticache/subnetGroup";
import type { Output, Resource } from "@pulumi/pulumi";
import { networkOutput, NETWORK_STACK } from "../../automation/fleet/specs/aws/outputs";
import type { RedisClusterSpec } from "../../automation/fleet/specs/aws/redis-cluster";
import { encryptionKey } from "../aws/encryption-key";
import type { AwsSetting } from "../aws/setting";
import { tagsOf } from "../aws/tags";

/** What the groups of a region share. */
export interface RedisPlace {
  readonly keyArn: Output<string>;
  readonly subnetGroup: Output<string>;
  readonly parameterGroup: Output<string>;
  readonly securityGroup: Output<string>;
}

/** Key, subnets and parameters of a region. */
export function clusterPlace(spec: RedisClusterSpec, setting: AwsSetting, parent: Resource): RedisPlace {
  const { name, region, group } = spec;
  const tags = tagsOf(setting, name, "customer");
  const key = encryptionKey({ name, alias: group, purpose: "Redis, its snapshots and login" }, tags, parent);
  const { references } = setting;
  const subnetIds = references.texts(NETWORK_STACK, networkOutput.databaseSubnetIds(region));
  const subnets = new SubnetGroup(name, { name: group, subnetIds, tags }, { parent });
  const parameters = new ParameterGroup(
    name,
    {
      name: group,
      family: `valkey${spec.version.split(".")[0] ?? ""}`,
      description: `Redis of ${region}`,
      parameters: [
        { name: "cluster-enabled", value: "yes" },
        // Only what may expire is thrown out when memory is short.
        { name: "maxmemory-policy", value: "volatile-lru" },
      ],
      tags,
    },
    { parent },
  );
  return {
    keyArn: key.arn,
    subnetGroup: subnets.name,
    parameterGroup: parameters.name,
    securityGroup: references.text(NETWORK_STACK, networkOutput.databaseSecurityGroupId(region)),
  };
}

/** What every group of a region is made with, whether cache or sessions. */
export const commonArgs = (spec: RedisClusterSpec, setting: AwsSetting, place: RedisPlace) => ({
  subnetGroupName: place.subnetGroup,
  securityGroupIds: [place.securityGroup],
  port: 6379,
  atRestEncryptionEnabled: true,
  kmsKeyId: place.keyArn,
  transitEncryptionEnabled: true,
  automaticFailoverEnabled: true,
  multiAzEnabled: spec.multiZone,
  maintenanceWindow: spec.maintenance,
  applyImmediately: true,
  autoMinorVersionUpgrade: true,
  ...topicArg(setting),
});

/** Failovers are told where a channel is: ElastiCache sends them nowhere else. */
function topicArg({ directory }: AwsSetting): { notificationTopicArn?: Output<string> } {
  const topic = directory.find("topic/first");
  return topic === undefined ? {} : { notificationTopicArn: topic };
}
