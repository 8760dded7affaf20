import type {
  CloudflareComponentSpec,
  CloudflareLoadBalancerSpec,
  PoolSpec,
} from "../../../automation/fleet/specs/cloudflare";
import type { StackSpec } from "../../../automation/fleet/stack-spec";
import { buildCloudflare } from "../../../components/cloudflare-program";
import { context, find, outline, registered } from "../registered";

const account: CloudflareComponentSpec = {
  kind: "cloudflare/account",
  name: "cloudflare",
  apiToken: { secret: "cloudflare-api-token" },
  accountId: { secret: "cloudflare-account-id" },
  zoneId: { secret: "cloudflare-zone-id" },
  zone: "openova.io",
};

const pool = (region: string, code: string): PoolSpec => ({
  region,
  name: `${region}-pool`,
  origins: [1, 2, 3].map((n) => ({
    name: `contabo-${code}-${String(n)}`,
    address: `203.0.113.${String(n)}`,
  })),
  minimumOrigins: 1,
  latitude: 49.45,
  longitude: 11.08,
});

const loadBalancer: CloudflareLoadBalancerSpec = {
  kind: "traffic/cloudflare-load-balancer",
  name: "api",
  hostname: "api.openova.io",
  steering: "geo",
  proxied: true,
  monitor: {
    protocol: "https",
    path: "/health",
    interval: 30,
    timeout: 5,
    retries: 2,
    expectedCodes: "200",
    failures: 3,
    successes: 2,
  },
  pools: [pool("europe", "eu"), pool("india", "in")],
  pops: [
    ...["FRA", "AMS", "LHR", "CDG"].map((pop) => ({ pop, regions: ["europe", "india"] })),
    ...["DXB", "BOM", "DEL", "SIN"].map((pop) => ({ pop, regions: ["india", "europe"] })),
  ],
  defaults: ["europe", "india"],
  fallback: "europe",
};

const address = (name: string, content: string) =>
  ({ name, type: "A", content, proxied: false, ttl: 60 }) as const;

const dns: CloudflareComponentSpec = {
  kind: "cloudflare/dns",
  name: "regions",
  records: [
    address("pg-europe.openova.io", "203.0.113.1"),
    address("pg-europe.openova.io", "203.0.113.2"),
    { ...address("api-eu.openova.io", "203.0.113.1"), proxied: true, comment: "health of Europe" },
  ],
};

const bucket: CloudflareComponentSpec = {
  kind: "objectstore/r2",
  name: "backups",
  bucket: "openova-backups",
  jurisdiction: "eu",
  locationHint: "weur",
  retentionDays: 30,
  deletion: "protected",
};

const stack = (components: StackSpec["components"]): StackSpec => ({
  platform: "openova",
  stack: "global",
  kind: "global",
  provider: "cloudflare",
  after: [],
  components,
  hash: "",
});

const build = (target: "sandbox" | "cloud" = "sandbox") =>
  registered(() => buildCloudflare(stack([account, loadBalancer, dns, bucket]), context(target)));

