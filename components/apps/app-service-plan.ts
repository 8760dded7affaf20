import { AutoscaleSetting } from "@pulumi/azure-native/monitor/autoscaleSetting";
import { AppServicePlan } from "@pulumi/azure-native/web/appServicePlan";
import type { Resource } from "@pulumi/pulumi";
import type { AppServicesSpec } from "../../automation/fleet/specs/azure/app-service";
import { tagsOf, type AzureSetting } from "../azure/setting";

/** The machines of one region's apps, and their autoscaler when the numbers leave it room. */
export function appServicePlan(
  spec: AppServicesSpec,
  setting: AzureSetting,
  parent: Resource,
): AppServicePlan {
  const { plan, instances, sku, zoneRedundant } = spec.plan;
  const scales = instances.maximum > instances.minimum;
  const shared = { resourceGroupName: spec.group, location: spec.location, tags: tagsOf(setting) };
  const made = new AppServicePlan(
    `${spec.name}-plan`,
    {
      ...shared,
      name: plan,
      kind: "linux",
      reserved: true,
      sku: { name: sku, capacity: instances.minimum },
      zoneRedundant,
    },
    // The number of instances is the autoscaler's: applying again must not undo what it added.
    { parent, ignoreChanges: scales ? ["sku.capacity"] : [] },
  );
  if (scales) {
    new AutoscaleSetting(
      `${spec.name}-autoscale`,
      {
        ...shared,
        autoscaleSettingName: plan,
        name: plan,
        enabled: true,
        targetResourceUri: made.id,
        profiles: [scalingProfile(spec.plan, made)],
      },
      { parent },
    );
  }
  return made;
}

/** Out at the threshold, in at half of it: what is left after scaling in stays below the threshold. */
const scalingProfile = ({ instances, cpuPercent }: AppServicesSpec["plan"], plan: AppServicePlan) => ({
  name: "cpu",
  capacity: {
    minimum: String(instances.minimum),
    maximum: String(instances.maximum),
    default: String(instances.minimum),
  },
  rules: [
    {
      metricTrigger: cpuTrigger(plan, "GreaterThan", cpuPercent, "PT5M"),
      scaleAction: {
        direction: "Increase" as const,
        type: "ChangeCount" as const,
        value: "1",
        cooldown: "PT5M",
      },
    },
    {
      metricTrigger: cpuTrigger(plan, "LessThan", Math.floor(cpuPercent / 2), "PT10M"),
      scaleAction: {
        direction: "Decrease" as const,
        type: "ChangeCount" as const,
        value: "1",
        cooldown: "PT10M",
      },
    },
  ],
});

const cpuTrigger = (
  plan: AppServicePlan,
  operator: "GreaterThan" | "LessThan",
  threshold: number,
  timeWindow: string,
) => ({
  metricName: "CpuPercentage",
  metricResourceUri: plan.id,
  operator,
  threshold,
  timeWindow,
  timeGrain: "PT1M",
  statistic: "Average" as const,
  timeAggregation: "Average" as const,
});
