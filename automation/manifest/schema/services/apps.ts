import { z } from "zod";
import {
  bytes,
  cores,
  count,
  duration,
  host,
  name,
  object,
  path,
  percent,
  port,
  positive,
  secretRef,
  set,
  text,
  texts,
} from "../common";

const scaling = object({
  minimum: positive.default(2),
  maximum: positive.default(6),
  cpuPercent: percent.default(70),
}).meta({ id: "Scaling", description: "Horizontal scaling of one service in one region." });

const service = object({
  name,
  image: z
    .string()
    .min(1)
    .max(255)
    .optional()
    .describe("Default: the platform's registry and the service's name."),
  port: port.default(8080),
  replicas: positive.optional().describe("Default: the scaling minimum."),
  cpu: cores.prefault("250m"),
  memory: bytes.prefault("256Mi"),
  health: path.prefault("/health"),
  database: z.string().optional().describe("The database this service owns."),
  public: z.boolean().default(false),
}).meta({ id: "AppService", description: "One service." });

const deployment = object({
  engine: z.literal("deployment"),
  namespace: name.default("apps"),
  registry: z.string().default("registry.invalid"),
  services: z.array(service).min(1),
  scaling: scaling.prefault({}),
  regionVariable: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]*$/)
    .default("REGION")
    .describe("Environment variable that names the region."),
  reads: z
    .enum(["primary", "nearest"])
    .default("primary")
    .describe("nearest: reads go to the region's own replica."),
  discovery: object({
    method: z.enum(["kubernetes-service", "dns"]).default("kubernetes-service"),
    crossRegion: z.boolean().default(false),
  }).prefault({}),
  featureFlags: object({ provider: z.string(), crossRegionSync: z.boolean().default(false) }).optional(),
  data: texts.prefault([]).describe("How services reach their data."),
  design: texts.prefault([]).describe("What every service keeps to."),
  nodeGroups: z
    .array(
      object({
        name,
        instanceType: z.string(),
        minimum: positive,
        maximum: positive,
        spot: z.boolean().default(false),
      }),
    )
    .prefault([]),
}).describe("Kubernetes deployments.");

const appService = object({
  engine: z.literal("app-service"),
  sku: z.string().default("P1v3"),
  runtime: z.string().default("NODE|20-lts"),
  services: z.array(object({ name, health: path.prefault("/health") })).min(1),
  slots: set(name).prefault(["staging"]),
  zoneRedundant: z.boolean().default(true),
  scaling: scaling.prefault({}),
}).describe("Azure App Service with deployment slots.");

const instances = object({
  engine: z.literal("instances"),
  instanceType: z.string().default("m7g.large"),
  spot: z.enum(["never", "dev-and-test"]).default("never"),
  scaling: z.enum(["fixed", "hpa"]).default("hpa"),
  reads: z
    .enum(["primary", "nearest"])
    .default("primary")
    .describe("nearest: reads go to the region's own replica."),
  maximumFactor: positive.default(2).describe("Instances may grow to this multiple of the region's number."),
  compression: z.boolean().default(true),
  keepAlive: z.boolean().default(true),
  asynchronousWork: z.boolean().default(false),
  queryCache: z.boolean().default(false),
  preparedStatements: z.boolean().default(false),
}).describe("Instances behind the region's load balancer; the number is the region's capacity.");

export const apps = z
  .discriminatedUnion("engine", [deployment, appService, instances])
  .meta({ id: "Apps", description: "The applications." });

const istio = object({
  engine: z.literal("istio"),
  mtls: z.enum(["strict", "permissive"]).default("strict"),
  timeout: duration.prefault("5s"),
  retries: count.default(3),
  outlier: object({ consecutiveErrors: positive.default(5) }).prefault({}),
  discovery: object({
    crossRegion: z.boolean().default(true),
    method: z.enum(["dns"]).default("dns"),
    suffix: z.string().regex(/^\.\S+$/),
  }),
}).describe("Istio, one mesh over the regions.");

export const mesh = z
  .discriminatedUnion("engine", [istio])
  .meta({ id: "Mesh", description: "Service mesh." });

const apiGateway = object({
  engine: z.literal("envoy"),
  globalEndpoint: host,
  endpoints: z.record(name, host),
  routing: object({ strategy: z.enum(["latency_based"]), fallback: z.enum(["round_robin"]) }),
  health: object({ path, interval: duration }),
  gradualRollout: z.boolean().default(true),
  canary: z.boolean().default(true),
  circuitBreaking: z.boolean().default(true),
  rateLimits: object({
    distributed: z.boolean().default(true),
    regionQuota: positive.default(1_000),
    globalQuota: positive.default(2_000),
  }).prefault({}),
  correlationIds: z.boolean().default(true),
  observability: object({ tracing: z.boolean(), requestLogging: z.boolean(), metrics: z.boolean() }),
}).describe("An Envoy gateway in each region.");

export const gateway = z
  .discriminatedUnion("engine", [apiGateway])
  .meta({ id: "Gateway", description: "API gateway." });

const caching = {
  origin: host.optional(),
  assets: set(z.string().min(1)).prefault([]).describe("Kinds of static assets."),
  ttl: object({
    static: duration.prefault("365d"),
    dynamic: duration.prefault("1h"),
    api: duration.prefault("0s"),
  }).prefault({}),
  compression: set(z.enum(["gzip", "brotli"])).prefault(["gzip", "brotli"]),
  http: set(z.enum(["2", "3"])).prefault(["2", "3"]),
  imageOptimization: z.boolean().default(false),
  token: secretRef.optional(),
};

export const cdn = z
  .discriminatedUnion("engine", [
    object({ engine: z.literal("cloudflare"), ...caching }),
    object({ engine: z.literal("cloudfront"), ...caching }),
    object({ engine: z.literal("fastly"), ...caching }),
    object({ engine: z.literal("custom"), plugin: text, ...caching }),
  ])
  .meta({ id: "Cdn", description: "Content delivery." });
