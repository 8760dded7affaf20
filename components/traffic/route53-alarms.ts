/**
 * Alarms on what decides a failover.
 *
 * Of the health checks: in us-east-1, where AWS keeps their metrics. Of error rate and 99th percentile: in each
 * region, from its load balancer. Route 53 makes health checks of alarms, but of none with a percentile or an
 * expression: these two are read by operations, by their names.
 */
import { MetricAlarm, type MetricAlarmArgs } from "@pulumi/aws/cloudwatch/metricAlarm";
import type { Provider } from "@pulumi/aws/provider";
import type { HealthCheck } from "@pulumi/aws/route53/healthCheck";
import { Topic } from "@pulumi/aws/sns/topic";
import { TopicSubscription } from "@pulumi/aws/sns/topicSubscription";
import type { Input, Output, Resource } from "@pulumi/pulumi";
import { loadBalancerOutput } from "../../automation/fleet/specs/aws/outputs";
import type { Route53Spec } from "../../automation/fleet/specs/aws/route53";
import type { AwsSetting } from "../aws/setting";
import { tagsOf } from "../aws/tags";
import type { HealthChecks } from "./route53-health";

const HEALTH_METRICS = "us-east-1";
const MINUTE = 60;

/** Registers topics first: an alarm tells one of its own region. */
export function route53Alarms(
  spec: Route53Spec,
  checks: HealthChecks,
  setting: AwsSetting,
  parent: Resource,
): void {
  const bells = new Map<string, Bell>();
  const bellOf = (region: string): Bell => {
    const found = bells.get(region) ?? new Bell(region, spec, setting, parent);
    bells.set(region, found);
    return found;
  };
  const health = bellOf(healthRegion(setting));
  health.ring("platform-health", healthAlarm(checks.platform, "most regions fail their health checks"));
  for (const [region, check] of checks.regions) {
    health.ring(`${region}-health`, healthAlarm(check, `${region} fails its health check`));
  }
  for (const { region } of spec.endpoints) {
    const arn = setting.references.text(region, loadBalancerOutput.arn);
    const dimensions = { LoadBalancer: arn.apply(dimensionOf) };
    bellOf(region).ring(`${region}-errors`, errorAlarm(spec, region, dimensions));
    bellOf(region).ring(`${region}-latency`, latencyAlarm(spec, region, dimensions));
  }
}

/** The platform's name of us-east-1; the planner puts it into the account when it is none of the regions. */
const healthRegion = ({ providers }: AwsSetting): string =>
  providers.account.regions.find(({ location }) => location === HEALTH_METRICS)?.region ?? HEALTH_METRICS;

/** `arn:…:loadbalancer/app/name/id` → `app/name/id`, as metrics name it. */
const dimensionOf = (arn: string): string => arn.split(":loadbalancer/").at(-1) ?? arn;

type Alarm = Omit<MetricAlarmArgs, "name" | "alarmActions" | "okActions" | "tags">;

/** What the alarms of one region are heard by. Messages hold names of alarms and numbers, nothing of users. */
class Bell {
  readonly #topic: Topic;
  readonly #provider: Provider;

  constructor(
    region: string,
    private readonly spec: Route53Spec,
    private readonly setting: AwsSetting,
    private readonly parent: Resource,
  ) {
    this.#provider = setting.providers.of(region);
    const name = `${spec.name}-alarms-${region}`;
    const opts = { parent, provider: this.#provider };
    this.#topic = new Topic(name, { name: `${setting.platform}-${name}`, tags: tagsOf(setting, name) }, opts);
    for (const email of spec.emails) {
      const args = { topic: this.#topic.arn, protocol: "email", endpoint: email };
      new TopicSubscription(`${name}-${email}`, args, opts);
    }
  }

  ring(key: string, alarm: Alarm): void {
    const { name } = this.spec;
    new MetricAlarm(
      `${name}-${key}`,
      {
        name: `${this.setting.platform}-${name}-${key}`,
        ...alarm,
        alarmActions: [this.#topic.arn],
        okActions: [this.#topic.arn],
        tags: tagsOf(this.setting, `${name}-${key}`),
      },
      { parent: this.parent, provider: this.#provider },
    );
  }
}

const healthAlarm = (check: HealthCheck, what: string): Alarm => ({
  alarmDescription: `Route 53: ${what}`,
  namespace: "AWS/Route53",
  metricName: "HealthCheckStatus",
  dimensions: { HealthCheckId: check.id },
  statistic: "Minimum",
  period: MINUTE,
  evaluationPeriods: 1,
  comparisonOperator: "LessThanThreshold",
  threshold: 1,
  // A check that says nothing is not a healthy one.
  treatMissingData: "breaching",
});

type Dimensions = Readonly<Record<"LoadBalancer", Output<string>>>;

/** Both kinds of failure: what the services answer, and what the balancer answers when none of them does. */
const errorAlarm = (
  { detection: { errorRate, window } }: Route53Spec,
  region: string,
  dimensions: Dimensions,
): Alarm => {
  const sum = (id: string, metricName: string) => ({
    id,
    metric: { namespace: "AWS/ApplicationELB", metricName, period: window, stat: "Sum", dimensions },
  });
  return {
    alarmDescription: `More than ${String(errorRate * 100)} % of the requests to ${region} failed`,
    metricQueries: [
      sum("requests", "RequestCount"),
      sum("services", "HTTPCode_Target_5XX_Count"),
      sum("balancer", "HTTPCode_ELB_5XX_Count"),
      {
        id: "rate",
        label: "error rate",
        expression: "IF(requests > 0, (FILL(services, 0) + FILL(balancer, 0)) / requests, 0)",
        returnData: true,
      },
    ],
    evaluationPeriods: 1,
    comparisonOperator: "GreaterThanThreshold",
    threshold: errorRate,
    treatMissingData: "notBreaching",
  };
};

const latencyAlarm = (
  { detection: { latency, window } }: Route53Spec,
  region: string,
  dimensions: Readonly<Record<string, Input<string>>>,
): Alarm => ({
  alarmDescription: `The 99th percentile of ${region} is above ${String(latency * 1000)} ms`,
  namespace: "AWS/ApplicationELB",
  metricName: "TargetResponseTime",
  dimensions,
  extendedStatistic: "p99",
  period: window,
  evaluationPeriods: 1,
  comparisonOperator: "GreaterThanThreshold",
  threshold: latency,
  treatMissingData: "notBreaching",
});
