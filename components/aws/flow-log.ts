import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup";
import { FlowLog } from "@pulumi/aws/ec2/flowLog";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import { interpolate } from "@pulumi/pulumi";
import { assumedBy, policy } from "./policies";
import type { VpcPlace } from "./network-tier";
import { tagsOf } from "./tags";

const WRITES = [
  "logs:CreateLogStream",
  "logs:PutLogEvents",
  "logs:DescribeLogGroups",
  "logs:DescribeLogStreams",
];

/** Who spoke to whom, refused or not: every VPC writes it. */
export function flowLog({ name, vpcId, tagged, opts }: VpcPlace, days: number): void {
  const key = `${name}-flow`;
  const tags = tagsOf(tagged, key, "log");
  const group = new LogGroup(
    key,
    { name: `/meridian/${tagged.platform}/${tagged.scope}/flow`, retentionInDays: days, tags },
    opts,
  );
  const role = new Role(
    key,
    {
      name: `${tagged.platform}-${key}`,
      assumeRolePolicy: assumedBy("vpc-flow-logs.amazonaws.com"),
      tags: tagsOf(tagged, key),
    },
    opts,
  );
  const writes = new RolePolicy(
    key,
    {
      name: "write-logs",
      role: role.name,
      policy: policy([{ actions: WRITES, resources: [group.arn, interpolate`${group.arn}:*`] }]),
    },
    opts,
  );
  new FlowLog(
    key,
    {
      vpcId,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: group.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 60,
      tags,
    },
    { ...opts, dependsOn: [writes] },
  );
}
