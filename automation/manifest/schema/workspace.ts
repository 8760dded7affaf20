import { z } from "zod";
import { bytes, cores, money, name, object, positive, set, text } from "./common";
import { residency } from "./residency";

const quota = object({
  cpu: cores.prefault("4"),
  memory: bytes.prefault("8Gi"),
  storage: bytes.prefault("50Gi"),
  pods: positive.default(50),
}).meta({ id: "Quota", description: "The most one workspace may use." });

export const workspaceSpec = object({
  title: text.optional(),
  homeRegion: name.describe("Where its data is written."),
  replicaRegions: set(name).prefault([]).describe("Where copies may be read."),
  residency: residency.prefault({}),
  tier: z.enum(["free", "standard", "enterprise"]).default("standard"),
  quota: quota.prefault({}),
  budget: money.optional().describe("A month."),
  preferredRegion: name
    .optional()
    .describe("Where its requests go first; default: the nearest that is legal."),
});
