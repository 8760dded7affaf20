import { z } from "zod";
import { count, duration, host, name, object, percent, positive, ratio, set, text, texts } from "./common";

const detection = object({
  failures: positive.default(3).describe("Consecutive failed probes."),
  interval: duration.prefault("30s"),
  timeout: duration.prefault("5s"),
  window: duration.optional().describe("Rates and latencies are judged over this long."),
  errorRate: ratio.optional().describe("Share of failing requests that counts as a failure."),
  latency: duration.optional().describe("Latency that counts as a failure."),
  signals: texts.prefault([]),
}).meta({ id: "Detection", description: "When a region counts as lost." });

const timing = object({
  decide: duration.prefault("0s").describe("How long people take when the mode is manual."),
  fence: duration.prefault("30s").describe("Until the old primary can certainly not write."),
  promote: duration.prefault("60s"),
  reroute: duration.prefault("30s").describe("Until clients have left: the time to live of DNS at least."),
}).meta({ id: "FailoverTiming", description: "What each phase is expected to take." });

export const failover = object({
  mode: z.enum(["automatic", "semi-automatic", "manual"]).default("manual"),
  detection: detection.prefault({}),
  witness: object({
    kind: z.enum(["none", "meridian", "region", "external"]),
    region: name.optional(),
    endpoint: host.optional(),
  })
    .prefault({ kind: "none" })
    .describe("Breaks the tie between two regions."),
  lease: object({ duration: duration.prefault("30s"), renew: duration.prefault("10s") })
    .prefault({})
    .describe("Right to write: renewed often, and gone a full duration after the last renewal."),
  timing: timing.prefault({}),
  threshold: percent.optional().describe("Share of unhealthy endpoints that makes a region unhealthy."),
  cooldown: duration.prefault("5m"),
  serviceByService: z.boolean().default(false),
  shifting: object({
    gradual: z.boolean().default(false),
    increment: percent.default(20),
    interval: duration.prefault("30s"),
    verification: duration.prefault("60s"),
  }).prefault({}),
  rollback: object({
    automatic: z.boolean().default(false),
    errorRate: ratio.default(0.05),
    cooldown: duration.prefault("15m"),
  }).prefault({}),
  failback: object({
    mode: z.enum(["automatic", "manual"]).default("manual"),
    wait: duration.prefault("5m").describe("After the old primary is healthy again."),
    gradual: z.boolean().default(true),
  }).prefault({}),
  steps: texts.prefault([]).describe("The document's own steps, in order."),
  failbackSteps: texts.prefault([]),
  covers: set(z.enum(["component", "region", "multi-region", "corruption"])).prefault([
    "component",
    "region",
  ]),
  approval: z.boolean().default(false).describe("A person must approve before anything moves."),
  orchestration: text.optional(),
  automation: z.enum(["low", "medium", "high"]).optional().describe("How much of a recovery runs by itself."),
  drills: object({
    frequency: z.enum(["monthly", "quarterly", "yearly"]),
    scope: z.enum(["full", "partial"]),
    documented: z.boolean(),
  }).optional(),
  runbook: text.optional().describe("Where the generated runbook is published."),
  notify: set(name).prefault([]).describe("Alert channels told of each failover."),
}).meta({ id: "Failover", description: "What happens when a region is lost." });

export const rollout = object({
  strategy: z.enum(["rolling", "blue-green", "all-at-once"]).default("rolling"),
  waves: z.array(set(name).min(1)).prefault([]).describe("Regions of each wave; default: one wave a region."),
  soak: duration.prefault("0s").describe("Watched this long before the next wave."),
  canary: object({ steps: z.array(percent).min(1), interval: duration }).optional(),
  blueGreen: object({
    test: text,
    switchBy: z.enum(["dns", "load-balancer"]),
    rollback: z.boolean(),
  }).optional(),
  verification: texts.prefault([]),
  rollback: z.boolean().default(true).describe("Goes back on its own when a gate fails."),
  parallel: count.default(2).describe("Stacks applied side by side."),
}).meta({ id: "Rollout", description: "How a change reaches the regions." });
