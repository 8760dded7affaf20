/** Parts of a platform that no machine acts on yet, kept because people decide by them. */
import { z } from "zod";
import { duration, money, name, object, positive, set, text, texts } from "./common";

export const document = object({
  id: z.string().max(80).optional(),
  title: text,
  status: z.enum(["Proposed", "Accepted", "Superseded", "Draft"]).default("Draft"),
  date: z
    .string()
    .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/)
    .optional(),
  updated: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional(),
  deciders: texts.prefault([]),
  tracking: text.optional().describe("Ticket."),
  priority: z.string().max(8).optional(),
  context: texts.prefault([]),
  components: z
    .array(object({ component: text, approach: text, notes: texts.prefault([]) }))
    .prefault([])
    .describe("How each component is meant to work, in the document's words."),
  goals: texts.prefault([]),
  positive: texts.prefault([]),
  negative: texts.prefault([]),
  neutral: texts.prefault([]),
  alternatives: z.array(object({ option: text, because: text })).prefault([]),
  related: z.array(object({ title: text, at: text })).prefault([]),
}).meta({ id: "Document", description: "The decision this platform was designed by." });

export const phase = object({
  name: text,
  topology: z.enum(["single", "read-replicas", "active-passive", "active-active", "isolated"]).optional(),
  when: text.optional(),
  weeks: object({ from: positive, to: positive }).optional(),
  monthly: money.optional(),
  aspects: z.record(z.string().min(1), text).prefault({}),
  work: z.array(object({ title: text, items: texts })).prefault([]),
}).meta({ id: "Phase", description: "One step of the platform's plan." });

export const roadmap = object({
  current: text.optional().describe("Name of the phase the platform is in."),
  phases: z.array(phase).prefault([]),
  prerequisites: texts.prefault([]),
  checklist: texts.prefault([]),
  gaps: z.array(object({ area: text, says: text, advice: texts })).prefault([]),
  future: texts.prefault([]),
  previous: texts.prefault([]).describe("What the platform was before."),
}).meta({ id: "Roadmap", description: "Phases, prerequisites and what is left to do." });

export const budget = object({
  monthly: money.optional().describe("A plan above it is a finding."),
  lines: z.array(object({ item: text, region: name.optional(), monthly: money })).prefault([]),
  totals: z.record(name, money).prefault({}).describe("What the document says each phase or topology costs."),
  multiplier: z.number().min(1).max(20).optional().describe("Expected cost against a single region."),
  strategies: texts.prefault([]),
}).meta({ id: "Budget", description: "What the platform may cost, and what its document expects." });

const channel = object({
  name,
  kind: z.enum(["email", "slack", "pagerduty", "webhook"]),
  target: z.string().max(255).optional().describe("Address or channel; webhooks are secrets."),
  secret: z.strictObject({ secret: name }).optional(),
  regions: set(name).prefault([]).describe("Only alerts of these regions; none means all."),
});

export const alerts = object({
  provider: z.enum(["alertmanager", "azure-monitor"]).optional().describe("Default: the telemetry's own."),
  channels: z.array(channel).prefault([]),
  regionAware: z.boolean().default(false),
  correlation: object({ window: duration, crossRegion: z.boolean().default(true) }).optional(),
  severities: set(z.enum(["critical", "high", "medium", "low"])).prefault([
    "critical",
    "high",
    "medium",
    "low",
  ]),
  escalation: z.array(object({ team: name, after: duration })).prefault([]),
  incidents: object({
    provider: z.enum(["pagerduty", "none"]),
    runbooks: z.string().max(255).optional(),
    automated: z.boolean().default(false),
  }).optional(),
}).meta({ id: "Alerts", description: "Who is told, and when." });

export const operations = object({
  testing: z.array(object({ category: text, items: texts })).prefault([]),
  environments: z.array(object({ name: text, items: texts })).prefault([]),
  deployment: z.array(object({ area: text, items: texts })).prefault([]),
  procedures: z.array(object({ area: text, items: texts })).prefault([]),
  recovery: z.array(object({ area: text, items: texts })).prefault([]),
}).meta({ id: "Operations", description: "How the platform is tested and run." });
