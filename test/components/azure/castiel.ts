/** Castiel's stacks as the planner makes them, with as little in them as shows everything. */
import type { AzureAlertsSpec } from "../../../automation/fleet/specs/azure/alerts";
import type { AppServicesSpec } from "../../../automation/fleet/specs/azure/app-service";
import type { CosmosAccountSpec } from "../../../automation/fleet/specs/azure/cosmos";
import type { AzureCacheLinkSpec, AzureCacheSpec } from "../../../automation/fleet/specs/azure/redis";
import type { AzureSubscriptionSpec } from "../../../automation/fleet/specs/azure/subscription";
import type { TrafficManagerSpec } from "../../../automation/fleet/specs/azure/traffic-manager";
import type { ComponentSpec } from "../../../automation/fleet/specs/component-spec";
import type { StackSpec } from "../../../automation/fleet/stack-spec";

export const subscription: AzureSubscriptionSpec = {
  kind: "azure/subscription",
  name: "azure",
  subscriptionId: { secret: "azure-subscription-id" },
  tenantId: { secret: "azure-tenant-id" },
  clientId: { secret: "azure-client-id" },
  clientSecret: { secret: "azure-client-secret" },
  location: "eastus",
};

const logs = (scope: string) => ({ group: `castiel-${scope}`, name: `castiel-${scope}-logs` });

const group = (scope: string, location: string): ComponentSpec => ({
  kind: "azure/resource-group",
  name: "group",
  group: `castiel-${scope}`,
  location,
});

const workspace = (scope: string, location: string, insights?: string): ComponentSpec => ({
  kind: "telemetry/azure-workspace",
  name: "telemetry",
  group: `castiel-${scope}`,
  location,
  workspace: `castiel-${scope}-logs`,
  retentionDays: 30,
  ...(insights === undefined ? {} : { insights }),
});

export const cosmos: CosmosAccountSpec = {
  kind: "cosmos/account",
  name: "cosmos",
  group: "castiel-data",
  account: "castiel-cosmos",
  location: "eastus",
  locations: [
    { region: "east-us", location: "East US", zoneRedundant: true },
    { region: "west-us-2", location: "West US 2", zoneRedundant: true },
  ],
  multiRegionWrites: true,
  automaticFailover: true,
  consistency: "Session",
  conflict: { kind: "last-writer-wins", path: "/_ts" },
  database: "castiel",
  throughput: 1_000,
  containers: [
    { name: "tenants", partitionKey: "/tenantId" },
    { name: "documents", partitionKey: "/tenantId" },
  ],
  backup: { kind: "continuous", tier: "Continuous7Days" },
  diagnostics: logs("data"),
  deletion: "protected",
};

export const cache: AzureCacheSpec = {
  kind: "redis/azure-cache",
  name: "redis",
  group: "castiel-east-us",
  location: "eastus",
  cache: "castiel-east-us-redis",
  tier: "Premium",
  capacity: 1,
  zones: ["1", "2", "3"],
  evictionPolicy: "volatile-lru",
  diagnostics: logs("east-us"),
};

export const link: AzureCacheLinkSpec = {
  kind: "redis/azure-cache-link",
  name: "redis-link",
  primary: { group: "castiel-east-us", name: "castiel-east-us-redis", region: "east-us", location: "eastus" },
  secondary: {
    group: "castiel-west-us-2",
    name: "castiel-west-us-2-redis",
    region: "west-us-2",
    location: "westus2",
  },
};

export const apps: AppServicesSpec = {
  kind: "apps/app-service",
  name: "apps",
  group: "castiel-east-us",
  location: "eastus",
  region: "east-us",
  role: "primary",
  plan: {
    plan: "castiel-east-us-plan",
    sku: "P1v3",
    zoneRedundant: true,
    instances: { minimum: 2, maximum: 6 },
    cpuPercent: 70,
  },
  runtime: "NODE|20-lts",
  services: [{ name: "api", app: "castiel-east-us-api", health: "/health" }],
  slots: ["staging"],
  settings: { FEATURES: "all" },
  cosmos: {
    group: "castiel-data",
    account: "castiel-cosmos",
    database: "castiel",
    preferredRegions: ["East US", "West US 2"],
  },
  redis: { group: "castiel-east-us", cache: "castiel-east-us-redis", linked: false },
  insights: { group: "castiel-east-us", name: "castiel-east-us-insights" },
  diagnostics: logs("east-us"),
};

export const traffic: TrafficManagerSpec = {
  kind: "traffic/traffic-manager",
  name: "traffic-api",
  group: "castiel-global",
  profile: "castiel-api",
  dnsName: "castiel-api",
  routing: "priority",
  ttl: 30,
  monitor: { protocol: "https", path: "/health", interval: 30, timeout: 10, failures: 3 },
  endpoints: [
    { region: "east-us", app: { group: "castiel-east-us", name: "castiel-east-us-api" } },
    { region: "west-us-2", app: { group: "castiel-west-us-2", name: "castiel-west-us-2-api" } },
  ],
  diagnostics: logs("global"),
};

export const alerts: AzureAlertsSpec = {
  kind: "telemetry/azure-alerts",
  name: "alerts",
  group: "castiel-east-us",
  location: "eastus",
  prefix: "castiel-east-us",
  availability: 99.95,
  receivers: [{ name: "operations", email: "operations@castiel.example" }],
  watches: [
    {
      kind: "web-test",
      name: "api",
      host: "castiel-east-us-api.azurewebsites.net",
      path: "/health",
      insights: { group: "castiel-east-us", name: "castiel-east-us-insights" },
      interval: 300,
      locations: ["us-va-ash-azr", "us-ca-sjc-azr", "us-tx-sn1-azr", "us-il-ch1-azr", "us-fl-mia-edge"],
    },
    { kind: "web-app", name: "api", app: { group: "castiel-east-us", name: "castiel-east-us-api" } },
  ],
};

const stack = (name: string, components: readonly ComponentSpec[], region?: string): StackSpec => ({
  platform: "castiel",
  stack: name,
  kind: region === undefined ? "global" : "region",
  ...(region === undefined ? {} : { region }),
  provider: "azure-native",
  after: [],
  components: [subscription, ...components],
  hash: "",
});

export const dataStack = (spec: CosmosAccountSpec = cosmos): StackSpec =>
  stack("data", [group("data", "westus2"), workspace("data", "westus2"), spec]);

export const regionStack = (...components: readonly ComponentSpec[]): StackSpec =>
  stack(
    "east-us",
    // Out of order on purpose: the program sorts them.
    [...components, workspace("east-us", "eastus", "castiel-east-us-insights"), group("east-us", "eastus")],
    "east-us",
  );

export const globalStack = (...components: readonly ComponentSpec[]): StackSpec =>
  stack("global", [group("global", "westus2"), workspace("global", "westus2"), ...components]);
