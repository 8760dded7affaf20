import { z } from "zod";
import {
  address,
  cidr,
  continent,
  count,
  country,
  duration,
  host,
  money,
  name,
  object,
  percent,
  pop,
  positive,
  secretRef,
  set,
  text,
  texts,
} from "./common";

const node = object({ name, address });

const capacity = object({
  nodes: z.array(node).prefault([]).describe("Machines, with the address the load balancer reaches."),
  plan: text.optional().describe("What one machine is, in the provider's words."),
  nodeCount: positive.optional().describe("Default: the number of nodes."),
  instances: count.default(0).describe("Application instances in the steady state."),
  maximum: count.default(0).describe("Application instances after scaling up; 0: as the service says."),
  zones: positive.default(1).describe("Availability zones in use."),
}).meta({ id: "Capacity", description: "How much of it there is." });

const serves = object({
  continents: set(continent).prefault([]),
  countries: set(country).prefault([]),
  pops: set(pop).prefault([]).describe("Cloudflare points of presence."),
  note: text.optional(),
}).meta({ id: "Serves", description: "Whose requests come here." });

const kubernetes = object({
  distribution: z.enum(["k3s", "eks", "aks", "kubeadm"]).default("k3s"),
  version: z.string().max(20).optional(),
  kubeconfig: secretRef.optional().describe("Default: kubeconfig-<region>."),
  context: z.string().max(120).optional(),
}).meta({ id: "KubernetesCluster", description: "The region's cluster." });

export const regionSpec = object({
  title: text.optional(),
  provider: z.enum(["aws", "azure", "kubernetes", "local"]),
  cloud: z
    .enum(["aws", "azure", "contabo", "hetzner", "local"])
    .optional()
    .describe("Whose machines; default: the provider's own."),
  location: z.string().min(2).max(40).describe("Name of the location in the catalog."),
  alternatives: texts.prefault([]),
  availability: z.enum(["active", "planned", "draining"]).default("active"),
  includes: texts.prefault([]).describe("What the document says every region has."),
  capacity: capacity.prefault({}),
  serves: serves.prefault({}),
  network: object({
    cidr: cidr.optional(),
    zoneSubnets: z.boolean().default(true),
    interface: text.optional(),
  }).prefault({}),
  endpoints: z
    .record(name, host)
    .prefault({})
    .describe("Hosts of the region's services, by name: api, postgres, redis, …"),
  latency: z
    .array(object({ from: text, min: duration, max: duration }))
    .prefault([])
    .describe("Round trips measured from where users are."),
  kubernetes: kubernetes.optional(),
  cost: object({
    premium: percent.default(0).describe("Over the platform's cheapest region."),
    lines: z.array(object({ item: text, monthly: money })).prefault([]),
  }).prefault({}),
  labels: z.record(z.string().min(1).max(63), z.string().max(63)).prefault({}),
});
