/** Services, workspaces and times that do not fit together: one case a rule at least, with the nearest that passes. */
import { type BadCase, type Edit, lines, shop, shopWith } from "./shop";

const PLATFORM = "platform.yaml";
const GERMANY = "regions/germany.yaml";
const FINLAND = "regions/finland.yaml";
const WORKSPACE = "workspaces/first.yaml";

const addToPlatform = (more: string): Edit => [PLATFORM, "  residency:\n", `  ${more}\n  residency:\n`];
const topology = (name: string): Edit => [PLATFORM, "topology: active-passive", `topology: ${name}`];
const failover = (what: string): Edit => addToPlatform(`failover: { ${what} }`);

/** A platform on Azure, with these services. */
const azure = (services: string) => [
  {
    file: "cloud.yaml",
    text: `apiVersion: meridian.dev/v1
kind: Platform
metadata: { name: cloud }
spec:
  description: On Azure.
  topology: single
  regions: [east]
  services: { ${services} }
---
apiVersion: meridian.dev/v1
kind: Region
metadata: { name: east, platform: cloud }
spec: { provider: azure, location: eastus }
`,
  },
];

const workspaceOfCloud = {
  file: "workspace.yaml",
  text: `apiVersion: meridian.dev/v1
kind: Workspace
metadata: { name: acme, platform: cloud }
spec: { homeRegion: east }
`,
};

/** Traffic by Route 53 with these shares. */
const route53 = (...percents: readonly number[]): Edit => [
  PLATFORM,
  "    engine: cloudflare-load-balancer\n    zone: shop.example\n    hostname: api.shop.example\n    fallback: germany\n",
  `    engine: route53
    zone: shop.example
    hostname: api.shop.example
    policies: [${percents.map((percent) => `{ type: latency, percent: ${percent} }`).join(", ")}]
`,
];

/** So many workspaces at home in Germany, one file. */
const workspaces = (count: number) => ({
  "workspaces/many.yaml": Array.from(
    { length: count },
    (_, index) => `apiVersion: meridian.dev/v1
kind: Workspace
metadata: { name: w${index}, platform: shop }
spec: { homeRegion: germany }
`,
  ).join("---\n"),
});

const twoCells = (standbys: string): Edit =>
  addToPlatform(`cells: [{ name: de, writers: [{ region: germany }], standbys: [${standbys}] }]`);

