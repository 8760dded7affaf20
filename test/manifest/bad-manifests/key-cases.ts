/** Manifests that are YAML, with a kind, an engine or a key that is wrong, or a value of the wrong type. */
import { alone, type BadCase, lines, shop, shopWith } from "./shop";

const PLATFORM = "platform.yaml";
const GERMANY = "regions/germany.yaml";
const WORKSPACE = "workspaces/first.yaml";

export const keyCases: readonly BadCase[] = [
  {
    name: "a kind misspelt",
    given: shop([GERMANY, "kind: Region", "kind: Regoin"]),
    good: shop(),
    says: lines`
      error MRD1104  kind is "Regoin", which is not one of the values it takes
        regions/germany.yaml:3:7
          1 | # yaml-language-server: $schema=https://meridian.dev/schemas/region.schema.json
          2 | apiVersion: meridian.dev/v1
        > 3 | kind: Regoin
            |       ^^^^^^ did you mean "Region"?
        fix: use one of Platform, Region, Workspace, Exemption, PriceBook
    `,
  },
  {
    name: "a kind of somebody else",
    given: alone("apiVersion: v1\nkind: Deployment\nmetadata: { name: x }\n"),
    says: lines`
      error MRD1104  apiVersion must be meridian.dev/v1, not "v1"
        region.yaml:1:13
        > 1 | apiVersion: v1
            |             ^^
        fix: move it out of the folder of manifests, or write apiVersion: meridian.dev/v1
    `,
  },
  {
    name: "no kind",
    given: shop([GERMANY, "kind: Region\n", ""]),
    says: lines`
      error MRD1102  the manifest lacks the key "kind"
        regions/germany.yaml:2:1
          1 | # yaml-language-server: $schema=https://meridian.dev/schemas/region.schema.json
        > 2 | apiVersion: meridian.dev/v1
            | ^^^^^^^^^^
        fix: add kind: Platform, Region, Workspace, Exemption or PriceBook (What the manifest describes)
    `,
  },
  {
    name: "kind in lower case",
    given: shop([GERMANY, "kind: Region", "kind: region"]),
    says: lines`
      error MRD1104  kind is "region", which is not one of the values it takes
        regions/germany.yaml:3:7
          1 | # yaml-language-server: $schema=https://meridian.dev/schemas/region.schema.json
          2 | apiVersion: meridian.dev/v1
        > 3 | kind: region
            |       ^^^^^^ did you mean "Region"?
        fix: use one of Platform, Region, Workspace, Exemption, PriceBook
    `,
  },
  {
    name: "the key kind misspelt",
    given: shop([GERMANY, "kind: Region", "knid: Region"]),
    says: lines`
      error MRD1101  unknown key "knid" in the manifest
        regions/germany.yaml:3:1
          1 | # yaml-language-server: $schema=https://meridian.dev/schemas/region.schema.json
          2 | apiVersion: meridian.dev/v1
        > 3 | knid: Region
            | ^^^^ did you mean "kind"?
        fix: the key it takes is kind
    `,
  },
  {
    name: "another version",
    given: shop([GERMANY, "meridian.dev/v1", "meridian.dev/v2"]),
    says: lines`
      error MRD1104  apiVersion must be meridian.dev/v1, not "meridian.dev/v2"
        regions/germany.yaml:2:13
          1 | # yaml-language-server: $schema=https://meridian.dev/schemas/region.schema.json
        > 2 | apiVersion: meridian.dev/v2
            |             ^^^^^^^^^^^^^^^ did you mean "meridian.dev/v1"?
        fix: write meridian.dev/v1
    `,
  },
  {
    name: "a key beside spec",
    given: shop([GERMANY, "spec:\n", "status: ready\nspec:\n"]),
    says: lines`
      error MRD1101  unknown key "status" in the manifest
        regions/germany.yaml:7:1
          5 |   name: germany
          6 |   platform: shop
        > 7 | status: ready
            | ^^^^^^
        fix: remove it: all keys this takes are there
    `,
  },
  {
    name: "a list at the top",
    given: alone("- apiVersion: meridian.dev/v1\n  kind: Region\n"),
    says: lines`
      error MRD1103  the manifest must be a mapping, not a list
        region.yaml:1:3
        > 1 | - apiVersion: meridian.dev/v1
            |   ^^^^^^^^^^
        fix: write a mapping with the keys apiVersion, kind
    `,
  },
  {
    name: "an engine misspelt",
    given: shop([PLATFORM, "engine: cnpg", "engine: cngp"]),
    good: shop(),
    says: lines`
      error MRD1104  spec.services.postgres.engine is "cngp", which is not one of the values it takes
        platform.yaml:15:15
          13 |   services:
          14 |     postgres:
        > 15 |       engine: cngp
             |               ^^^^ did you mean "cnpg"?
        fix: use one of cnpg, pglogical, streaming
    `,
  },
  {
    name: "an engine of another service",
    given: shop([PLATFORM, "engine: deployment", "engine: cnpg"]),
    says: lines`
      error MRD1104  spec.services.apps.engine is "cnpg", which is not one of the values it takes
        platform.yaml:18:15
          16 |       storage: { size: 20Gi }
          17 |     apps:
        > 18 |       engine: cnpg
             |               ^^^^
        fix: use one of deployment, app-service, instances
    `,
  },
  {
    name: "no engine",
    given: shop([PLATFORM, "      engine: cnpg\n", ""]),
    says: lines`
      error MRD1102  spec.services.postgres lacks the key "engine"
        platform.yaml:14:5
          12 |     region: { rpo: 60s, rto: 15m }
          13 |   services:
        > 14 |     postgres:
             |     ^^^^^^^^
        fix: add engine: cnpg, pglogical or streaming
    `,
  },
  {
    name: "the key engine misspelt",
    given: shop([PLATFORM, "engine: cnpg", "egine: cnpg"]),
    says: lines`
      error MRD1101  unknown key "egine" in spec.services.postgres
        platform.yaml:15:7
          13 |   services:
          14 |     postgres:
        > 15 |       egine: cnpg
             |       ^^^^^ did you mean "engine"?
        fix: the key it takes is engine
    `,
  },
  {
    name: "keys of another engine",
    given: shop([
      PLATFORM,
      "engine: cnpg\n",
      "engine: pglogical\n      nodeGroups: [app]\n      instances: 3\n",
    ]),
    says: lines`
      error MRD1102  spec.services.postgres lacks the key "hosts"
        platform.yaml:14:5
          12 |     region: { rpo: 60s, rto: 15m }
          13 |   services:
        > 14 |     postgres:
             |     ^^^^^^^^
        fix: add hosts: a mapping (Host of each region)

      error MRD1101  unknown key "instances" in spec.services.postgres
        platform.yaml:17:7
          15 |       engine: pglogical
          16 |       nodeGroups: [app]
        > 17 |       instances: 3
             |       ^^^^^^^^^ only with engine: cnpg
        fix: use one of deletion, version, instanceClass, port, hosts, conflicts, tables, migrations,
             alerts, backup
    `,
  },
  {
    name: "a key misspelt at the top of spec",
    given: shop([PLATFORM, "topology:", "topolgy:"]),
    says: lines`
      error MRD1101  unknown key "topolgy" in spec
        platform.yaml:8:3
          6 | spec:
          7 |   description: Two regions in Europe; the second takes over when the first is lost.
        > 8 |   topolgy: active-passive
            |   ^^^^^^^ did you mean "topology"?
        fix: use one of topology, standby, conflict, cells, rollout, failover, network, security,
             workspaces, budget, alerts, operations … (17 in all)
    `,
  },
  {
    name: "a key misspelt deep inside",
    given: shop([PLATFORM, "storage: { size:", "storage: { szie:"]),
    says: lines`
      error MRD1101  unknown key "szie" in spec.services.postgres.storage
        platform.yaml:16:18
          14 |     postgres:
          15 |       engine: cnpg
        > 16 |       storage: { szie: 20Gi }
             |                  ^^^^ did you mean "size"?
        fix: use one of size, class
    `,
  },
  {
    name: "a key that belongs one level up",
    given: shop([WORKSPACE, "residency: { jur", "residency: { homeRegion: germany, jur"]),
    says: lines`
      error MRD1101  unknown key "homeRegion" in spec.residency
        workspaces/first.yaml:10:16
           8 |   homeRegion: germany
           9 |   replicaRegions: [finland]
        > 10 |   residency: { homeRegion: germany, jurisdictions: [EU], dataClasses: [personal] }
             |                ^^^^^^^^^^
        fix: the key it takes is transfers
    `,
  },
  {
    name: "snake case",
    given: shop([WORKSPACE, "homeRegion:", "home_region:"]),
    says: lines`
      error MRD1101  unknown key "home_region" in spec
        workspaces/first.yaml:8:3
          6 |   platform: shop
          7 | spec:
        > 8 |   home_region: germany
            |   ^^^^^^^^^^^ did you mean "homeRegion"?
        fix: use one of title, homeRegion, tier, quota, budget, preferredRegion
    `,
  },
  {
    name: "a key nobody knows",
    given: shop([GERMANY, "  location:", "  color: green\n  location:"]),
    says: lines`
      error MRD1101  unknown key "color" in spec
        regions/germany.yaml:10:3
           8 |   provider: kubernetes
           9 |   cloud: hetzner
        > 10 |   color: green
             |   ^^^^^
        fix: use one of title, alternatives, availability, includes, serves, latency, kubernetes, cost,
             labels
    `,
  },
  {
    name: "two keys missing",
    given: shop([PLATFORM, "  topology: active-passive\n  regions: [germany, finland]\n", ""]),
    says: lines`
      error MRD1102  spec lacks the keys "topology", "regions"
        platform.yaml:6:1
          4 | metadata:
          5 |   name: shop
        > 6 | spec:
            | ^^^^
        fix: add topology: single, read-replicas, active-passive, active-active or isolated; regions: a
             list
    `,
  },
  {
    name: "spec left empty",
    given: shopWith({
      "regions/finland.yaml":
        "apiVersion: meridian.dev/v1\nkind: Region\nmetadata: { name: finland, platform: shop }\nspec:\n",
    }),
    says: lines`
      error MRD1103  spec must be a mapping, and it is empty
        regions/finland.yaml:4:1
          2 | kind: Region
          3 | metadata: { name: finland, platform: shop }
        > 4 | spec:
            | ^^^^
        fix: write a mapping (with the keys title, provider, cloud, location, alternatives, availability,
             includes, capacity, serves, network, endpoints, latency … (15 in all)); a key that is not
             needed can be left out
    `,
  },
  {
    name: "text instead of a list",
    given: shop([PLATFORM, "[germany, finland]", "germany, finland"]),
    says: lines`
      error MRD1103  spec.regions must be a list, not the text "germany, finland"
        platform.yaml:9:12
          7 |   description: Two regions in Europe; the second takes over when the first is lost.
          8 |   topology: active-passive
        > 9 |   regions: germany, finland
            |            ^^^^^^^^^^^^^^^^
        fix: write it as a list: [germany, finland]
    `,
  },
  {
    name: "a number instead of text",
    given: shop([PLATFORM, "size: 20Gi", "size: 20"]),
    says: lines`
      error MRD1103  spec.services.postgres.storage.size must be text, not the number 20
        platform.yaml:16:24
          14 |     postgres:
          15 |       engine: cnpg
        > 16 |       storage: { size: 20 }
             |                        ^^
        fix: A Kubernetes quantity of bytes; for example 50Gi
    `,
  },
  {
    name: "a version without quotes",
    given: shop([PLATFORM, "engine: cnpg\n", "engine: cnpg\n      version: 17.10\n"]),
    says: lines`
      error MRD1103  spec.services.postgres.version must be text, not the number 17.10
        platform.yaml:16:16
          14 |     postgres:
          15 |       engine: cnpg
        > 16 |       version: 17.10
             |                ^^^^^
        fix: quote it: "17.10"
    `,
  },
  {
    name: "a number in quotes",
    given: shop([GERMANY, "instances: 2", 'instances: "2"']),
    says: lines`
      error MRD1103  spec.capacity.instances must be a whole number, not the text "2"
        regions/germany.yaml:12:16
          10 |   location: nbg1
          11 |   capacity:
        > 12 |     instances: "2"
             |                ^^^
        fix: remove the quotes: 2
    `,
  },
  {
    name: "yes instead of true",
    given: shop([PLATFORM, "public: true", "public: yes"]),
    says: lines`
      error MRD1103  spec.services.apps.services[0].public must be true or false, not the text "yes"
        platform.yaml:20:74
          18 |       engine: deployment
          19 |       services:
        > 20 |         - { name: api, image: "registry.example/shop/api:1.0.0", public: yes }
             |                                                                          ^^^
        fix: write true
    `,
  },
  {
    name: "a list where a mapping belongs",
    given: shop([PLATFORM, "{ region: germany, epoch: 1 }", "[germany, 1]"]),
    says: lines`
      error MRD1103  spec.primary must be a mapping, not a list
        platform.yaml:10:12
           8 |   topology: active-passive
           9 |   regions: [germany, finland]
        > 10 |   primary: [germany, 1]
             |            ^^^^^^^^^^^^
        fix: write a mapping with the keys region, epoch
    `,
  },
  {
    name: "a word where a mapping belongs",
    given: shop([PLATFORM, "{ region: germany, epoch: 1 }", "germany"]),
    says: lines`
      error MRD1103  spec.primary must be a mapping, not the text "germany"
        platform.yaml:10:12
           8 |   topology: active-passive
           9 |   regions: [germany, finland]
        > 10 |   primary: germany
             |            ^^^^^^^
        fix: write a mapping with the keys region, epoch
    `,
  },
];
