/**
 * OpenTelemetry collectors: a fleet a region, which sends every signal to the region's backend and to the
 * central one.
 *
 * Outside the region's jurisdictions nothing may name a person. Attributes are kept there by a list of those
 * that may leave: one that nobody has thought of stays at home.
 */
import type { AuthoritySpec } from "./authority";
import type { DefaultVolumeSpec, HostPort } from "./quantities";

export type Signal = "traces" | "metrics" | "logs";

export interface CentralBackend extends HostPort {
  /** Catalog jurisdictions that hold both it and the region; none: what is sent is redacted. */
  readonly shared: readonly string[];
}

export interface TelemetryOtelSpec {
  readonly kind: "telemetry/otel-collector";
  /** Of the component: `telemetry`. */
  readonly name: string;
  readonly namespace: string;
  readonly region: string;
  readonly replicas: number;
  readonly signals: readonly Signal[];
  readonly regional: HostPort;
  readonly central: CentralBackend;
  /** Of the queue of what could not be sent yet, for each collector. */
  readonly queue: DefaultVolumeSpec;
  readonly authority: AuthoritySpec;
}
