/** One Traffic Manager profile: DNS that answers with the region a user should go to. */
import type { AzureResourceRef } from "./subscription";

/** Durations in seconds. */
export interface TrafficMonitorSpec {
  readonly protocol: "http" | "https";
  readonly path: string;
  /** 30, or 10 for fast probing at a higher price. */
  readonly interval: 10 | 30;
  /** 5 to 10 and shorter than the interval: 9 at most with an interval of 10. */
  readonly timeout: number;
  /** Consecutive failed probes before an endpoint is down, 1 to 10. Azure's "tolerated" number is one less. */
  readonly failures: number;
}

export interface TrafficEndpointSpec {
  /** Also the name of the endpoint. */
  readonly region: string;
  /** The web app it leads to, by ARM name: only an app of the same service and tier S1 or above. */
  readonly app: AzureResourceRef;
}

export interface TrafficManagerSpec {
  readonly kind: "traffic/traffic-manager";
  /** Of the component, for example `traffic-api`. */
  readonly name: string;
  readonly group: string;
  /** Of the profile, for example `castiel-api`. */
  readonly profile: string;
  /** `castiel-api` gives `castiel-api.trafficmanager.net`: unique in the world. */
  readonly dnsName: string;
  /**
   * priority: the first endpoint takes all traffic while it is healthy: active-passive.
   * performance: each user reaches the region with the lowest latency: every region is active.
   */
  readonly routing: "priority" | "performance";
  /** Seconds a resolver may keep an answer. */
  readonly ttl: number;
  readonly monitor: TrafficMonitorSpec;
  /** In order of preference, one a region. */
  readonly endpoints: readonly TrafficEndpointSpec[];
  readonly diagnostics: AzureResourceRef;
}
