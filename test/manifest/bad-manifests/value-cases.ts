/** Manifests with values that are of the right type and still not what their key takes. */
import { type BadCase, type Edit, lines, shop, shopWith } from "./shop";

const PLATFORM = "platform.yaml";
const GERMANY = "regions/germany.yaml";
const WORKSPACE = "workspaces/first.yaml";

const addToPlatform = (more: string): Edit => [PLATFORM, "  residency:\n", `${more}\n  residency:\n`];
const rto = (written: string): Edit => [PLATFORM, "rto: 15m", `rto: ${written}`];

export const valueCases: readonly BadCase[] = [
  {
    name: "a value left out",
    given: shop([GERMANY, "location: nbg1", "location:"]),
    says: lines`
      error MRD1103  spec.location must be text, and it is empty
        regions/germany.yaml:10:3
           8 |   provider: kubernetes
           9 |   cloud: hetzner
        > 10 |   location:
             |   ^^^^^^^^
        fix: write text (Name of the location in the catalog); a key that is not needed can be left out
    `,
  },
  {
    name: "a topology misspelt",
    given: shop([PLATFORM, "active-passive", "active-pasive"]),
    good: shop(),
    says: lines`
      error MRD1104  spec.topology is "active-pasive", which is not one of the values it takes
        platform.yaml:8:13
          6 | spec:
          7 |   description: Two regions in Europe; the second takes over when the first is lost.
        > 8 |   topology: active-pasive
            |             ^^^^^^^^^^^^^ did you mean "active-passive"?
        fix: use one of single, read-replicas, active-passive, active-active, isolated
    `,
  },
  {
    name: "a topology nobody knows",
    given: shop([PLATFORM, "active-passive", "mirrored"]),
    says: lines`
      error MRD1104  spec.topology is "mirrored", which is not one of the values it takes
        platform.yaml:8:13
          6 | spec:
          7 |   description: Two regions in Europe; the second takes over when the first is lost.
        > 8 |   topology: mirrored
            |             ^^^^^^^^
        fix: use one of single, read-replicas, active-passive, active-active, isolated
    `,
  },
  {
    name: "a duration without unit",
    given: shop(rto("15")),
    good: shop(rto("15m")),
    says: lines`
      error MRD1103  spec.objectives.region.rto must be text, not the number 15
        platform.yaml:12:30
          10 |   primary: { region: germany, epoch: 1 }
          11 |   objectives:
        > 12 |     region: { rpo: 60s, rto: 15 }
             |                              ^^
        fix: A whole number and ms, s, m, h or d; for example 30s
    `,
  },
  {
    name: "a duration with a space",
    given: shop(rto("15 m")),
    says: lines`
      error MRD1105  spec.objectives.region.rto cannot be "15 m"
        platform.yaml:12:30
          10 |   primary: { region: germany, epoch: 1 }
          11 |   objectives:
        > 12 |     region: { rpo: 60s, rto: 15 m }
             |                              ^^^^ did you mean "15m"?
        fix: A whole number and ms, s, m, h or d; for example 30s
    `,
  },
  {
    name: "a duration in words",
    given: shop(rto("15min")),
    says: lines`
      error MRD1105  spec.objectives.region.rto cannot be "15min"
        platform.yaml:12:30
          10 |   primary: { region: germany, epoch: 1 }
          11 |   objectives:
        > 12 |     region: { rpo: 60s, rto: 15min }
             |                              ^^^^^ did you mean "15m"?
        fix: A whole number and ms, s, m, h or d; for example 30s
    `,
  },
  {
    name: "a duration in parts",
    given: shop(rto("1h30m")),
    good: shop(rto("90m")),
    says: lines`
      error MRD1105  spec.objectives.region.rto cannot be "1h30m"
        platform.yaml:12:30
          10 |   primary: { region: germany, epoch: 1 }
          11 |   objectives:
        > 12 |     region: { rpo: 60s, rto: 1h30m }
             |                              ^^^^^ did you mean "90m"?
        fix: A whole number and ms, s, m, h or d; for example 30s
    `,
  },
  {
    name: "a negative duration",
    given: shop(rto("-5m")),
    says: lines`
      error MRD1105  spec.objectives.region.rto cannot be "-5m"
        platform.yaml:12:30
          10 |   primary: { region: germany, epoch: 1 }
          11 |   objectives:
        > 12 |     region: { rpo: 60s, rto: -5m }
             |                              ^^^
        fix: A whole number and ms, s, m, h or d; for example 30s
    `,
  },
  {
    name: "bytes in decimal units",
    given: shop([PLATFORM, "20Gi", "20GB"]),
    good: shop([PLATFORM, "20Gi", "20Gi"]),
    says: lines`
      error MRD1105  spec.services.postgres.storage.size cannot be "20GB"
        platform.yaml:16:24
          14 |     postgres:
          15 |       engine: cnpg
        > 16 |       storage: { size: 20GB }
             |                        ^^^^ did you mean "20Gi"?
        fix: A Kubernetes quantity of bytes; for example 50Gi
    `,
  },
  {
    name: "money with its sign",
    given: shop(addToPlatform("  budget: { monthly: €40 }")),
    good: shop(addToPlatform("  budget: { monthly: 40 EUR }")),
    says: lines`
      error MRD1105  spec.budget.monthly cannot be "€40"
        platform.yaml:26:22
          24 |     hostname: api.shop.example
          25 |     fallback: germany
        > 26 |   budget: { monthly: €40 }
             |                      ^^^ did you mean "40 EUR"?
        fix: An amount and an ISO 4217 currency; for example 40 EUR
    `,
  },
  {
    name: "money with a comma",
    given: shop(addToPlatform('  budget: { monthly: "13,50 EUR" }')),
    says: lines`
      error MRD1105  spec.budget.monthly cannot be "13,50 EUR"
        platform.yaml:26:22
          24 |     hostname: api.shop.example
          25 |     fallback: germany
        > 26 |   budget: { monthly: "13,50 EUR" }
             |                      ^^^^^^^^^^^ did you mean "13.50 EUR"?
        fix: An amount and an ISO 4217 currency; for example 40 EUR
    `,
  },
  {
    name: "a name in capitals",
    given: shop([GERMANY, "  name: germany", "  name: Germany"]),
    says: lines`
      error MRD1105  metadata.name cannot be "Germany"
        regions/germany.yaml:5:9
          3 | kind: Region
          4 | metadata:
        > 5 |   name: Germany
            |         ^^^^^^^ did you mean "germany"?
        fix: Lower case letters, digits and dashes, at most 63; for example eu-central
    `,
  },
  {
    name: "a name with an underscore",
    given: shop([WORKSPACE, "name: first", "name: first_one"]),
    says: lines`
      error MRD1105  metadata.name cannot be "first_one"
        workspaces/first.yaml:5:9
          3 | kind: Workspace
          4 | metadata:
        > 5 |   name: first_one
            |         ^^^^^^^^^ did you mean "first-one"?
        fix: Lower case letters, digits and dashes, at most 63; for example eu-central
    `,
  },
  {
    name: "a host without dots",
    given: shop([GERMANY, "pg-germany.shop.example", "localhost"]),
    says: lines`
      error MRD1105  spec.endpoints.postgres cannot be "localhost"
        regions/germany.yaml:17:26
          15 |       - { name: germany-2, address: 192.0.2.12 }
          16 |   network: { cidr: 10.1.0.0/16 }
        > 17 |   endpoints: { postgres: localhost }
             |                          ^^^^^^^^^
        fix: A fully qualified domain name; for example api.openova.io
    `,
  },
  {
    name: "a host with a scheme",
    given: shop([GERMANY, "pg-germany.shop.example", "https://pg.shop.example"]),
    says: lines`
      error MRD1105  spec.endpoints.postgres cannot be "https://pg.shop.example"
        regions/germany.yaml:17:26
          15 |       - { name: germany-2, address: 192.0.2.12 }
          16 |   network: { cidr: 10.1.0.0/16 }
        > 17 |   endpoints: { postgres: https://pg.shop.example }
             |                          ^^^^^^^^^^^^^^^^^^^^^^^ did you mean "pg.shop.example"?
        fix: A fully qualified domain name; for example api.openova.io
    `,
  },
  {
    name: "an address with a port",
    given: shop([GERMANY, "192.0.2.11", "192.0.2.11:443"]),
    says: lines`
      error MRD1105  spec.capacity.nodes[0].address cannot be "192.0.2.11:443"
        regions/germany.yaml:14:37
          12 |     instances: 2
          13 |     nodes:
        > 14 |       - { name: germany-1, address: 192.0.2.11:443 }
             |                                     ^^^^^^^^^^^^^^ did you mean "192.0.2.11"?
        fix: An IPv4 or IPv6 address; for example 203.0.113.11
    `,
  },
  {
    name: "an address with a number too high",
    given: shop([GERMANY, "192.0.2.11", "192.0.2.256"]),
    good: shop([GERMANY, "192.0.2.11", "2001:db8::11"]),
    says: lines`
      error MRD1105  spec.capacity.nodes[0].address cannot be "192.0.2.256"
        regions/germany.yaml:14:37
          12 |     instances: 2
          13 |     nodes:
        > 14 |       - { name: germany-1, address: 192.0.2.256 }
             |                                     ^^^^^^^^^^^
        fix: An IPv4 or IPv6 address; for example 203.0.113.11
    `,
  },
  {
    name: "a network too small",
    given: shop([GERMANY, "10.1.0.0/16", "10.1.0.0/30"]),
    good: shop([GERMANY, "10.1.0.0/16", "10.1.0.0/28"]),
    says: lines`
      error MRD1105  spec.network.cidr cannot be "10.1.0.0/30"
        regions/germany.yaml:16:20
          14 |       - { name: germany-1, address: 192.0.2.11 }
          15 |       - { name: germany-2, address: 192.0.2.12 }
        > 16 |   network: { cidr: 10.1.0.0/30 }
             |                    ^^^^^^^^^^^
        fix: An IPv4 block from /12 to /28; for example 10.20.0.0/16
    `,
  },
  {
    name: "a country in lower case",
    given: shop([GERMANY, "  capacity:", "  serves: { countries: [de] }\n  capacity:"]),
    says: lines`
      error MRD1105  spec.serves.countries[0] cannot be "de"
        regions/germany.yaml:11:25
           9 |   cloud: hetzner
          10 |   location: nbg1
        > 11 |   serves: { countries: [de] }
             |                         ^^ did you mean "DE"?
        fix: ISO 3166-1 alpha-2; for example DE
    `,
  },
  {
    name: "a continent misspelt",
    given: shop([GERMANY, "  capacity:", "  serves: { continents: [Europe] }\n  capacity:"]),
    says: lines`
      error MRD1104  spec.serves.continents[0] is "Europe", which is not one of the values it takes
        regions/germany.yaml:11:26
           9 |   cloud: hetzner
          10 |   location: nbg1
        > 11 |   serves: { continents: [Europe] }
             |                          ^^^^^^ did you mean "europe"?
        fix: use one of africa, antarctica, asia, europe, north-america, oceania, south-america
    `,
  },
  {
    name: "an epoch of zero",
    given: shop([PLATFORM, "epoch: 1", "epoch: 0"]),
    good: shop(),
    says: lines`
      error MRD1106  spec.primary.epoch must be from 1 to 2147483647, not 0
        platform.yaml:10:38
           8 |   topology: active-passive
           9 |   regions: [germany, finland]
        > 10 |   primary: { region: germany, epoch: 0 }
             |                                      ^
        fix: use a number from 1 to 2147483647
    `,
  },
  {
    name: "half an epoch",
    given: shop([PLATFORM, "epoch: 1", "epoch: 1.5"]),
    says: lines`
      error MRD1103  spec.primary.epoch must be a whole number, not the number 1.5
        platform.yaml:10:38
           8 |   topology: active-passive
           9 |   regions: [germany, finland]
        > 10 |   primary: { region: germany, epoch: 1.5 }
             |                                      ^^^
        fix: write a whole number
    `,
  },
  {
    name: "a percentage above 100",
    given: shop([GERMANY, "  capacity:", "  cost: { premium: 115 }\n  capacity:"]),
    good: shop([GERMANY, "  capacity:", "  cost: { premium: 100 }\n  capacity:"]),
    says: lines`
      error MRD1106  spec.cost.premium must be from 0 to 100, not 115
        regions/germany.yaml:11:20
           9 |   cloud: hetzner
          10 |   location: nbg1
        > 11 |   cost: { premium: 115 }
             |                    ^^^
        fix: use a number from 0 to 100
    `,
  },
  {
    name: "a port too high",
    given: shop([PLATFORM, "public: true", "public: true, port: 80800"]),
    says: lines`
      error MRD1106  spec.services.apps.services[0].port must be from 1 to 65535, not 80800
        platform.yaml:20:86
          18 |       engine: deployment
          19 |       services:
        > 20 |         - { name: api, image: "registry.example/shop/api:1.0.0", public: true, port: 80800…
             |                                                                                      ^^^^^
        fix: use a number from 1 to 65535
    `,
  },
  {
    name: "no region at all",
    given: shop([PLATFORM, "[germany, finland]", "[]"]),
    says: lines`
      error MRD1107  spec.regions is empty
        platform.yaml:9:12
          7 |   description: Two regions in Europe; the second takes over when the first is lost.
          8 |   topology: active-passive
        > 9 |   regions: []
            |            ^^
        fix: give it at least 1 entry
    `,
  },
  {
    name: "an empty description",
    given: shop([PLATFORM, "Two regions in Europe; the second takes over when the first is lost.", '""']),
    says: lines`
      error MRD1107  spec.description is empty
        platform.yaml:7:16
          5 |   name: shop
          6 | spec:
        > 7 |   description: ""
            |                ^^
        fix: give it at least 1 character
    `,
  },
  {
    name: "a jurisdiction twice",
    given: shop([WORKSPACE, "[EU]", "[EU, EU]"]),
    good: shop([WORKSPACE, "[EU]", "[EU, CH]"]),
    says: lines`
      error MRD1108  spec.residency.jurisdictions has "EU" twice
        workspaces/first.yaml:10:36
           8 |   homeRegion: germany
           9 |   replicaRegions: [finland]
        > 10 |   residency: { jurisdictions: [EU, EU], dataClasses: [personal] }
             |                                    ^^ already entry 1
        fix: remove one of the two
    `,
  },
  {
    name: "a date that is none",
    given: shop([
      WORKSPACE,
      "residency: { ",
      "residency: { transfers: [{ to: US, basis: scc, since: 2026-02-30 }], ",
    ]),
    good: shop([
      WORKSPACE,
      "residency: { ",
      "residency: { transfers: [{ to: US, basis: scc, since: 2026-02-28 }], ",
    ]),
    says: lines`
      error MRD1105  spec.residency.transfers[0].since cannot be "2026-02-30"
        workspaces/first.yaml:10:57
           8 |   homeRegion: germany
           9 |   replicaRegions: [finland]
        > 10 |   residency: { transfers: [{ to: US, basis: scc, since: 2026-02-30 }], jurisdictions: [EU]…
             |                                                         ^^^^^^^^^^
        fix: write a date such as 2026-01-31
    `,
  },
  {
    name: "a secret's value instead of its name",
    given: shop(addToPlatform("  credentials: { germany: hunter2 }")),
    says: lines`
      error MRD1103  spec.credentials.germany must be a mapping, not the text "hunter2"
        platform.yaml:26:27
          24 |     hostname: api.shop.example
          25 |     fallback: germany
        > 26 |   credentials: { germany: hunter2 }
             |                           ^^^^^^^
        fix: The name of a secret, never its value; for example {"secret":"kubeconfig-europe"}
    `,
  },
  {
    name: "an exemption without end",
    given: shopWith({
      "exemption.yaml":
        "apiVersion: meridian.dev/v1\nkind: Exemption\nmetadata: { name: e, platform: shop }\nspec:\n  rules: [RES-001]\n  reason: later\n  ticket: T-1\n  approvedBy: me\n",
    }),
    says: lines`
      error MRD1102  spec lacks the key "expiresAt"
        exemption.yaml:4:1
          2 | kind: Exemption
          3 | metadata: { name: e, platform: shop }
        > 4 | spec:
            | ^^^^
        fix: add expiresAt: a date such as 2026-01-31
    `,
  },
  {
    name: "a price book with a rate of zero",
    given: shopWith({
      "prices.yaml":
        "apiVersion: meridian.dev/v1\nkind: PriceBook\nmetadata: { name: p }\nspec: { currency: EUR, asOf: 2026-01-31, rates: { USD: 0 } }\n",
    }),
    good: shopWith({
      "prices.yaml":
        "apiVersion: meridian.dev/v1\nkind: PriceBook\nmetadata: { name: p }\nspec: { currency: EUR, asOf: 2026-01-31, rates: { USD: 0.9 } }\n",
    }),
    says: lines`
      error MRD1106  spec.rates.USD must be above 0, not 0
        prices.yaml:4:56
          2 | kind: PriceBook
          3 | metadata: { name: p }
        > 4 | spec: { currency: EUR, asOf: 2026-01-31, rates: { USD: 0 } }
            |                                                        ^
        fix: use a number above 0
    `,
  },
];
