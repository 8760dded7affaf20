/** What the stacks of one Azure platform call each other's things. */
import {
  cosmosAccountName,
  insightsName,
  logWorkspaceName,
  resourceGroupName,
  webAppName,
} from "../specs/azure/names";
import type { AzureSubscriptionSpec, AzureResourceRef, ResourceGroupSpec } from "../specs/azure/subscription";
import type { AlertReceiver, AzureWorkspaceSpec } from "../specs/azure/alerts";
import type { PlanInput } from "./plan-input";

const SECONDS_A_DAY = 86_400;
const DEFAULT_RETENTION_DAYS = 30;

export const platformName = ({ fleet }: PlanInput): string => fleet.platform.metadata.name;

/** Whose subscription, and where resources go that do not say. */
export function subscriptionSpec({ fleet }: PlanInput, location: string): AzureSubscriptionSpec {
  const { credentials } = fleet.platform.spec;
  return {
    kind: "azure/subscription",
    name: "azure",
    subscriptionId: credentials["subscription-id"] ?? { secret: "azure-subscription-id" },
    tenantId: credentials["tenant-id"] ?? { secret: "azure-tenant-id" },
    clientId: credentials["client-id"] ?? { secret: "azure-client-id" },
    clientSecret: credentials["client-secret"] ?? { secret: "azure-client-secret" },
    location,
  };
}

export const groupSpec = (input: PlanInput, scope: string, location: string): ResourceGroupSpec => ({
  kind: "azure/resource-group",
  name: "group",
  group: resourceGroupName(platformName(input), scope),
  location,
});

/** Logs of a stack, in its own location. */
export function workspaceSpec(
  input: PlanInput,
  scope: string,
  location: string,
  insights: boolean,
): AzureWorkspaceSpec {
  const { telemetry } = input.fleet.platform.spec.services;
  const platform = platformName(input);
  const retention =
    telemetry?.engine === "azure-monitor" ? telemetry.retention / SECONDS_A_DAY : DEFAULT_RETENTION_DAYS;
  return {
    kind: "telemetry/azure-workspace",
    name: "telemetry",
    group: resourceGroupName(platform, scope),
    location,
    workspace: logWorkspaceName(platform, scope),
    retentionDays: Math.ceil(retention),
    ...(insights ? { insights: insightsName(platform, scope) } : {}),
  };
}

export const logsRef = (input: PlanInput, scope: string): AzureResourceRef => ({
  group: resourceGroupName(platformName(input), scope),
  name: logWorkspaceName(platformName(input), scope),
});

export const cosmosRef = (input: PlanInput): AzureResourceRef => ({
  group: resourceGroupName(platformName(input), "data"),
  name: cosmosAccountName(platformName(input)),
});

export const webAppRef = (input: PlanInput, region: string, service: string): AzureResourceRef => ({
  group: resourceGroupName(platformName(input), region),
  name: webAppName(platformName(input), region, service),
});

/** People who are told by email. */
export const receiversOf = ({ fleet }: PlanInput): readonly AlertReceiver[] =>
  fleet.platform.spec.alerts.channels.flatMap(({ name, kind, target }) =>
    kind === "email" && target !== undefined ? [{ name, email: target }] : [],
  );

const DEFAULT_AVAILABILITY = 99.9;

export const availabilityOf = ({ fleet }: PlanInput): number =>
  fleet.platform.spec.objectives.availability ?? DEFAULT_AVAILABILITY;
