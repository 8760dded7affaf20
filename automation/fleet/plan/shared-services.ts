import type { KubernetesComponentSpec } from "../specs/kubernetes";
import { natsSpec } from "./nats";
import { otelSpec } from "./otel";
import type { PlanInput, PlannedRegion } from "./plan-input";
import { temporalPostgres, temporalSpec } from "./temporal";

/** What applications and workspaces share in one region: workflows with their database, messages, telemetry. */
export function sharedServices(input: PlanInput, region: PlannedRegion): readonly KubernetesComponentSpec[] {
  const { messaging, postgres, telemetry, workflow } = input.fleet.platform.spec.services;
  return [
    ...(workflow === undefined || postgres?.engine !== "cnpg"
      ? []
      : [temporalPostgres(input, postgres, region), temporalSpec(input, workflow, postgres, region)]),
    ...(messaging === undefined ? [] : [natsSpec(input, messaging, region)]),
    ...(telemetry?.engine === "otel-collector" ? [otelSpec(input, telemetry, region)] : []),
  ];
}
