/** What watches an Azure platform, and whom it tells. */
import type { AzureResourceRef } from "./subscription";

/** A Log Analytics workspace, and Application Insights on top when asked for. */
export interface AzureWorkspaceSpec {
  readonly kind: "telemetry/azure-workspace";
  /** Of the component, for example `telemetry`. */
  readonly name: string;
  readonly group: string;
  /** Logs stay in this location. */
  readonly location: string;
  readonly workspace: string;
  /** 30 to 730. */
  readonly retentionDays: number;
  /** Of the Application Insights resource; absent makes none. */
  readonly insights?: string;
}

export interface AlertReceiver {
  /** For example `operations`. */
  readonly name: string;
  readonly email: string;
}

/** One thing to watch; each becomes the tests and alerts that show when it is not well. */
export type AzureWatch =
  /** Probes of one web app from `locations` over the internet; availability against the objective. */
  | {
      readonly kind: "web-test";
      /** Of the service, for example `api`. */
      readonly name: string;
      /** For example `castiel-east-us-api.azurewebsites.net`. */
      readonly host: string;
      readonly path: string;
      readonly insights: AzureResourceRef;
      /** Seconds from one probe of a location to its next. */
      readonly interval: 300 | 600 | 900;
      /** Where probes come from, `us-va-ash-azr`: five or more, so one that is unwell alone is outvoted. */
      readonly locations: readonly string[];
    }
  /** Server errors and unhealthy instances. */
  | { readonly kind: "web-app"; readonly name: string; readonly app: AzureResourceRef }
  /** Availability against the objective, and the lag between regions. */
  | {
      readonly kind: "cosmos";
      readonly name: string;
      readonly account: AzureResourceRef;
      /** Lag between regions worth waking somebody for: the region's RPO at most. Default: 60. */
      readonly lagSeconds?: number;
    }
  /** Load, and the health of the link when there is one. */
  | {
      readonly kind: "azure-cache";
      readonly name: string;
      readonly cache: AzureResourceRef;
      readonly linked: boolean;
    }
  /** An endpoint that its probes call down. */
  | { readonly kind: "traffic"; readonly name: string; readonly profile: AzureResourceRef };

export interface AzureAlertsSpec {
  readonly kind: "telemetry/azure-alerts";
  /** Of the component, for example `alerts`. */
  readonly name: string;
  readonly group: string;
  readonly location: string;
  /** Prefix of the names of tests and alerts, for example `castiel-east-us`. */
  readonly prefix: string;
  /** Percent of a month, for example 99.95: thresholds follow from it (see error-budget.ts). */
  readonly availability: number;
  readonly receivers: readonly AlertReceiver[];
  readonly watches: readonly AzureWatch[];
}
