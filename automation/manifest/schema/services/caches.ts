import { z } from "zod";
import { bytes, count, duration, host, name, object, port, positive, set, texts } from "../common";

const azureCache = object({
  engine: z.literal("azure-cache"),
  tier: z.enum(["Basic", "Standard", "Premium"]).default("Premium"),
  capacity: positive.default(1),
  geoReplication: z.boolean().default(false).describe("Links the regions' caches; needs tier Premium."),
  maxmemoryPolicy: z.enum(["allkeys-lru", "volatile-lru", "noeviction"]).default("volatile-lru"),
}).describe("Azure Cache for Redis.");

const enterprise = object({
  engine: z.literal("enterprise"),
  port: port.default(6379),
  hosts: z.record(name, host).describe("Host of each region."),
  crdt: z.boolean().default(true).describe("Active-active database with conflict-free data types."),
  syncInterval: duration.prefault("100ms"),
  conflicts: object({
    strategy: z.enum(["last_write_wins"]).default("last_write_wins"),
    vectorClocks: z.boolean().default(true),
  }).prefault({}),
  memory: bytes.prefault("4Gi"),
  nodes: positive.default(3),
  invalidation: texts.prefault([]).describe("How cached data is invalidated across regions."),
  alerts: object({
    lag: duration.prefault("500ms"),
    syncFailures: positive.default(5),
    channels: set(name).prefault([]),
  }).prefault({}),
}).describe("Redis Enterprise.");

const slot = z.int().min(0).max(16_383);

const cluster = object({
  engine: z.literal("cluster"),
  masters: positive.default(3),
  replicas: count.default(3),
  slots: z
    .array(object({ from: slot, to: slot }))
    .prefault([])
    .describe("Hash slots of each master, in order; none: even shares."),
  highAvailability: z.enum(["sentinel", "cluster"]).default("cluster"),
  sessionSync: z.boolean().default(false).describe("Copies session data between regions."),
  persistence: z.boolean().default(true),
  tenantNamespaces: z.boolean().default(false).describe("Keys of each tenant under a prefix of its own."),
  memory: bytes.prefault("1Gi"),
}).describe("An independent Redis cluster in each region.");

export const redis = z
  .discriminatedUnion("engine", [azureCache, enterprise, cluster])
  .meta({ id: "Redis", description: "Redis." });
