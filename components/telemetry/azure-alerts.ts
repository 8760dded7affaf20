import { ActionGroup } from "@pulumi/azure-native/monitor/actionGroup";
import { MetricAlert } from "@pulumi/azure-native/monitor/metricAlert";
import { ComponentResource, type ComponentResourceOptions } from "@pulumi/pulumi";
import type { AzureAlertsSpec } from "../../automation/fleet/specs/azure/alerts";
import { tagsOf, type AzureSetting } from "../azure/setting";
import { webTest } from "./azure-web-test";
import { metricRules, type MetricRule } from "./azure-watches";

/** What tells people that the platform is missing its availability objective, and that a region is down. */
export class AzureAlerts extends ComponentResource {
  constructor(spec: AzureAlertsSpec, setting: AzureSetting, opts?: ComponentResourceOptions) {
    super("meridian:telemetry:AzureAlerts", spec.name, {}, opts);
    const action = actionGroup(spec, setting, this);
    for (const watch of spec.watches) {
      const test = `${spec.prefix}-${watch.name}`;
      if (watch.kind === "web-test") webTest(watch, test, spec, action, setting, this);
      for (const rule of metricRules(watch, spec.availability, test)) {
        metricAlert(rule, spec, action, setting, this);
      }
    }
    this.registerOutputs({ receivers: spec.receivers.map(({ name }) => name) });
  }
}

/** Text messages begin with the short name: 12 characters at most. */
const shortName = (prefix: string): string => prefix.slice(0, 12).replace(/-+$/, "");

const actionGroup = (spec: AzureAlertsSpec, setting: AzureSetting, parent: AzureAlerts): ActionGroup =>
  new ActionGroup(
    `${spec.name}-people`,
    {
      resourceGroupName: spec.group,
      actionGroupName: `${spec.prefix}-people`,
      location: "global",
      groupShortName: shortName(spec.prefix),
      enabled: true,
      emailReceivers: spec.receivers.map(({ name, email }) => ({
        name,
        emailAddress: email,
        useCommonAlertSchema: true,
      })),
      tags: tagsOf(setting),
    },
    { parent },
  );

function metricAlert(
  rule: MetricRule,
  spec: AzureAlertsSpec,
  action: ActionGroup,
  setting: AzureSetting,
  parent: AzureAlerts,
): void {
  new MetricAlert(
    `${spec.name}-${rule.key}`,
    {
      resourceGroupName: spec.group,
      ruleName: `${spec.prefix}-${rule.key}`,
      location: "global",
      description: rule.description,
      severity: rule.severity,
      enabled: true,
      autoMitigate: true,
      scopes: [setting.arm.id(rule.scope.type, rule.scope.ref)],
      evaluationFrequency: rule.every,
      windowSize: rule.window,
      criteria: {
        odataType: "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
        allOf: [criterion(rule)],
      },
      actions: [{ actionGroupId: action.id }],
      tags: tagsOf(setting),
    },
    { parent },
  );
}

const criterion = ({ scope, metric, aggregation, operator, threshold, dimension }: MetricRule) => ({
  criterionType: "StaticThresholdCriterion" as const,
  name: "threshold",
  metricNamespace: scope.type,
  metricName: metric,
  timeAggregation: aggregation,
  operator,
  threshold,
  ...(dimension === undefined
    ? {}
    : { dimensions: [{ name: dimension.name, operator: "Include", values: [...dimension.values] }] }),
});
