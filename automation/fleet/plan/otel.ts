/** OpenTelemetry collectors: where each region's signals go, and whether a person may be named there. */
import type { PlatformManifest } from "../../manifest/schema/manifest";
import type { TelemetryOtelSpec } from "../specs/kubernetes/otel";
import type { PlanInput, PlannedRegion } from "./plan-input";

type Telemetry = NonNullable<PlatformManifest["spec"]["services"]["telemetry"]>;
export type Otel = Extract<Telemetry, { engine: "otel-collector" }>;

export const OTEL_NAMESPACE = "telemetry";
/** OTLP by gRPC and by HTTP. */
export const OTEL_PORTS: readonly number[] = [4317, 4318];
const OTLP_PORT = 4317;
/** Some hours of signals while a backend is away. */
const QUEUE = "10Gi";

/** A central backend of which nobody says where it is lies outside. */
function sharedWith(input: PlanInput, { place }: PlannedRegion, centralRegion: string | undefined) {
  const central = input.topology.regions.find(({ name }) => name === centralRegion);
  return place.jurisdictions.filter((one) => central?.jurisdictions.includes(one) ?? false);
}

/** The collectors of one region. */
export function otelSpec(input: PlanInput, otel: Otel, region: PlannedRegion): TelemetryOtelSpec {
  const { postgres } = input.fleet.platform.spec.services;
  const shared = sharedWith(input, region, otel.centralRegion);
  return {
    kind: "telemetry/otel-collector",
    name: "telemetry",
    namespace: OTEL_NAMESPACE,
    region: region.name,
    replicas: otel.replicas,
    signals: otel.signals,
    regional: { host: otel.regionalBackend, port: OTLP_PORT },
    central: { host: otel.centralBackend, port: OTLP_PORT, shared },
    // The same machines, so the same disks.
    queue: {
      size: QUEUE,
      ...(postgres?.engine === "cnpg" ? { storageClass: postgres.storage.class } : {}),
    },
    authority: {
      certificate: { secret: "telemetry-ca-certificate" },
      key: { secret: "telemetry-ca-key" },
    },
  };
}