describe("the global stack", () => {
  test("holds exactly this", async () => {
    expect(outline(await build())).toEqual([
      "cloudflare:index/dnsRecord:DnsRecord regions-api-eu.openova.io-a-203.0.113.1 < regions",
      "cloudflare:index/dnsRecord:DnsRecord regions-pg-europe.openova.io-a-203.0.113.1 < regions",
      "cloudflare:index/dnsRecord:DnsRecord regions-pg-europe.openova.io-a-203.0.113.2 < regions",
      "cloudflare:index/loadBalancer:LoadBalancer api < api",
      "cloudflare:index/loadBalancerMonitor:LoadBalancerMonitor api-monitor < api",
      "cloudflare:index/loadBalancerPool:LoadBalancerPool api-europe < api",
      "cloudflare:index/loadBalancerPool:LoadBalancerPool api-india < api",
      "cloudflare:index/r2Bucket:R2Bucket backups < backups",
      "cloudflare:index/r2BucketLifecycle:R2BucketLifecycle backups-lifecycle < backups",
      "meridian:cloudflare:Dns regions",
      "meridian:objectstore:R2 backups",
      "meridian:traffic:CloudflareLoadBalancer api",
      "pulumi:providers:cloudflare cloudflare",
    ]);
  });

  test("steers the document's POPs to the nearest region, then to the other", async () => {
    const { inputs } = find(await build(), "api", ":LoadBalancer");
    const near = ["api-europe-id", "api-india-id"];
    const far = ["api-india-id", "api-europe-id"];
    expect(inputs).toEqual({
      zoneId: "cloudflare-zone-id-value",
      name: "api.openova.io",
      description: "openova, by meridian",
      enabled: true,
      proxied: true,
      steeringPolicy: "geo",
      sessionAffinity: "none",
      defaultPools: near,
      fallbackPool: "api-europe-id",
      popPools: { FRA: near, AMS: near, LHR: near, CDG: near, DXB: far, BOM: far, DEL: far, SIN: far },
    });
  });

  test("probes three origins a pool every 30 s", async () => {
    const all = await build();
    expect(find(all, "api-monitor").inputs).toEqual({
      accountId: "cloudflare-account-id-value",
      description: "openova: /health of every origin",
      type: "https",
      method: "GET",
      path: "/health",
      header: { Host: ["api.openova.io"] },
      interval: 30,
      timeout: 5,
      retries: 2,
      expectedCodes: "200",
      consecutiveDown: 3,
      consecutiveUp: 2,
      followRedirects: false,
    });
    const origin = (n: number) => ({
      name: `contabo-in-${String(n)}`,
      address: `203.0.113.${String(n)}`,
      enabled: true,
      weight: 1,
      header: { hosts: ["api.openova.io"] },
    });
    expect(find(all, "api-india").inputs).toEqual({
      accountId: "cloudflare-account-id-value",
      name: "india-pool",
      description: "openova: india",
      origins: [origin(1), origin(2), origin(3)],
      minimumOrigins: 1,
      latitude: 49.45,
      longitude: 11.08,
      monitor: "api-monitor-id",
    });
  });

  test("a proxied name has the automatic TTL, a database's its own", async () => {
    const all = await build();
    const ttl = (name: string) => find(all, name).inputs["ttl"];
    expect(ttl("regions-api-eu.openova.io-a-203.0.113.1")).toBe(1);
    expect(ttl("regions-pg-europe.openova.io-a-203.0.113.1")).toBe(60);
  });

  test("keeps backups where they must stay, and for as long as they are wanted", async () => {
    const all = await build("cloud");
    const made = find(all, "backups", ":R2Bucket");
    expect({ inputs: made.inputs, protect: made.protect }).toEqual({
      inputs: {
        accountId: "cloudflare-account-id-value",
        name: "openova-backups",
        jurisdiction: "eu",
        location: "weur",
      },
      protect: true,
    });
    expect(find(all, "backups-lifecycle").inputs["rules"]).toEqual([
      {
        id: "expire-after-30-days",
        enabled: true,
        conditions: { prefix: "" },
        deleteObjectsTransition: { condition: { type: "Age", maxAge: 2_592_000 } },
        abortMultipartUploadsTransition: { condition: { type: "Age", maxAge: 604_800 } },
      },
    ]);
  });

  test("everything goes through the account's own provider, and its token stays secret", async () => {
    const all = await build();
    const custom = all.filter((one) => one.custom && !one.type.startsWith("pulumi:"));
    expect(new Set(custom.map(({ provider }) => provider))).toEqual(new Set(["cloudflare"]));
    expect(find(all, "cloudflare")).toMatchObject({
      inputs: { apiToken: "cloudflare-api-token-value" },
      secrets: ["apiToken"],
    });
  });

  test.each([
    { name: "no account", components: [dns], code: "MRD5011" },
    {
      name: "a rule for a region without a pool",
      components: [account, { ...loadBalancer, fallback: "mars" }],
      code: "MRD5013",
    },
  ])("refuses $name", async ({ components, code }) => {
    const failed = registered(() => buildCloudflare(stack(components), context()));
    await expect(failed).rejects.toMatchObject({ code });
  });
});
