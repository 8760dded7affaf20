/**
 * Metrics, logs, traces, dashboards and alerts of one region, and its view of all the others.
 *
 * Each region is whole by itself: it keeps its own raw metrics, logs and traces, and a copy of every region's
 * aggregates. Losing a region, or the link to it, takes nobody else's sight.
 */
import type { Deletion } from "../deletion";
import type { SecretRef } from "../secret-ref";
import type { VolumeSpec } from "./quantities";

/** A region as the telemetry of another one reaches it. */
export interface TelemetryPeer {
  readonly region: string;
  /** Address block its traffic comes from: nothing else reaches the ports that are open between regions. */
  readonly cidr: string;
}

/** What the regional team is woken for; one alert each. */
export interface TelemetryThresholds {
  /** Seconds over which rates and latencies are judged. */
  readonly window: number;
  /** Share of failing requests, 0.05. */
  readonly errorRate: number;
  /** Seconds that 99 of 100 requests stay below. */
  readonly latency: number;
  /** Percent of a region's services beyond a threshold that makes the whole region unhealthy. */
  readonly unhealthyPercent: number;
  readonly postgres?: { readonly lagSeconds: number; readonly conflicts: number };
  readonly redis?: { readonly lagSeconds: number; readonly syncFailures: number };
}

/** A request made from each region to each, as a user would make it. */
export interface ProbeSpec {
  /** Of what is probed, for example `us-west-2` or `global`. */
  readonly name: string;
  readonly url: string;
}

export interface MetricsSpec {
  readonly retentionDays: number;
  readonly storage: VolumeSpec;
  /** Regions send their aggregates to one another. */
  readonly aggregated: boolean;
}

export interface LogsSpec {
  readonly retentionDays: number;
  readonly storage: VolumeSpec;
  /** A search may name the other regions' clusters. */
  readonly crossRegion: boolean;
}

export interface TracesSpec {
  /** Share of the requests that are traced, decided once where they enter. */
  readonly sampling: number;
  /** A trace that went through several regions is shown whole. */
  readonly crossRegion: boolean;
}

export interface DashboardsSpec {
  readonly perRegion: boolean;
  readonly crossRegion: boolean;
  readonly adminPassword: SecretRef;
}

export type Severity = "critical" | "high" | "medium" | "low";

/** Where a notification goes. */
export type AlertChannel =
  | { readonly kind: "email"; readonly name: string; readonly to: string }
  | { readonly kind: "slack"; readonly name: string; readonly url: SecretRef; readonly channel?: string }
  | { readonly kind: "pagerduty"; readonly name: string; readonly routingKey: SecretRef }
  | { readonly kind: "webhook"; readonly name: string; readonly url: SecretRef };

export interface AlertRoute {
  readonly severity: Severity;
  /** Names of channels. */
  readonly channels: readonly string[];
}

/**
 * Alertmanager knows how long an alert fires, not whether somebody took it: an escalation is an alert on the
 * alert. Whoever has acknowledged it is known to PagerDuty, whose own policy may stop the page.
 */
export interface EscalationStep {
  /** For example `regional-team`. */
  readonly team: string;
  /** Minutes a critical or high alert has been firing. */
  readonly afterMinutes: number;
}

export interface AlertingSpec {
  readonly channels: readonly AlertChannel[];
  readonly routes: readonly AlertRoute[];
  /** Minutes in which the same alert of two regions is one event. */
  readonly correlationMinutes: number;
  readonly crossRegion: boolean;
  readonly escalation: readonly EscalationStep[];
  readonly smtp: {
    /** For example `email-smtp.us-east-1.amazonaws.com:587`. */
    readonly host: string;
    readonly from: string;
    readonly user: SecretRef;
    readonly password: SecretRef;
  };
  /** Repository of the runbooks, linked from each alert. */
  readonly runbooks?: string;
}

/** What secures the way between the regions; the authority is the same in all of them. */
export interface TelemetryTrust {
  readonly caCertificate: SecretRef;
  readonly caKey: SecretRef;
  /** For `*.<region>.<domain>` and `*.<namespace>.svc`. */
  readonly certificate: SecretRef;
  readonly key: SecretRef;
}

export interface PrometheusStackSpec {
  readonly kind: "telemetry/prometheus-stack";
  /** Of the component, for example `telemetry`. */
  readonly name: string;
  readonly namespace: string;
  /** Where the applications run. */
  readonly applications: string;
  readonly region: string;
  /** Every region in the platform's order, this one too; the first one that is heard speaks for the platform. */
  readonly regions: readonly string[];
  readonly peers: readonly TelemetryPeer[];
  /** Names between the regions end in it: `metrics.us-east-1.eden.internal`. */
  readonly domain: string;
  readonly metrics: MetricsSpec;
  readonly logs: LogsSpec;
  readonly traces: TracesSpec;
  readonly dashboards: DashboardsSpec;
  readonly thresholds: TelemetryThresholds;
  readonly probes: readonly ProbeSpec[];
  readonly alerting: AlertingSpec;
  readonly trust: TelemetryTrust;
  readonly deletion: Deletion;
}
