/** Names, regions and networks that do not fit together: one case a rule at least, with the nearest that passes. */
import { type BadCase, type Edit, lines, original, shop, shopWith } from "./shop";

const PLATFORM = "platform.yaml";
const GERMANY = "regions/germany.yaml";
const FINLAND = "regions/finland.yaml";
const WORKSPACE = "workspaces/first.yaml";

const addToPlatform = (more: string): Edit => [PLATFORM, "  residency:\n", `  ${more}\n  residency:\n`];
const serves = (file: string, what: string): Edit => [
  file,
  "  capacity:",
  `  serves: { ${what} }\n  capacity:`,
];
const topology = (name: string): Edit => [PLATFORM, "topology: active-passive", `topology: ${name}`];

export const regionRuleCases: readonly BadCase[] = [
  {
    name: "MRD2101: a region defined twice",
    given: shopWith({ "regions/germany-copy.yaml": original(GERMANY) }),
    good: shopWith({
      "regions/germany-copy.yaml": original(GERMANY).replaceAll("shop", "market").replace("10.1", "10.3"),
      "market.yaml": original(PLATFORM)
        .replaceAll("shop", "market")
        .replace("active-passive", "single")
        .replace("[germany, finland]", "[germany]"),
    }),
    says: lines`
      error MRD2101  region "germany" is defined twice
        regions/germany.yaml:5:9
          3 | kind: Region
          4 | metadata:
        > 5 |   name: germany
            |         ^^^^^^^ first in regions/germany-copy.yaml
        fix: rename one of them, or delete it
    `,
  },
  {
    name: "MRD2101: a platform defined twice",
    given: shopWith({ "platform-copy.yaml": original(PLATFORM) }),
    says: lines`
      error MRD2101  platform "shop" is defined twice
        platform.yaml:5:9
          3 | kind: Platform
          4 | metadata:
        > 5 |   name: shop
            |         ^^^^ first in platform-copy.yaml
        fix: rename one of them, or delete it
    `,
  },
  {
    name: "MRD2102: a workspace of a platform that is not there",
    given: shop([WORKSPACE, "platform: shop", "platform: shpo"]),
    good: shop(),
    says: lines`
      error MRD2102  workspace "first" belongs to platform "shpo", which does not exist
        workspaces/first.yaml:6:13
          4 | metadata:
          5 |   name: first
        > 6 |   platform: shpo
            |             ^^^^ did you mean "shop"?
        fix: use shop
    `,
  },
  {
    name: "MRD2102: no platform anywhere",
    given: [{ file: "region.yaml", text: original(FINLAND) }],
    says: lines`
      error MRD2102  region "finland" belongs to platform "shop", which does not exist
        region.yaml:6:13
          4 | metadata:
          5 |   name: finland
        > 6 |   platform: shop
            |             ^^^^
        fix: add the platform's manifest
    `,
  },
  {
    name: "MRD2103: fallback of a region that is not there",
    given: shop([PLATFORM, "fallback: germany", "fallback: gemany"]),
    good: shop([PLATFORM, "fallback: germany", "fallback: finland"]),
    says: lines`
      error MRD2103  "gemany" is not a region of platform "shop"
        platform.yaml:25:15
          23 |     zone: shop.example
          24 |     hostname: api.shop.example
        > 25 |     fallback: gemany
             |               ^^^^^^ did you mean "germany"?
        fix: use one of germany, finland
    `,
  },
  {
    name: "MRD2103: a rollout wave of a region that is not there",
    given: shop(addToPlatform("rollout: { waves: [[germany], [france]] }")),
    good: shop(addToPlatform("rollout: { waves: [[germany], [finland]] }")),
    says: lines`
      error MRD2103  "france" is not a region of platform "shop"
        platform.yaml:26:34
          24 |     hostname: api.shop.example
          25 |     fallback: germany
        > 26 |   rollout: { waves: [[germany], [france]] }
             |                                  ^^^^^^
        fix: use one of germany, finland
    `,
  },
  {
    name: "MRD2104: a home region that is not there",
    given: shop([WORKSPACE, "homeRegion: germany", "homeRegion: germny"]),
    good: shop([WORKSPACE, "homeRegion: germany\n  replicaRegions: [finland]", "homeRegion: finland"]),
    says: lines`
      error MRD2104  workspace "first" names a home region that is not part of platform "shop"
        workspaces/first.yaml:8:15
          6 |   platform: shop
          7 | spec:
        > 8 |   homeRegion: germny
            |               ^^^^^^ did you mean "germany"?
        fix: use one of germany, finland
    `,
  },
  {
    name: "MRD2105: a replica that is not there",
    given: shop([WORKSPACE, "[finland]", "[norway]"]),
    good: shop([WORKSPACE, "[finland]", "[]"]),
    says: lines`
      error MRD2105  workspace "first" names a replica region that is not part of platform "shop"
        workspaces/first.yaml:9:20
          7 | spec:
          8 |   homeRegion: germany
        > 9 |   replicaRegions: [norway]
            |                    ^^^^^^
        fix: use one of germany, finland
    `,
  },
  {
    name: "MRD2105: a preferred region that is not there",
    given: shop([WORKSPACE, "  replicaRegions", "  preferredRegion: fin\n  replicaRegions"]),
    good: shop([WORKSPACE, "  replicaRegions", "  preferredRegion: finland\n  replicaRegions"]),
    says: lines`
      error MRD2105  workspace "first" names a preferred region that is not part of platform "shop"
        workspaces/first.yaml:9:20
          7 | spec:
          8 |   homeRegion: germany
        > 9 |   preferredRegion: fin
            |                    ^^^ did you mean "finland"?
        fix: use one of germany, finland
    `,
  },
  {
    name: "MRD2106: the home region as replica",
    given: shop([WORKSPACE, "[finland]", "[finland, germany]"]),
    good: shop(),
    says: lines`
      error MRD2106  workspace "first" has its home region "germany" among its replicas
        workspaces/first.yaml:9:29
          7 | spec:
          8 |   homeRegion: germany
        > 9 |   replicaRegions: [finland, germany]
            |                             ^^^^^^^
        fix: a replica must be somewhere else: delete it, or name another region
    `,
  },
  {
    name: "MRD2107: a primary that is not there",
    given: shop([PLATFORM, "{ region: germany, epoch: 1 }", "{ region: deutschland, epoch: 1 }"]),
    good: shop([PLATFORM, "{ region: germany, epoch: 1 }", "{ region: finland, epoch: 2 }"]),
    says: lines`
      error MRD2107  "deutschland" is not a region of platform "shop"
        platform.yaml:10:22
           8 |   topology: active-passive
           9 |   regions: [germany, finland]
        > 10 |   primary: { region: deutschland, epoch: 1 }
             |                      ^^^^^^^^^^^
        fix: use one of germany, finland
    `,
  },
  {
    name: "MRD2108: a region listed twice",
    given: shop([PLATFORM, "[germany, finland]", "[germany, finland, germany]"]),
    good: shop(),
    says: lines`
      error MRD2108  region "germany" is listed twice
        platform.yaml:9:31
          7 |   description: Two regions in Europe; the second takes over when the first is lost.
          8 |   topology: active-passive
        > 9 |   regions: [germany, finland, germany]
            |                               ^^^^^^^
        fix: delete one of them
    `,
  },
  {
    name: "MRD2109: a region without manifest",
    given: shop([PLATFORM, "[germany, finland]", "[germany, finland, norway]"]),
    good: shopWith(
      { "regions/norway.yaml": original(FINLAND).replaceAll("finland", "norway").replace("10.2", "10.3") },
      [PLATFORM, "[germany, finland]", "[germany, finland, norway]"],
    ),
    says: lines`
      error MRD2109  region "norway" has no manifest
        platform.yaml:9:31
          7 |   description: Two regions in Europe; the second takes over when the first is lost.
          8 |   topology: active-passive
        > 9 |   regions: [germany, finland, norway]
            |                               ^^^^^^
        fix: add a Region named "norway" with metadata.platform: shop
    `,
  },
  {
    name: "MRD2110: a region nobody lists",
    given: shopWith({
      "regions/norway.yaml": original(FINLAND).replaceAll("finland", "norway").replace("10.2", "10.3"),
    }),
    says: lines`
      warning MRD2110  region "norway" is not listed by platform "shop" and is never applied
        regions/norway.yaml:5:9
          3 | kind: Region
          4 | metadata:
        > 5 |   name: norway
            |         ^^^^^^
        fix: add it to spec.regions in platform.yaml
    `,
  },
  {
    name: "MRD2111: a location misspelt",
    given: shop([GERMANY, "location: nbg1", "location: ngb1"]),
    good: shop([GERMANY, "location: nbg1", "location: fsn1"]),
    says: lines`
      error MRD2111  "ngb1" is not a location of hetzner in the catalog
        regions/germany.yaml:10:13
           8 |   provider: kubernetes
           9 |   cloud: hetzner
        > 10 |   location: ngb1
             |             ^^^^
        fix: use one of ash, fsn1, hel1, hil, nbg1, sin
    `,
  },
  {
    name: "MRD2111: a location of another cloud",
    given: shop([GERMANY, "cloud: hetzner", "cloud: aws"]),
    good: shop([GERMANY, "cloud: hetzner\n  location: nbg1", "cloud: aws\n  location: eu-central-1"]),
    says: lines`
      error MRD2111  "nbg1" is not a location of aws in the catalog
        regions/germany.yaml:10:13
           8 |   provider: kubernetes
           9 |   cloud: aws
        > 10 |   location: nbg1
             |             ^^^^ hetzner has it
        fix: use one of af-south-1, ap-east-1, ap-east-2, ap-northeast-1, ap-northeast-2, ap-northeast-3,
             ap-south-1, ap-south-2, ap-southeast-1, ap-southeast-2, ap-southeast-3, ap-southeast-4 … (39
             in all)
    `,
  },
  {
    name: "MRD2112: active-passive with one region",
    given: shopWith({ [FINLAND]: undefined, [WORKSPACE]: undefined }, [
      PLATFORM,
      "[germany, finland]",
      "[germany]",
    ]),
    good: shopWith(
      { [FINLAND]: undefined, [WORKSPACE]: undefined },
      [PLATFORM, "[germany, finland]", "[germany]"],
      topology("single"),
    ),
    says: lines`
      error MRD2112  topology "active-passive" needs at least two regions
        platform.yaml:8:13
          6 | spec:
          7 |   description: Two regions in Europe; the second takes over when the first is lost.
        > 8 |   topology: active-passive
            |             ^^^^^^^^^^^^^^
        fix: list another region, or use topology: single
    `,
  },
  {
    name: "MRD2112: active-passive with a second region that is only planned is a warning",
    given: shop(
      [FINLAND, "  provider:", "  availability: planned\n  provider:"],
      [WORKSPACE, "  replicaRegions: [finland]\n", ""],
    ),
    good: shop(
      topology("single"),
      [FINLAND, "  provider:", "  availability: planned\n  provider:"],
      [WORKSPACE, "  replicaRegions: [finland]\n", ""],
    ),
    says: lines`
      warning MRD2112  topology "active-passive" needs two regions, and finland is only planned
        platform.yaml:8:13
          6 | spec:
          7 |   description: Two regions in Europe; the second takes over when the first is lost.
        > 8 |   topology: active-passive
            |             ^^^^^^^^^^^^^^
        fix: use topology: single until then, or give one of them availability: active
    `,
  },
  {
    name: "MRD2113: the standby is the primary",
    given: shop(addToPlatform("standby: germany")),
    good: shop(addToPlatform("standby: finland")),
    says: lines`
      error MRD2113  the standby "germany" is the primary itself
        platform.yaml:26:12
          24 |     hostname: api.shop.example
          25 |     fallback: germany
        > 26 |   standby: germany
             |            ^^^^^^^
        fix: use finland
    `,
  },
  {
    name: "MRD2114: two regions serve one continent",
    given: shop(serves(GERMANY, "continents: [europe]"), serves(FINLAND, "continents: [europe, asia]")),
    good: shop(serves(GERMANY, "continents: [europe]"), serves(FINLAND, "continents: [asia]")),
    says: lines`
      error MRD2114  continent europe is served by both "finland" and "germany"
        regions/germany.yaml:11:26
           9 |   cloud: hetzner
          10 |   location: nbg1
        > 11 |   serves: { continents: [europe] }
             |                          ^^^^^^
        fix: leave it to one region
    `,
  },
  {
    name: "MRD2114: a country that the continent includes",
    given: shop(serves(GERMANY, "continents: [europe], countries: [FR]")),
    good: shop(serves(GERMANY, "continents: [europe], countries: [US]")),
    says: lines`
      error MRD2114  region "germany" serves country FR twice: europe includes it
        regions/germany.yaml:11:47
           9 |   cloud: hetzner
          10 |   location: nbg1
        > 11 |   serves: { continents: [europe], countries: [FR] }
             |                                               ^^
        fix: delete the country
    `,
  },
  {
    name: "MRD2115: a network that is no block",
    given: shop([GERMANY, "10.1.0.0/16", "10.300.0.0/16"]),
    good: shop([GERMANY, "10.1.0.0/16", "10.30.0.0/16"]),
    says: lines`
      error MRD2115  "10.300.0.0/16" is not an IPv4 block: each number goes from 0 to 255
        regions/germany.yaml:16:20
          14 |       - { name: germany-1, address: 192.0.2.11 }
          15 |       - { name: germany-2, address: 192.0.2.12 }
        > 16 |   network: { cidr: 10.300.0.0/16 }
             |                    ^^^^^^^^^^^^^
        fix: write it like 10.20.0.0/16
    `,
  },
  {
    name: "MRD2115: a reserve that is no block",
    given: shop(addToPlatform("reserved: [10.9.0.0/16, 10.256.0.0/16]")),
    good: shop(addToPlatform("reserved: [10.9.0.0/16, 10.255.0.0/16]")),
    says: lines`
      error MRD2115  "10.256.0.0/16" is not an IPv4 block: each number goes from 0 to 255
        platform.yaml:26:27
          24 |     hostname: api.shop.example
          25 |     fallback: germany
        > 26 |   reserved: [10.9.0.0/16, 10.256.0.0/16]
             |                           ^^^^^^^^^^^^^
        fix: write it like 10.20.0.0/16
    `,
  },
  {
    name: "MRD2116: networks that overlap",
    given: shop([FINLAND, "10.2.0.0/16", "10.1.128.0/20"]),
    good: shop([FINLAND, "10.2.0.0/16", "10.0.0.0/16"]),
    says: lines`
      error MRD2116  network 10.1.0.0/16 of region "germany" overlaps 10.1.128.0/20 of region "finland"
        regions/germany.yaml:16:20
          14 |       - { name: germany-1, address: 192.0.2.11 }
          15 |       - { name: germany-2, address: 192.0.2.12 }
        > 16 |   network: { cidr: 10.1.0.0/16 }
             |                    ^^^^^^^^^^^
        fix: give it a block of its own
    `,
  },
  {
    name: "MRD2116: a network inside the reserve",
    given: shop(addToPlatform("reserved: [10.0.0.0/12]")),
    good: shop(addToPlatform("reserved: [10.16.0.0/12]")),
    says: lines`
      error MRD2116  network 10.2.0.0/16 of region "finland" overlaps 10.0.0.0/12 of the platform's
                     reserved blocks
        regions/finland.yaml:16:20
          14 |       - { name: finland-1, address: 198.51.100.11 }
          15 |       - { name: finland-2, address: 198.51.100.12 }
        > 16 |   network: { cidr: 10.2.0.0/16 }
             |                    ^^^^^^^^^^^
        fix: give it a block of its own

      error MRD2116  network 10.1.0.0/16 of region "germany" overlaps 10.0.0.0/12 of the platform's
                     reserved blocks
        regions/germany.yaml:16:20
          14 |       - { name: germany-1, address: 192.0.2.11 }
          15 |       - { name: germany-2, address: 192.0.2.12 }
        > 16 |   network: { cidr: 10.1.0.0/16 }
             |                    ^^^^^^^^^^^
        fix: give it a block of its own
    `,
  },
];
