import { z } from "zod";
import { cidr, duration, epoch, name, object, percent, secretRef, set, text, texts } from "./common";
import { failover, rollout } from "./failover";
import { alerts, budget, document, operations, roadmap } from "./planning";
import { residency } from "./residency";
import { services } from "./services";
import { traffic } from "./traffic";

const writeOwner = object({ region: name, epoch: epoch.default(1) });

const conflict = z
  .enum(["last-write-wins", "crdt", "keep-local", "custom"])
  .meta({ id: "Conflict", description: "What happens when two regions write the same row." });

const cell = object({
  name,
  writers: z.array(writeOwner).min(1),
  standbys: set(name).prefault([]),
  readers: set(name).prefault([]),
  conflict: conflict.optional(),
}).meta({ id: "Cell", description: "A replication group with its write owner." });

const target = object({ rpo: duration, rto: duration });

const objectives = object({
  component: target.optional().describe("One instance, pod or zone is lost."),
  region: target.optional().describe("A whole region is lost."),
  corruption: target.optional().describe("Data is wrong and must be restored."),
  availability: percent.optional().describe("For example 99.95."),
  strategies: object({
    component: text.optional(),
    region: text.optional(),
    corruption: text.optional(),
  }).prefault({}),
}).meta({ id: "Objectives", description: "How much may be lost, and for how long." });

const network = object({
  peering: z.enum(["none", "vpc-peering", "vpn", "mesh"]).default("none"),
  adminAccess: z.enum(["open", "vpn", "bastion"]).default("vpn"),
  privateDatabases: z.boolean().default(true),
  internalDomain: z.string().max(120).optional(),
  tls: z.boolean().default(true),
}).meta({ id: "Network", description: "Between the regions." });

const security = object({
  encryptionAtRest: z.enum(["AES-256", "none"]).default("AES-256"),
  encryptionInTransit: z.boolean().default(true),
  tenantIsolation: texts.prefault([]),
  audits: text.optional(),
}).meta({ id: "Security", description: "What protects data." });

const workspaceDefaults = object({
  isolation: z.enum(["namespace", "schema", "row"]).default("namespace"),
  staleReadWarning: z.boolean().default(false).describe("Reads from replicas say so in a header."),
  routing: text.optional(),
  shards: z
    .int()
    .min(1)
    .max(256)
    .default(4)
    .describe("Stacks the workspaces of one home region are spread over; changing it moves some."),
}).meta({ id: "WorkspaceDefaults", description: "What holds for every workspace." });

export const platformSpec = object({
  description: text,
  topology: z
    .enum(["single", "read-replicas", "active-passive", "active-active", "isolated"])
    .describe(
      "single, read-replicas and active-passive: one writer; active-active: several; isolated: a cell a region.",
    ),
  regions: z.array(name).min(1).max(64).describe("Regions of this platform, in order of preference."),
  primary: writeOwner.optional().describe("Owner of the writes; default: the first region at epoch 1."),
  standby: name.optional().describe("Region that takes over first; default: the next one in order."),
  conflict: conflict.optional().describe("Needed by several writers."),
  cells: z.array(cell).optional().describe("Instead of the shorthand, when there is more than one cell."),
  objectives: objectives.prefault({}),
  services: services.prefault({}),
  traffic: traffic.optional(),
  rollout: rollout.prefault({}),
  failover: failover.prefault({}),
  residency: residency.prefault({}),
  network: network.prefault({}),
  security: security.prefault({}),
  workspaces: workspaceDefaults.prefault({}),
  budget: budget.prefault({}),
  alerts: alerts.prefault({}),
  operations: operations.prefault({}),
  document: document.optional(),
  roadmap: roadmap.prefault({}),
  credentials: z
    .record(name, secretRef)
    .prefault({})
    .describe("Credentials of the clouds, by the provider's own setting."),
  reserved: set(cidr).prefault([]).describe("Address blocks no region may use."),
  labels: z.record(z.string().min(1).max(63), z.string().max(63)).prefault({}),
});
