import { z } from "zod";
import { duration, host, object, path, positive } from "./common";

export const healthCheck = object({
  path: path.prefault("/health"),
  host: host.optional().describe("Host header sent with the probe."),
  protocol: z.enum(["http", "https"]).default("https"),
  interval: duration.prefault("30s").describe("From one probe to the next."),
  timeout: duration.prefault("5s").describe("Must be shorter than the interval."),
  failures: positive.default(3).describe("Consecutive failures before the region counts as down."),
  successes: positive.default(2).describe("Consecutive successes before it counts as up again."),
  criteria: z
    .array(z.enum(["http-200", "database", "redis", "response-time"]))
    .prefault(["http-200"])
    .describe("What a healthy answer must include."),
  maximumResponseTime: duration.optional().describe("A slower answer is a failure."),
  endpoints: z
    .array(object({ path, reports: z.string().max(200) }))
    .prefault([])
    .describe("Health endpoints of the service, each with what it reports."),
}).meta({ id: "HealthCheck", description: "How a region is probed." });
