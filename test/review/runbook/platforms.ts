/** Two platforms small enough to read, and unlike each other. */
import { failover } from "../../../automation/manifest/schema/failover";
import type { RunbookFacts } from "../../../automation/review/runbook/facts";
import type { Topology, TopologyRegion } from "../../../automation/fleet/topology";

const region = (
  name: string,
  role: TopologyRegion["role"],
  place: Pick<TopologyRegion, "cloud" | "provider" | "location" | "displayName" | "country" | "city">,
): TopologyRegion => ({ name, role, latitude: 0, longitude: 0, jurisdictions: [], ...place });

const azure = { cloud: "azure", provider: "azure" } as const;
const contabo = { cloud: "contabo", provider: "kubernetes" } as const;

export const castiel: Topology = {
  platform: "castiel",
  shape: "active-passive",
  regions: [
    region("east-us", "writer", {
      ...azure,
      location: "eastus",
      displayName: "East US",
      country: "US",
      city: "Boydton",
    }),
    region("west-us-2", "standby", {
      ...azure,
      location: "westus2",
      displayName: "West US 2",
      country: "US",
      city: "Quincy",
    }),
  ],
  cells: [
    { name: "default", writers: [{ region: "east-us", epoch: 1 }], standbys: ["west-us-2"], readers: [] },
  ],
  replication: [
    {
      cell: "default",
      service: "cosmos",
      engine: "sql",
      from: "east-us",
      to: "west-us-2",
      mode: "multi-writer",
      direction: "two-way",
    },
  ],
  traffic: [
    { region: "east-us", percent: 100, serves: ["All traffic"] },
    { region: "west-us-2", percent: 0, serves: [] },
  ],
  objectives: [{ fault: "region", rpo: 300, rto: 900 }],
  placements: [],
};

export const castielFacts: RunbookFacts = {
  manifest: "regions/castiel/platform.yaml",
  regions: [
    { name: "east-us", health: ["https://castiel-east-us-api.azurewebsites.net/health"] },
    { name: "west-us-2", health: ["https://castiel-west-us-2-api.azurewebsites.net/health"] },
  ],
  services: [
    {
      kind: "cosmos/sql",
      name: "cosmos",
      group: "castiel-data",
      account: "castiel-cosmos",
      locations: { "east-us": "East US", "west-us-2": "West US 2" },
      multiRegionWrites: true,
      automaticFailover: true,
      consistency: "Session",
      conflict: "last-writer-wins",
      backup: "continuous-7d",
    },
    {
      kind: "redis/azure-cache",
      name: "redis",
      caches: {
        "east-us": { group: "castiel-east-us", cache: "castiel-east-us-redis" },
        "west-us-2": { group: "castiel-west-us-2", cache: "castiel-west-us-2-redis" },
      },
      linked: false,
    },
  ],
  traffic: {
    kind: "traffic-manager",
    group: "castiel-global",
    routing: "priority",
    ttl: 30,
    profiles: [{ profile: "castiel-api", host: "castiel-api.trafficmanager.net", path: "/health" }],
  },
  failover: failover.parse({
    mode: "automatic",
    detection: { failures: 3, interval: "30s", timeout: "10s" },
    timing: { fence: "0s", promote: "0s", reroute: "30s" },
    failback: { mode: "manual", wait: "5m" },
  }),
  availability: 99.95,
  contacts: [{ name: "operations", kind: "email", target: "operations@castiel.example" }],
  unbuilt: [],
};

export const openova: Topology = {
  platform: "openova",
  shape: "read-replicas",
  regions: [
    region("europe", "writer", {
      ...contabo,
      location: "nuremberg",
      displayName: "Nuremberg",
      country: "DE",
      city: "Nuremberg",
    }),
    region("india", "reader", {
      ...contabo,
      location: "mumbai",
      displayName: "Mumbai",
      country: "IN",
      city: "Mumbai",
    }),
  ],
  cells: [{ name: "default", writers: [{ region: "europe", epoch: 1 }], standbys: [], readers: ["india"] }],
  replication: [
    {
      cell: "default",
      service: "postgres",
      engine: "cnpg",
      from: "europe",
      to: "india",
      mode: "async",
      direction: "one-way",
    },
    {
      cell: "default",
      service: "mongodb",
      engine: "community",
      from: "europe",
      to: "india",
      mode: "quorum",
      direction: "one-way",
    },
  ],
  traffic: [
    { region: "europe", percent: 50, serves: ["Europe (FRA, AMS, LHR, CDG)"] },
    { region: "india", percent: 50, serves: ["Asia (DXB, BOM, DEL, SIN)"] },
  ],
  objectives: [{ fault: "region", rpo: 60, rto: 600 }],
  placements: [],
};

export const openovaFacts: RunbookFacts = {
  manifest: "regions/openova/platform.yaml",
  regions: [
    { name: "europe", health: ["https://api-eu.openova.io/health"], kubeconfig: "kubeconfig-europe" },
    { name: "india", health: ["https://api-in.openova.io/health"], kubeconfig: "kubeconfig-india" },
  ],
  services: [
    {
      kind: "postgres/cnpg",
      name: "postgres",
      namespace: "databases",
      database: "app",
      clusters: { europe: "postgresql-europe", india: "postgresql-india" },
      mode: "async",
      durability: "required",
      backup: { walArchive: true, retentionDays: 30 },
    },
    {
      kind: "mongodb/community",
      name: "mongodb",
      namespace: "databases",
      resource: "mongodb-global",
      spread: "regions",
      hosting: "europe",
      members: [
        { region: "europe", votes: 1, priority: 10, host: "mongo-europe.openova.io:27017" },
        { region: "europe", votes: 1, priority: 9, host: "mongo-europe.openova.io:27018" },
        { region: "europe", votes: 1, priority: 8, host: "mongo-europe.openova.io:27019" },
        { region: "india", votes: 1, priority: 5, host: "mongo-india.openova.io:27020" },
        { region: "india", votes: 1, priority: 4, host: "mongo-india.openova.io:27021" },
      ],
    },
  ],
  traffic: {
    kind: "cloudflare-load-balancer",
    hostname: "api.openova.io",
    path: "/health",
    steering: "geo",
    pools: { europe: "europe-pool", india: "india-pool" },
  },
  failover: failover.parse({
    mode: "semi-automatic",
    timing: { decide: "5m", fence: "30s", promote: "60s", reroute: "30s" },
  }),
  contacts: [{ name: "slack", kind: "slack", target: "secret slack-webhook" }],
  unbuilt: [],
};
