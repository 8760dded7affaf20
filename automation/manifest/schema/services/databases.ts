import { z } from "zod";
import {
  bytes,
  cores,
  count,
  cron,
  deletion,
  duration,
  host,
  name,
  object,
  port,
  positive,
  secretRef,
  set,
  text,
} from "../common";

const backup = object({
  schedule: cron.prefault("0 0 2 * * *").describe("Full backups; six fields begin with seconds."),
  retention: duration.prefault("30d"),
  walArchive: z
    .boolean()
    .default(true)
    .describe("Continuous WAL archiving: what point-in-time recovery needs."),
  copyTo: set(name).prefault([]).describe("Regions that hold a copy of the backups."),
}).meta({ id: "DatabaseBackup", description: "Backups and the WAL archive." });

const resources = object({ cpu: cores.prefault("1"), memory: bytes.prefault("2Gi") }).meta({
  id: "Resources",
  description: "Requests and limits of one instance.",
});

const synchronous = object({
  standbys: positive.default(1).describe("Standbys that must confirm a commit."),
  dataDurability: z
    .enum(["required", "preferred"])
    .default("required")
    .describe("required: writes stop when too few standbys confirm; preferred: they go on without."),
}).meta({ id: "Synchronous", description: "Synchronous replication between regions." });

const lagAlerts = object({
  lag: duration.prefault("60s"),
  conflicts: positive.default(10),
  channels: set(name).prefault([]),
}).meta({ id: "ReplicationAlerts", description: "When replication is worth waking somebody for." });

const cnpg = object({
  engine: z.literal("cnpg"),
  deletion: deletion.default("protected"),
  version: z
    .string()
    .regex(/^\d+(\.\d+)?$/)
    .default("17"),
  namespace: name.default("databases"),
  instances: positive.default(3).describe("In each region."),
  storage: object({ size: bytes.prefault("50Gi"), class: name.default("local-path") }).prefault({}),
  resources: resources.prefault({}),
  replication: object({
    mode: z.enum(["async", "sync"]).default("async"),
    user: z.string().default("streaming_replica"),
    password: secretRef
      .optional()
      .describe("Of a replication user of one's own; the operator's uses certificates."),
    ca: object({
      certificate: secretRef.prefault({ secret: "postgres-ca-certificate" }),
      key: secretRef.prefault({ secret: "postgres-ca-key" }),
    })
      .prefault({})
      .describe("Certificate authority that every region trusts."),
    logical: object({
      user: z.string().default("logical_replica"),
      password: secretRef.prefault({ secret: "postgres-logical-password" }),
      column: z
        .string()
        .default("updated_at")
        .describe("Time of the last change: what last-write-wins compares."),
    })
      .prefault({})
      .describe("Used when several regions write."),
    tls: z.enum(["require", "verify-ca", "verify-full"]).default("verify-full"),
    synchronous: synchronous.optional(),
  }).prefault({}),
  readReplicas: object({
    method: z.literal("logical").describe("Publication and subscription to query-optimised databases."),
    databases: set(z.string().min(1)).prefault(["app"]),
    instances: positive.default(1),
  })
    .optional()
    .describe("Replicas of their own for query services, in every region."),
  database: z.string().default("app"),
  owner: z.string().default("app"),
  ownerPassword: secretRef.prefault({ secret: "postgres-app-password" }),
  poolSize: positive.optional().describe("Connections of one application instance."),
  backup: backup.prefault({}),
  migrations: z.enum(["expand-contract", "in-place"]).default("in-place"),
  alerts: lagAlerts.optional(),
}).describe("CloudNativePG clusters in Kubernetes.");

const pglogical = object({
  engine: z.literal("pglogical"),
  deletion: deletion.default("protected"),
  version: z.string().default("17"),
  instanceClass: z.string().default("db.r6g.large"),
  storage: object({ size: bytes.prefault("100Gi") }).prefault({}),
  port: port.default(5432),
  hosts: z.record(name, host).describe("Host of each region."),
  nodeGroups: set(z.string().regex(/^[a-z][a-z0-9_]*$/)).describe("Databases that replicate both ways."),
  conflicts: object({
    strategy: z.enum(["last_update_wins", "first_update_wins", "keep_local"]).default("last_update_wins"),
    table: z.string().default("replication_conflicts"),
    logging: z.boolean().default(true),
    manual: z.boolean().default(false).describe("A person settles what no rule does, from the log."),
    custom: set(z.string()).prefault([]).describe("Business entities with a resolution of their own."),
  }).prefault({}),
  tables: object({
    sharded: text.default("write-heavy tables are sharded by region"),
    global: text.default("global tables are replicated everywhere"),
    local: text.default("local tables stay in their region"),
  })
    .prefault({})
    .describe("How data is partitioned."),
  migrations: z.enum(["expand-contract", "in-place"]).default("expand-contract"),
  alerts: lagAlerts.prefault({}),
  backup: backup.prefault({}),
}).describe("Bi-directional logical replication with pglogical.");

