import { Topic } from "@pulumi/aws/sns/topic";
import { TopicPolicy } from "@pulumi/aws/sns/topicPolicy";
import { TopicSubscription } from "@pulumi/aws/sns/topicSubscription";
import { ComponentResource, type ComponentResourceOptions, jsonStringify } from "@pulumi/pulumi";
import type { AlarmChannelsSpec } from "../../automation/fleet/specs/aws/metrics";
import type { AwsSetting } from "../aws/setting";
import { tagsOf } from "../aws/tags";

/** Services that tell of what happened; nobody else may send. */
const SENDERS = ["cloudwatch.amazonaws.com", "events.rds.amazonaws.com", "elasticache.amazonaws.com"];

/** A topic a channel, in its region. AWS asks each address once whether it wants to hear of it. */
export class AlarmChannels extends ComponentResource {
  constructor(spec: AlarmChannelsSpec, setting: AwsSetting, opts?: ComponentResourceOptions) {
    super("meridian:telemetry:AlarmChannels", spec.name, {}, opts);
    for (const [at, { name: channel, email }] of spec.channels.entries()) {
      const name = `${spec.name}-${channel}`;
      const physical = `${spec.prefix}-${channel}`;
      const topic = new Topic(name, { name: physical, tags: tagsOf(setting, name) }, { parent: this });
      const send = {
        Effect: "Allow",
        Principal: { Service: SENDERS },
        Action: "sns:Publish",
        Resource: topic.arn,
      };
      const policy = jsonStringify({ Version: "2012-10-17", Statement: [send] });
      new TopicPolicy(name, { arn: topic.arn, policy }, { parent: this });
      new TopicSubscription(name, { topic: topic.arn, protocol: "email", endpoint: email }, { parent: this });
      setting.directory.add(`topic/${channel}`, topic.arn);
      if (at === 0) setting.directory.add("topic/first", topic.arn);
    }
    this.registerOutputs({ channels: spec.channels.map(({ name }) => name) });
  }
}
