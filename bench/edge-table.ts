import { canonicalJson } from "../automation/fleet/canonical";
import { shardsFor } from "../automation/fleet/plan/routing-table";
import {
  type RoutingEntry,
  routingShard,
  type RoutingTable,
  shardKey,
  TABLE_KEY,
} from "../automation/fleet/specs/cloudflare/routing-table";

const REGIONS = ["us-east", "eu-west", "ap-southeast"];
const COUNTRIES = { US: "north-america", DE: "europe", SG: "asia" };

export const workspaceName = (at: number): string => `tenant-${String(at).padStart(5, "0")}`;

const table = (origin: string, shards: number): RoutingTable => ({
  format: 1,
  platform: "bench",
  hostname: "app.bench.example",
  regions: REGIONS.map((name) => ({
    name,
    origin,
    jurisdictions: [name],
    nearest: REGIONS.filter((other) => other !== name),
  })),
  cells: [
    {
      name: "default",
      writers: [{ region: "us-east", epoch: 7 }],
      standbys: [],
      readers: ["eu-west", "ap-southeast"],
    },
  ],
  countries: {},
  continents: { "north-america": "us-east", europe: "eu-west", asia: "ap-southeast" },
  continentOf: COUNTRIES,
  fallback: "us-east",
  lawful: REGIONS,
  countryHeaders: [
    { header: "cf-ipcountry", platform: "cloudflare" },
    { header: "cloudfront-viewer-country", platform: "aws" },
    { header: "x-vercel-ip-country", platform: "vercel" },
    { header: "x-geo-country", platform: "custom" },
  ],
  tenantPreference: true,
  shards,
  retries: 1,
  breaker: { failures: 5, cooldown: 10 },
  health: {
    path: "/health",
    interval: 30,
    timeout: 10,
    failures: 3,
    successes: 2,
    wait: 300,
    ramp: 150,
    maximumLag: 60,
  },
  retryAfter: 30,
});

const entry = (at: number): RoutingEntry => ({
  cell: "default",
  home: "us-east",
  replicas: ["eu-west", "ap-southeast"],
  lawful: at % 3 === 0 ? ["us-east", "eu-west"] : REGIONS,
  ...(at % 5 === 0 ? { preferred: "eu-west" } : {}),
});

/** What KV holds for that many workspaces, all of whose regions are one origin. */
export function edgeTable(origin: string, workspaces: number): ReadonlyMap<string, string> {
  const shards = shardsFor(workspaces);
  const rows = Array.from({ length: shards }, (): [string, RoutingEntry][] => []);
  for (let at = 0; at < workspaces; at += 1) {
    const name = workspaceName(at);
    rows[routingShard(name, shards)]?.push([name, entry(at)]);
  }
  return new Map([
    [TABLE_KEY, canonicalJson(table(origin, shards))],
    ...rows.map((members, shard): [string, string] => [
      shardKey(shard),
      canonicalJson({ format: 1, shard, epochs: { default: 7 }, workspaces: Object.fromEntries(members) }),
    ]),
  ]);
}
