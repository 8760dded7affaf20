import { Component } from "@pulumi/azure-native/applicationinsights/component";
import { Workspace } from "@pulumi/azure-native/operationalinsights/workspace";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import type { AzureWorkspaceSpec } from "../../automation/fleet/specs/azure/alerts";
import { tagsOf, type AzureSetting } from "../azure/setting";

/** Logs and traces of one region, kept in that region; reading them needs rights on the data, not on the workspace. */
export class AzureWorkspace extends ComponentResource {
  /** Where applications send their traces; absent without Application Insights. */
  readonly connectionString?: Output<string>;

  constructor(spec: AzureWorkspaceSpec, setting: AzureSetting, opts?: ComponentResourceOptions) {
    super("meridian:telemetry:AzureWorkspace", spec.name, {}, opts);
    const { name, group, location, retentionDays } = spec;
    const shared = { resourceGroupName: group, location, tags: tagsOf(setting) };
    const workspace = new Workspace(
      name,
      {
        ...shared,
        workspaceName: spec.workspace,
        sku: { name: "PerGB2018" },
        retentionInDays: retentionDays,
        features: { enableLogAccessUsingOnlyResourcePermissions: true },
      },
      { parent: this },
    );
    setting.arm.add("Microsoft.OperationalInsights/workspaces", { group, name: spec.workspace }, workspace);
    if (spec.insights !== undefined) {
      const insights = new Component(
        `${name}-insights`,
        {
          ...shared,
          resourceName: spec.insights,
          kind: "web",
          applicationType: "web",
          ingestionMode: "LogAnalytics",
          workspaceResourceId: workspace.id,
          retentionInDays: retentionDays,
        },
        { parent: this },
      );
      setting.arm.add("Microsoft.Insights/components", { group, name: spec.insights }, insights);
      this.connectionString = insights.connectionString;
    }
    this.registerOutputs({ workspace: spec.workspace });
  }
}