export const serviceRuleCases: readonly BadCase[] = [
  {
    name: "MRD2117: a channel misspelt",
    given: shop(
      addToPlatform("alerts: { channels: [{ name: slack, kind: slack }] }"),
      failover("notify: [slak]"),
    ),
    good: shop(
      addToPlatform("alerts: { channels: [{ name: slack, kind: slack }] }"),
      failover("notify: [slack]"),
    ),
    says: lines`
      error MRD2117  alert channel "slak" is not defined
        platform.yaml:27:24
          25 |     fallback: germany
          26 |   alerts: { channels: [{ name: slack, kind: slack }] }
        > 27 |   failover: { notify: [slak] }
             |                        ^^^^ did you mean "slack"?
        fix: use slack, or define it under spec.alerts.channels
    `,
  },
  {
    name: "MRD2117: no channels at all",
    given: shop(failover("notify: [slack]")),
    good: shop(failover("notify: []")),
    says: lines`
      error MRD2117  alert channel "slack" is not defined
        platform.yaml:26:24
          24 |     hostname: api.shop.example
          25 |     fallback: germany
        > 26 |   failover: { notify: [slack] }
             |                        ^^^^^
        fix: define it under spec.alerts.channels
    `,
  },
  {
    name: "MRD2118: a jurisdiction nobody knows, of the platform and of a workspace",
    given: shop([PLATFORM, "jurisdictions: [EU]", "jurisdictions: [EUU]"], [WORKSPACE, "[EU]", "[EU, CHE]"]),
    good: shop([WORKSPACE, "[EU]", "[EU, CH]"]),
    says: lines`
      error MRD2118  "EUU" is not a jurisdiction of the catalog
        platform.yaml:27:21
          25 |     fallback: germany
          26 |   residency:
        > 27 |     jurisdictions: [EUU]
             |                     ^^^ did you mean "EU"?
        fix: use a bloc such as EU, or the code of a country such as DE

      error MRD2118  "CHE" is not a jurisdiction of the catalog
        workspaces/first.yaml:10:36
           8 |   homeRegion: germany
           9 |   replicaRegions: [finland]
        > 10 |   residency: { jurisdictions: [EU, CHE], dataClasses: [personal] }
             |                                    ^^^ did you mean "CH"?
        fix: use a bloc such as EU, or the code of a country such as DE
    `,
  },
  {
    name: "MRD2118: a transfer to nowhere",
    given: shop([
      WORKSPACE,
      "residency: { ",
      "residency: { transfers: [{ to: USA, basis: scc, since: 2026-01-31 }], ",
    ]),
    good: shop([
      WORKSPACE,
      "residency: { ",
      "residency: { transfers: [{ to: US, basis: scc, since: 2026-01-31 }], ",
    ]),
    says: lines`
      error MRD2118  "USA" is not a jurisdiction of the catalog
        workspaces/first.yaml:10:34
           8 |   homeRegion: germany
           9 |   replicaRegions: [finland]
        > 10 |   residency: { transfers: [{ to: USA, basis: scc, since: 2026-01-31 }], jurisdictions: [EU…
             |                                  ^^^ did you mean "US"?
        fix: use a bloc such as EU, or the code of a country such as DE
    `,
  },
  {
    name: "MRD2119: a country and a point of presence nobody knows",
    given: shop([
      "regions/germany.yaml",
      "  capacity:",
      "  serves: { countries: [UK], pops: [FRA, FRQ] }\n  capacity:",
    ]),
    good: shop([
      "regions/germany.yaml",
      "  capacity:",
      "  serves: { countries: [GB], pops: [FRA] }\n  capacity:",
    ]),
    says: lines`
      error MRD2119  country UK is not in the catalog, so nobody is served by it
        regions/germany.yaml:11:25
           9 |   cloud: hetzner
          10 |   location: nbg1
        > 11 |   serves: { countries: [UK], pops: [FRA, FRQ] }
             |                         ^^ did you mean "GB"?
        fix: use the two letters of ISO 3166-1, such as DE

      error MRD2119  POP FRQ is not in the catalog, so nobody is served by it
        regions/germany.yaml:11:42
           9 |   cloud: hetzner
          10 |   location: nbg1
        > 11 |   serves: { countries: [UK], pops: [FRA, FRQ] }
             |                                          ^^^ did you mean "FRA"?
        fix: use the airport code of a Cloudflare location, such as FRA
    `,
  },
  {
    name: "MRD2120: Cosmos DB on Kubernetes",
    given: shop([PLATFORM, "    apps:", "    cosmos: { engine: sql }\n    apps:"]),
    good: azure("cosmos: { engine: sql }"),
    says: lines`
      error MRD2120  cosmos engine "sql" does not run on provider "kubernetes" of region "finland"
        platform.yaml:17:23
          15 |       engine: cnpg
          16 |       storage: { size: 20Gi }
        > 17 |     cosmos: { engine: sql }
             |                       ^^^
        fix: it runs on azure: choose another engine, or another provider for the region
    `,
  },
  {
    name: "MRD2121: geo-replication in tier Standard",
    given: azure("redis: { engine: azure-cache, tier: Standard, geoReplication: true }"),
    good: azure("redis: { engine: azure-cache, tier: Premium, geoReplication: true }"),
    says: lines`
      error MRD2121  geo-replication needs tier Premium, not Standard
        cloud.yaml:8:77
          6 |   topology: single
          7 |   regions: [east]
        > 8 |   services: { redis: { engine: azure-cache, tier: Standard, geoReplication: true } }
            |                                                                             ^^^^
        fix: set tier: Premium, or geoReplication: false
    `,
  },
  {
    name: "MRD2122: minimum above maximum",
    given: shop([PLATFORM, "engine: deployment", "engine: deployment\n      scaling: { minimum: 8 }"]),
    good: shop([PLATFORM, "engine: deployment", "engine: deployment\n      scaling: { minimum: 6 }"]),
    says: lines`
      error MRD2122  minimum 8 is above maximum 6
        platform.yaml:19:27
          17 |     apps:
          18 |       engine: deployment
        > 19 |       scaling: { minimum: 8 }
             |                           ^
        fix: lower it to 6, or set maximum: 8 or more
    `,
  },
  {
    name: "MRD2123: shares that are not 100 %",
    given: shop(route53(80, 30)),
    good: shop(route53(80, 20)),
    says: lines`
      error MRD2123  the policies' shares add up to 110 %, not 100 %
        platform.yaml:25:15
          23 |     zone: shop.example
          24 |     hostname: api.shop.example
        > 25 |     policies: [{ type: latency, percent: 80 }, { type: latency, percent: 30 }]
             |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        fix: take 10 % away from them
    `,
  },
  {
    name: "MRD2124: no host to replicate from",
    given: shop([GERMANY, "  endpoints: { postgres: pg-germany.shop.example }\n", ""]),
    good: shop([GERMANY, "  endpoints: { postgres: pg-germany.shop.example }\n", ""], topology("single"), [
      WORKSPACE,
      "  replicaRegions: [finland]\n",
      "",
    ]),
    says: lines`
      error MRD2124  region "germany" has no endpoint for postgres, so the other regions cannot replicate
                     from it
        regions/germany.yaml:7:1
          5 |   name: germany
          6 |   platform: shop
        > 7 | spec:
            | ^^^^
        fix: add spec.endpoints.postgres with the host they reach it by
    `,
  },
  {
    name: "MRD2125: no machine behind the load balancer",
    given: shop([
      FINLAND,
      "    nodes:\n      - { name: finland-1, address: 198.51.100.11 }\n      - { name: finland-2, address: 198.51.100.12 }\n",
      "",
    ]),
    good: shop([FINLAND, "      - { name: finland-2, address: 198.51.100.12 }\n", ""]),
    says: lines`
      error MRD2125  region "finland" has no nodes for the load balancer to reach
        regions/finland.yaml:11:3
           9 |   cloud: hetzner
          10 |   location: hel1
        > 11 |   capacity:
             |   ^^^^^^^^
        fix: list them under spec.capacity.nodes with their addresses
    `,
  },
  {
    name: "MRD2126: too many workspaces in one stack",
    given: shopWith(workspaces(161), addToPlatform("workspaces: { shards: 1 }")),
    good: shopWith(
      workspaces(160),
      [WORKSPACE, "homeRegion: germany\n  replicaRegions: [finland]", "homeRegion: finland"],
      addToPlatform("workspaces: { shards: 1 }"),
    ),
    says: lines`
      error MRD2126  stack workspaces-germany-000 would hold 162 workspaces, more than 160
        platform.yaml:26:25
          24 |     hostname: api.shop.example
          25 |     fallback: germany
        > 26 |   workspaces: { shards: 1 }
             |                         ^
        fix: set spec.workspaces.shards to 2 (it is 1); workspaces that change shard are moved once
    `,
  },
  {
    name: "MRD2127: at home where the topology holds nothing",
    given: shop(topology("single"), [
      WORKSPACE,
      "homeRegion: germany\n  replicaRegions: [finland]",
      "homeRegion: finland",
    ]),
    good: shop(topology("single"), [WORKSPACE, "  replicaRegions: [finland]\n", ""]),
    says: lines`
      error MRD2127  workspace "first" is at home in region "finland", which topology "single" does not
                     use: it would get no stack
        workspaces/first.yaml:8:15
          6 |   platform: shop
          7 | spec:
        > 8 |   homeRegion: finland
            |               ^^^^^^^
        fix: use germany, or choose another topology in platform.yaml
    `,
  },
  {
    name: "MRD2127: a replica and a preference for a later phase are warnings",
    given: shop(topology("single"), [
      WORKSPACE,
      "  replicaRegions",
      "  preferredRegion: finland\n  replicaRegions",
    ]),
    good: shop([WORKSPACE, "  replicaRegions", "  preferredRegion: finland\n  replicaRegions"]),
    says: lines`
      warning MRD2127  workspace "first" prefers region "finland", which topology "single" does not use:
                       its requests go elsewhere for now
        workspaces/first.yaml:9:20
          7 | spec:
          8 |   homeRegion: germany
        > 9 |   preferredRegion: finland
            |                    ^^^^^^^
        fix: leave it for a later phase, or choose another topology in platform.yaml

      warning MRD2127  workspace "first" has a replica in region "finland", which topology "single" does
                       not use: there is no copy for now
        workspaces/first.yaml:10:20
           8 |   homeRegion: germany
           9 |   preferredRegion: finland
        > 10 |   replicaRegions: [finland]
             |                    ^^^^^^^
        fix: leave it for a later phase, or choose another topology in platform.yaml
    `,
  },
  {
    name: "MRD2127: at home in a region that no cell uses",
    given: shop(twoCells(""), [
      WORKSPACE,
      "homeRegion: germany\n  replicaRegions: [finland]",
      "homeRegion: finland",
    ]),
    good: shop(twoCells("finland"), [
      WORKSPACE,
      "homeRegion: germany\n  replicaRegions: [finland]",
      "homeRegion: finland",
    ]),
    says: lines`
      error MRD2127  workspace "first" is at home in region "finland", which no cell uses: it would get no
                     stack
        workspaces/first.yaml:8:15
          6 |   platform: shop
          7 | spec:
        > 8 |   homeRegion: finland
            |               ^^^^^^^
        fix: use germany, or give it to a cell in platform.yaml
    `,
  },
  {
    name: "MRD2127: at home in a region that is only planned",
    given: shop([GERMANY, "  provider:", "  availability: planned\n  provider:"]),
    good: shop([GERMANY, "  provider:", "  availability: draining\n  provider:"]),
    says: lines`
      warning MRD2112  topology "active-passive" needs two regions, and germany is only planned
        platform.yaml:8:13
          6 | spec:
          7 |   description: Two regions in Europe; the second takes over when the first is lost.
        > 8 |   topology: active-passive
            |             ^^^^^^^^^^^^^^
        fix: use topology: single until then, or give one of them availability: active

      error MRD2127  workspace "first" is at home in region "germany", which is only planned: it would get
                     no stack
        workspaces/first.yaml:8:15
          6 |   platform: shop
          7 | spec:
        > 8 |   homeRegion: germany
            |               ^^^^^^^
        fix: use finland, or set availability: active in regions/germany.yaml
    `,
  },
  {
    name: "MRD2128: a workspace on Azure is a warning",
    given: [...azure("redis: { engine: azure-cache }"), workspaceOfCloud],
    says: lines`
      warning MRD2128  workspace "acme" gets no resources: region "east" is on azure, where this version
                       makes none for workspaces
        workspace.yaml:4:21
          2 | kind: Workspace
          3 | metadata: { name: acme, platform: cloud }
        > 4 | spec: { homeRegion: east }
            |                     ^^^^
        fix: keep it as the record of where its data is, or give it a home in a Kubernetes region
    `,
  },
  {
    name: "MRD3101: a probe as long as its interval",
    given: shop(failover("detection: { interval: 5s, timeout: 5s }")),
    good: shop(failover("detection: { interval: 5s, timeout: 4999ms }")),
    says: lines`
      error MRD3101  timeout 5 s must be shorter than interval 5 s: a probe must end before the next
                     begins
        platform.yaml:26:51
          24 |     hostname: api.shop.example
          25 |     fallback: germany
        > 26 |   failover: { detection: { interval: 5s, timeout: 5s } }
             |                                                   ^^
        fix: use less than 5 s, or a longer interval
    `,
  },
  {
    name: "MRD3101: a health check longer than its interval",
    given: shop([PLATFORM, "    fallback:", "    healthCheck: { timeout: 1m }\n    fallback:"]),
    good: shop([PLATFORM, "    fallback:", "    healthCheck: { timeout: 29s }\n    fallback:"]),
    says: lines`
      error MRD3101  timeout 1 m must be shorter than interval 30 s: a probe must end before the next
                     begins
        platform.yaml:25:29
          23 |     zone: shop.example
          24 |     hostname: api.shop.example
        > 25 |     healthCheck: { timeout: 1m }
             |                             ^^
        fix: use less than 30 s, or a longer interval
    `,
  },
  {
    name: "MRD3102: a lease renewed when it is gone",
    given: shop(failover("lease: { duration: 10s, renew: 10s }")),
    good: shop(failover("lease: { duration: 10s, renew: 9s }")),
    says: lines`
      error MRD3102  renew 10 s must be shorter than duration 10 s: a lease must be renewed before it runs
                     out
        platform.yaml:26:46
          24 |     hostname: api.shop.example
          25 |     fallback: germany
        > 26 |   failover: { lease: { duration: 10s, renew: 10s } }
             |                                              ^^^
        fix: use less than 10 s, or a longer duration
    `,
  },
  {
    name: "MRD3201: an RTO shorter than detection",
    given: shop([PLATFORM, "rto: 15m", "rto: 89s"]),
    good: shop([PLATFORM, "rto: 15m", "rto: 89s"], topology("single"), [
      WORKSPACE,
      "  replicaRegions: [finland]\n",
      "",
    ]),
    says: lines`
      error MRD3201  RTO 1 m 29 s cannot be met: detecting a lost region alone takes 1 m 30 s
        platform.yaml:12:30
          10 |   primary: { region: germany, epoch: 1 }
          11 |   objectives:
        > 12 |     region: { rpo: 60s, rto: 89s }
             |                              ^^^
             |  detect 3 × 30 s = 1 m 30 s · decide (manual) 0 s · fence 30 s · promote 1 m · reroute 30 s
        fix: probe more often or accept fewer failures (failover.detection), or accept an RTO of 3 m 30 s
    `,
  },
  {
    name: "MRD3202: an RTO shorter than the failover",
    given: shop(failover("mode: manual, timing: { decide: 10m, promote: 5m, reroute: 2m }")),
    good: shop(failover("mode: automatic, timing: { decide: 10m, promote: 5m, reroute: 2m }")),
    says: lines`
      error MRD3202  RTO 15 m cannot be met: a region loss takes 19 m
        platform.yaml:12:30
          10 |   primary: { region: germany, epoch: 1 }
          11 |   objectives:
        > 12 |     region: { rpo: 60s, rto: 15m }
             |                              ^^^
             |  detect 3 × 30 s = 1 m 30 s · decide (manual) 10 m · fence 30 s · promote 5 m · reroute 2 m
        fix: set failover.mode: automatic (−10 m), or accept an RTO of 19 m
    `,
  },
];