const streaming = object({
  engine: z.literal("streaming"),
  deletion: deletion.default("protected"),
  version: z.string().default("17"),
  instanceClass: z.string().default("db.r6g.large"),
  storage: object({
    size: bytes.prefault("100Gi"),
    encryption: z.literal("AES-256").default("AES-256"),
  }).prefault({}),
  promotion: z.enum(["automatic", "manual"]).default("automatic"),
  poolSize: positive.default(20).describe("Connections of one application instance."),
  rowLevelSecurity: object({ column: z.string().default("tenant_id") }).optional(),
  encryptedStreams: z.boolean().default(true),
  alerts: lagAlerts.prefault({}),
  backup: backup.prefault({}),
}).describe("One primary with streaming read replicas in the other regions.");

export const postgres = z
  .discriminatedUnion("engine", [cnpg, pglogical, streaming])
  .meta({ id: "Postgres", description: "PostgreSQL." });

const member = object({
  region: name,
  votes: z.int().min(0).max(1).default(1),
  priority: count.describe("Higher is elected first; 0 never."),
  note: text.optional(),
});

const mongodbCommunity = object({
  engine: z.literal("community"),
  deletion: deletion.default("protected"),
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/)
    .default("7.0.5"),
  namespace: name.default("databases"),
  database: z.string().default("app"),
  user: name.default("app"),
  password: secretRef.prefault({ secret: "mongodb-app-password" }),
  resource: name.default("mongodb-global").describe("Of the resource and its replica set."),
  resources: resources.prefault({}),
  spread: z
    .enum(["nodes", "regions"])
    .default("nodes")
    .describe("regions needs one Kubernetes cluster whose nodes are in all regions."),
  tls: object({ caCertificate: secretRef, certificate: secretRef, key: secretRef })
    .prefault({
      caCertificate: { secret: "mongodb-ca-certificate" },
      certificate: { secret: "mongodb-certificate" },
      key: { secret: "mongodb-key" },
    })
    .describe("Used when regions name a mongodb endpoint."),
  members: z
    .array(member)
    .min(1)
    .max(50)
    .describe("In order of their ordinal; those of regions not in use are left out."),
  storage: object({ size: bytes.prefault("20Gi"), class: name.default("local-path") }).prefault({}),
  readPreference: z
    .enum(["primary", "primaryPreferred", "secondary", "secondaryPreferred", "nearest"])
    .default("primary"),
  writeConcern: z.enum(["majority", "1"]).default("majority"),
}).describe("One replica set across regions, by the MongoDB community operator.");

export const mongodb = z
  .discriminatedUnion("engine", [mongodbCommunity])
  .meta({ id: "Mongodb", description: "MongoDB." });

const cosmosSql = object({
  engine: z.literal("sql"),
  deletion: deletion.default("protected"),
  multiRegionWrites: z.boolean().default(false),
  consistency: z
    .enum(["Strong", "BoundedStaleness", "Session", "ConsistentPrefix", "Eventual"])
    .default("Session"),
  automaticFailover: z.boolean().default(true),
  conflict: z.enum(["last-writer-wins", "custom"]).default("last-writer-wins"),
  database: name.default("app"),
  containers: z.array(object({ name, partitionKey: z.string().regex(/^\/\S+$/) })).prefault([]),
  throughput: positive.default(1_000).describe("Autoscale maximum, request units a second."),
  backup: object({
    mode: z.enum(["continuous-7d", "continuous-30d", "periodic"]).default("continuous-7d"),
  }).prefault({}),
}).describe("Azure Cosmos DB for NoSQL.");

export const cosmos = z
  .discriminatedUnion("engine", [cosmosSql])
  .meta({ id: "Cosmos", description: "Azure Cosmos DB." });
