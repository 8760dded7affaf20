import { object } from "../common";
import { apps, cdn, gateway, mesh } from "./apps";
import { redis } from "./caches";
import { cosmos, mongodb, postgres } from "./databases";
import { messaging, objectStore, secrets, workflow } from "./storage";
import { telemetry } from "./telemetry";

export const services = object({
  postgres: postgres.optional(),
  mongodb: mongodb.optional(),
  cosmos: cosmos.optional(),
  redis: redis.optional(),
  objectStore: objectStore.optional(),
  messaging: messaging.optional(),
  workflow: workflow.optional(),
  secrets: secrets.optional(),
  telemetry: telemetry.optional(),
  apps: apps.optional(),
  mesh: mesh.optional(),
  gateway: gateway.optional(),
  cdn: cdn.optional(),
}).meta({ id: "Services", description: "What runs in the regions, each by its engine." });
