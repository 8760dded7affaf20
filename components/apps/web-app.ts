import { WebApp } from "@pulumi/azure-native/web/webApp";
import { WebAppFtpAllowed } from "@pulumi/azure-native/web/webAppFtpAllowed";
import { WebAppFtpAllowedSlot } from "@pulumi/azure-native/web/webAppFtpAllowedSlot";
import { WebAppScmAllowed } from "@pulumi/azure-native/web/webAppScmAllowed";
import { WebAppScmAllowedSlot } from "@pulumi/azure-native/web/webAppScmAllowedSlot";
import { WebAppSlot } from "@pulumi/azure-native/web/webAppSlot";
import { WebAppSlotConfigurationNames } from "@pulumi/azure-native/web/webAppSlotConfigurationNames";
import type { Output, Resource } from "@pulumi/pulumi";
import type { AppServicesSpec, WebAppSpec } from "../../automation/fleet/specs/azure/app-service";
import { diagnosticSetting } from "../azure/diagnostics";
import { tagsOf, type AzureSetting } from "../azure/setting";
import { appSettings, settingsPrint, STICKY_SETTINGS } from "./app-settings";

/** What every app of a region shares. */
export interface AppFacts {
  readonly planId: Output<string>;
  readonly identityId: Output<string>;
  readonly clientId: Output<string>;
  readonly connectionString?: Output<string>;
}

const LOGS = ["AppServiceHTTPLogs", "AppServiceConsoleLogs", "AppServiceAppLogs", "AppServicePlatformLogs"];

/** One app with its slots; nobody signs in to it with a password. */
export function webApp(
  spec: AppServicesSpec,
  service: WebAppSpec,
  facts: AppFacts,
  setting: AzureSetting,
  parent: Resource,
): void {
  const name = `${spec.name}-${service.name}`;
  const site = { resourceGroupName: spec.group, name: service.app };
  const app = new WebApp(
    name,
    { ...site, ...siteArgs(spec, service, facts, "production", setting) },
    { parent },
  );
  setting.arm.add("Microsoft.Web/sites", { group: spec.group, name: service.app }, app);
  const below = { parent, dependsOn: [app] };
  new WebAppFtpAllowed(`${name}-ftp`, { ...site, allow: false }, below);
  new WebAppScmAllowed(`${name}-scm`, { ...site, allow: false }, below);
  if (spec.slots.length > 0) {
    const sticky = { ...site, appSettingNames: [...STICKY_SETTINGS] };
    new WebAppSlotConfigurationNames(`${name}-sticky`, sticky, below);
  }
  for (const slot of spec.slots) deploymentSlot(spec, service, slot, facts, setting, app);
  const workspace = setting.arm.id("Microsoft.OperationalInsights/workspaces", spec.diagnostics);
  diagnosticSetting(name, { id: app.id, logs: LOGS, metrics: ["AllMetrics"] }, workspace, parent);
}

/** A slot is its app's child: it cannot outlive it. */
function deploymentSlot(
  spec: AppServicesSpec,
  service: WebAppSpec,
  slot: string,
  facts: AppFacts,
  setting: AzureSetting,
  app: WebApp,
): void {
  const name = `${spec.name}-${service.name}-${slot}`;
  const site = { resourceGroupName: spec.group, name: service.app, slot };
  const args = { ...site, ...siteArgs(spec, service, facts, slot, setting) };
  const made = new WebAppSlot(name, args, { parent: app });
  const below = { parent: made };
  new WebAppFtpAllowedSlot(`${name}-ftp`, { ...site, allow: false }, below);
  new WebAppScmAllowedSlot(`${name}-scm`, { ...site, allow: false }, below);
}

/** HTTPS only, TLS 1.2 and up, no FTP, always warm, out of the rotation when unhealthy. */
const siteArgs = (
  spec: AppServicesSpec,
  { health }: WebAppSpec,
  { planId, identityId, clientId, connectionString }: AppFacts,
  slot: string,
  setting: AzureSetting,
) => ({
  location: spec.location,
  kind: "app,linux",
  reserved: true,
  serverFarmId: planId,
  httpsOnly: true,
  clientAffinityEnabled: false,
  identity: { type: "UserAssigned" as const, userAssignedIdentities: [identityId] },
  siteConfig: {
    linuxFxVersion: spec.runtime,
    alwaysOn: true,
    http20Enabled: true,
    ftpsState: "Disabled",
    minTlsVersion: "1.2",
    scmMinTlsVersion: "1.2",
    healthCheckPath: health,
    appSettings: [
      ...appSettings(spec, {
        slot,
        clientId,
        ...(connectionString === undefined ? {} : { connectionString }),
      }),
    ],
  },
  tags: { ...tagsOf(setting), settings: settingsPrint(spec, slot, health) },
});
