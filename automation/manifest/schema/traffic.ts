import { z } from "zod";
import {
  continent,
  count,
  country,
  duration,
  host,
  name,
  object,
  percent,
  positive,
  secretRef,
  set,
  text,
} from "./common";
import { healthCheck } from "./health";

const tenantPreference = object({
  enabled: z.boolean().default(true),
  storedIn: text.default("organization metadata"),
}).meta({ id: "TenantPreference", description: "Tenants may prefer a region over the one nearest to them." });

const cloudflare = object({
  engine: z.literal("cloudflare-load-balancer"),
  zone: host,
  hostname: z.string().min(1).max(253).describe("Of the load balancer, for example api.openova.io."),
  steering: z.enum(["geo", "off", "random", "least_connections"]).default("geo"),
  proxied: z.boolean().default(true),
  fallback: name.describe("Region that takes what no rule matches."),
  healthCheck: healthCheck.prefault({}),
  retries: count.default(2),
  monthly: text.optional(),
  accountId: secretRef.prefault({ secret: "cloudflare-account-id" }),
  zoneId: secretRef.prefault({ secret: "cloudflare-zone-id" }),
  apiToken: secretRef.prefault({ secret: "cloudflare-api-token" }),
}).describe("Cloudflare load balancing with a pool a region; each region says which POPs it serves.");

const trafficManager = object({
  engine: z.literal("traffic-manager"),
  routing: z
    .enum(["priority", "performance"])
    .default("priority")
    .describe("priority: the primary takes all traffic; performance: users reach the nearest region."),
  dnsName: name,
  ttl: duration.prefault("30s"),
  healthCheck: healthCheck.prefault({}),
}).describe("Azure Traffic Manager.");

const route53 = object({
  engine: z.literal("route53"),
  zone: host,
  hostname: host,
  policies: z
    .array(object({ type: z.enum(["latency", "weighted"]), percent }))
    .min(1)
    .describe("Shares of the traffic decided by each policy; they add up to 100."),
  healthCheck: healthCheck.prefault({}),
  failover: object({
    automatic: z.boolean().default(true),
    threshold: percent.default(50),
    cooldown: duration.prefault("60s"),
  }).prefault({}),
  blueGreen: z.boolean().default(false),
}).describe("Amazon Route 53.");

const router = object({
  engine: z.literal("router"),
  zone: host,
  hostname: host,
  dns: set(z.enum(["route53", "cloudflare"])).prefault(["cloudflare"]),
  rules: z
    .array(
      object({ continents: set(continent).prefault([]), countries: set(country).prefault([]), region: name }),
    )
    .prefault([]),
  countryHeaders: z
    .array(object({ header: z.string().regex(/^[a-z-]+$/), from: text }))
    .prefault([])
    .describe("Headers that carry the client's country, each trusted only from its platform."),
  tenantPreference: tenantPreference.optional(),
  smartRouting: z.boolean().default(false),
  healthCheck: healthCheck.prefault({}),
  retries: count.default(1),
  breaker: positive.default(5).describe("Consecutive errors that open the circuit."),
}).describe("Meridian's edge router: a Cloudflare Worker with its routing table in KV.");

export const traffic = z
  .discriminatedUnion("engine", [cloudflare, trafficManager, route53, router])
  .meta({ id: "Traffic", description: "How users reach a region." });
