import { DiagnosticSetting } from "@pulumi/azure-native/monitor/diagnosticSetting";
import type { Input, Resource } from "@pulumi/pulumi";

/** What a resource reports; the categories are its type's own. */
export interface Diagnosed {
  readonly id: Input<string>;
  readonly logs: readonly string[];
  readonly metrics: readonly string[];
}

/** Sends logs and metrics of one resource to a workspace, in tables of their own. */
export function diagnosticSetting(
  name: string,
  { id, logs, metrics }: Diagnosed,
  workspaceId: Input<string>,
  parent: Resource,
): void {
  new DiagnosticSetting(
    `${name}-diagnostics`,
    {
      name: "meridian",
      resourceUri: id,
      workspaceId,
      logAnalyticsDestinationType: "Dedicated",
      logs: logs.map((category) => ({ category, enabled: true })),
      metrics: metrics.map((category) => ({ category, enabled: true })),
    },
    { parent },
  );
}
