import { z } from "zod";
import { duration, host, name, object, positive, ratio, set, text } from "../common";

const collectors = object({
  engine: z.literal("otel-collector"),
  replicas: positive.default(2),
  signals: set(z.enum(["traces", "metrics", "logs"])).prefault(["traces", "metrics"]),
  regionalBackend: host,
  centralBackend: host,
  centralRegion: name.optional(),
}).describe("OpenTelemetry collectors in each region, exporting to a regional and a central backend.");

const stack = object({
  engine: z.literal("prometheus-stack"),
  metrics: object({
    retention: duration.prefault("30d"),
    globalAggregation: z.boolean().default(true),
  }).prefault({}),
  logging: object({
    provider: z.literal("elasticsearch").default("elasticsearch"),
    retention: duration.prefault("14d"),
    crossRegionSearch: z.boolean().default(true),
  }).prefault({}),
  tracing: object({
    provider: z.literal("jaeger").default("jaeger"),
    sampling: ratio.default(0.1),
    crossRegion: z.boolean().default(true),
  }).prefault({}),
  dashboards: object({
    provider: z.literal("grafana").default("grafana"),
    perRegion: z.boolean().default(true),
    crossRegion: z.boolean().default(true),
  }).prefault({}),
  syntheticTransactions: z.boolean().default(false),
}).describe("Prometheus, Elasticsearch, Jaeger and Grafana.");

const azureMonitor = object({
  engine: z.literal("azure-monitor"),
  retention: duration.prefault("30d"),
  webTestInterval: duration.prefault("5m"),
}).describe("Application Insights and Azure Monitor alerts.");

const metrics = object({
  engine: z.literal("metrics"),
  watched: set(text).min(1).describe("What is measured, in the document's words."),
}).describe("Key metrics of each region in the cloud's own monitoring.");

export const telemetry = z
  .discriminatedUnion("engine", [collectors, stack, azureMonitor, metrics])
  .meta({ id: "Telemetry", description: "Metrics, logs and traces." });
