import { z } from "zod";
import { bytes, count, deletion, duration, name, object, positive, secretRef, set, text } from "../common";

const r2 = object({
  engine: z.literal("r2"),
  deletion: deletion.default("protected"),
  bucket: name,
  jurisdiction: z
    .enum(["default", "eu", "fedramp"])
    .default("default")
    .describe("Residency; a location is only a hint."),
  locationHint: z.enum(["wnam", "enam", "weur", "eeur", "apac", "oc"]).optional(),
  retention: duration.prefault("30d"),
  accountId: secretRef.prefault({ secret: "cloudflare-account-id" }),
  accessKeyId: secretRef.prefault({ secret: "r2-access-key-id" }),
  secretAccessKey: secretRef.prefault({ secret: "r2-secret-access-key" }),
}).describe("Cloudflare R2.");

const minio = object({
  engine: z.literal("minio"),
  deletion: deletion.default("protected"),
  servers: positive.default(4),
  volumesPerServer: positive.default(4),
  volumeSize: bytes.prefault("100Gi"),
  siteReplication: z.boolean().default(true),
  buckets: z
    .array(
      object({
        name,
        versioning: z.boolean().default(true),
        objectLock: z.boolean().default(false).describe("Write once, read many."),
        retention: duration.optional(),
        integrity: z.enum(["none", "sha256-chain"]).default("none"),
      }),
    )
    .prefault([]),
  credentials: secretRef.optional(),
}).describe("MinIO tenants.");

const s3 = object({
  engine: z.literal("s3"),
  deletion: deletion.default("protected"),
  buckets: z
    .array(object({ name, versioning: z.boolean().default(true), replicateTo: set(name).prefault([]) }))
    .prefault([]),
  encryption: z.enum(["AES-256", "aws:kms"]).default("AES-256"),
  coldStorageAfter: duration.optional(),
}).describe("Amazon S3.");

export const objectStore = z
  .discriminatedUnion("engine", [r2, minio, s3])
  .meta({ id: "ObjectStore", description: "Object storage." });

const jetstream = object({
  engine: z.literal("nats-jetstream"),
  servers: positive.default(3),
  storage: bytes.prefault("20Gi"),
  gateways: z.boolean().default(true),
  leafNodes: count.default(1).describe("In each secondary region, with local caching."),
  streams: z
    .array(object({ name, subjects: z.array(z.string().min(1)).min(1), mirrored: z.boolean().default(true) }))
    .prefault([]),
}).describe("NATS JetStream.");

export const messaging = z
  .discriminatedUnion("engine", [jetstream])
  .meta({ id: "Messaging", description: "Messages." });

const temporal = object({
  engine: z.literal("temporal"),
  namespaceReplication: z.boolean().default(true),
  failoverScope: z.enum(["namespace", "cluster"]).default("namespace"),
  historyShards: positive.default(512),
  retention: duration.prefault("7d"),
  failoverTriggers: z.array(z.enum(["health-check", "operator"])).prefault(["health-check", "operator"]),
  failback: text.optional(),
}).describe("Temporal with multi-cluster replication.");

export const workflow = z
  .discriminatedUnion("engine", [temporal])
  .meta({ id: "Workflow", description: "Durable workflows." });

const vault = object({
  engine: z.literal("vault"),
  edition: z.enum(["open-source", "enterprise"]).default("open-source"),
  replication: z.enum(["performance", "shared-configuration"]).default("shared-configuration"),
  servers: positive.default(3),
  storage: bytes.prefault("10Gi"),
}).describe("HashiCorp Vault.");

const regional = object({
  engine: z.literal("regional"),
  store: z.enum(["aws-secrets-manager", "azure-key-vault"]),
  rotation: duration.optional(),
  distribution: z.enum(["region-only", "cross-region"]).default("region-only"),
}).describe("The cloud's own secret store in each region.");

export const secrets = z
  .discriminatedUnion("engine", [vault, regional])
  .meta({ id: "Secrets", description: "Secrets." });
