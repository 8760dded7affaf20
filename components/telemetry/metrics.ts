import { Dashboard } from "@pulumi/aws/cloudwatch/dashboard";
import { MetricAlarm } from "@pulumi/aws/cloudwatch/metricAlarm";
import { EventSubscription } from "@pulumi/aws/rds/eventSubscription";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { INSTANCES_SERVICE } from "../../automation/fleet/specs/aws/instances";
import type { RegionMetricsSpec } from "../../automation/fleet/specs/aws/metrics";
import type { AwsSetting } from "../aws/setting";
import { tagsOf } from "../aws/tags";
import { dashboardBody } from "./metrics-dashboard";
import { type MetricRule, metricRule, type Series, type WatchedNames } from "./metrics-watches";

type Names = WatchedNames<Output<string>>;

/** Alarms, a dashboard and failover events of one region; whoever is told is told that it is over, too. */
export class RegionMetrics extends ComponentResource {
  constructor(spec: RegionMetricsSpec, setting: AwsSetting, opts?: ComponentResourceOptions) {
    super("meridian:telemetry:RegionMetrics", spec.name, {}, opts);
    const names = watchedNames(setting);
    const topics = spec.notify.map((channel) => setting.directory.get(`topic/${channel}`));
    for (const watch of spec.watches) {
      const rule = metricRule(watch);
      if (rule !== undefined && isKnown(rule, names)) alarm(rule, spec, setting, names, topics, this);
      if (watch.kind === "failovers") failovers(spec, setting, names, topics[0], this);
    }
    new Dashboard(
      spec.name,
      { dashboardName: spec.prefix, dashboardBody: dashboardBody(spec, names) },
      { parent: this },
    );
    this.registerOutputs({ watches: spec.watches.map(({ kind }) => kind) });
  }
}

/** CloudWatch names a load balancer and its targets by the end of their ARN. */
function watchedNames({ directory }: AwsSetting): Names {
  // Where no states are kept an ARN may be missing.
  const after = (arn: Output<string | undefined> | undefined, mark: string): Output<string> | undefined =>
    arn?.apply((text = "") => text.slice(text.indexOf(mark) + mark.length));
  return {
    loadBalancer: after(directory.find("load-balancer"), ":loadbalancer/"),
    targetGroup: after(directory.find(`target-group/${INSTANCES_SERVICE}`), ":targetgroup/")?.apply(
      (rest) => `targetgroup/${rest}`,
    ),
    database: directory.find("database/identifier"),
  };
}

/** An alarm on what the stack does not make would never be quiet. */
const isKnown = ({ series }: MetricRule, names: Names): boolean =>
  series.every(({ dimensions }) =>
    Object.values(dimensions).every((value) => typeof value === "string" || names[value.of] !== undefined),
  );

const dimensionsOf = ({ dimensions }: Series, names: Names): Record<string, string | Output<string>> =>
  Object.fromEntries(
    Object.entries(dimensions).flatMap(([name, value]) => {
      const known = typeof value === "string" ? value : names[value.of];
      return known === undefined ? [] : [[name, known]];
    }),
  );

function alarm(
  rule: MetricRule,
  spec: RegionMetricsSpec,
  setting: AwsSetting,
  names: Names,
  topics: readonly Output<string>[],
  parent: RegionMetrics,
): void {
  const name = `${spec.name}-${rule.key}`;
  new MetricAlarm(
    name,
    {
      name: `${spec.prefix}-${rule.key}`,
      alarmDescription: `${spec.region}: ${rule.description}`,
      comparisonOperator: rule.comparison,
      threshold: rule.threshold,
      evaluationPeriods: rule.minutes,
      datapointsToAlarm: rule.minutes,
      treatMissingData: rule.missing,
      metricQueries: queriesOf(rule, names),
      alarmActions: [...topics],
      okActions: [...topics],
      tags: tagsOf(setting, name),
    },
    { parent },
  );
}

const PERIOD = 60;

function queriesOf(rule: MetricRule, names: Names) {
  const single = rule.expression === undefined;
  const metrics = rule.series.map((series) => ({
    id: series.id,
    returnData: single,
    metric: {
      namespace: series.namespace,
      metricName: series.metric,
      dimensions: dimensionsOf(series, names),
      period: PERIOD,
      stat: series.statistic,
    },
  }));
  return single
    ? metrics
    : [...metrics, { id: "result", expression: rule.expression, label: rule.key, returnData: true }];
}

/** RDS tells of failovers and promotions itself; ElastiCache does through the topic of its group. */
function failovers(
  spec: RegionMetricsSpec,
  setting: AwsSetting,
  { database }: Names,
  topic: Output<string> | undefined,
  parent: RegionMetrics,
): void {
  if (database === undefined || topic === undefined) return;
  const name = `${spec.name}-failovers`;
  new EventSubscription(
    name,
    {
      name: `${spec.prefix}-failovers`,
      snsTopic: topic,
      sourceType: "db-instance",
      sourceIds: [database],
      eventCategories: ["availability", "failover", "failure", "read replica", "recovery"],
      tags: tagsOf(setting, name),
    },
    { parent },
  );
}
