import type { DiagnosticCode } from "../diagnostic";
import type { CodeEntry } from "../diagnostics/codes";

/** MRD2xxx: what can be wrong between manifests; MRD3xxx: promises of time that cannot be kept. */
export const ruleCodes = {
  MRD2101: {
    title: "defined twice",
    meaning: "Two manifests of one platform have the same kind and name, and only one could be meant.",
    next: "Rename one of them, or delete it.",
    example: { wrong: "name: germany   # in two files", right: "name: germany   # in one of them" },
  },
  MRD2102: {
    title: "unknown platform",
    meaning: "A region, workspace or exemption says it belongs to a platform that no manifest describes.",
    next: "Correct metadata.platform, or add the platform's manifest.",
    example: {
      wrong: "metadata: { name: germany, platform: shpo }",
      right: "metadata: { name: germany, platform: shop }",
    },
  },
  MRD2103: {
    title: "unknown region",
    meaning: "A setting of the platform names a region that spec.regions does not list.",
    next: "Use a name of spec.regions, or add the region there.",
    example: { wrong: "fallback: germny", right: "fallback: germany" },
  },
  MRD2104: {
    title: "home region outside the platform",
    meaning: "A workspace's data would be written in a region that its platform does not have.",
    next: "Use one of the platform's regions.",
    example: { wrong: "homeRegion: eu-centrall", right: "homeRegion: eu-central" },
  },
  MRD2105: {
    title: "replica or preferred region outside the platform",
    meaning: "A workspace names a region for its copies or its requests that its platform does not have.",
    next: "Use one of the platform's regions.",
    example: { wrong: "replicaRegions: [finnland]", right: "replicaRegions: [finland]" },
  },
  MRD2106: {
    title: "home region among the replicas",
    meaning: "A copy in the same region is lost together with the original.",
    next: "Delete it from replicaRegions, or name another region.",
    example: {
      wrong: "homeRegion: germany\nreplicaRegions: [germany]",
      right: "homeRegion: germany\nreplicaRegions: [finland]",
    },
  },
  MRD2107: {
    title: "primary outside the platform",
    meaning: "The owner of the writes is not one of the platform's regions.",
    next: "Use one of spec.regions.",
    example: { wrong: "primary: { region: germny }", right: "primary: { region: germany }" },
  },
  MRD2108: {
    title: "region listed twice",
    meaning: "The platform lists the same region more than once.",
    next: "Delete one of them.",
    example: { wrong: "regions: [germany, germany]", right: "regions: [germany, finland]" },
  },
  MRD2109: {
    title: "region without manifest",
    meaning: "The platform lists a region that no Region manifest of this platform describes.",
    next: "Add the manifest, correct the name, or take the region off the list.",
    example: { wrong: "regions: [germany, finnland]", right: "regions: [germany, finland]" },
  },
  MRD2110: {
    title: "region not listed",
    meaning: "A Region manifest exists, but its platform does not list the region: it is never applied.",
    next: "Add it to the platform's spec.regions, or delete the manifest.",
    example: { wrong: "regions: [germany]", right: "regions: [germany, finland]" },
  },
  MRD2111: {
    title: "unknown location",
    meaning: "The catalog has no such location of this cloud, so its country and laws are not known.",
    next: "Use a name of regions/catalog/, where each cloud has a file.",
    example: { wrong: "provider: aws\nlocation: us-est-1", right: "provider: aws\nlocation: us-east-1" },
  },
  MRD2112: {
    title: "too few regions",
    meaning: "The topology spreads work over several regions, and there is only one.",
    next: "List another region, or use topology: single.",
    example: {
      wrong: "topology: active-passive\nregions: [germany]",
      right: "topology: active-passive\nregions: [germany, finland]",
    },
  },
  MRD2113: {
    title: "standby is the primary",
    meaning: "A region cannot take over from itself.",
    next: "Name another region as spec.standby, or leave it out: the next one in order is taken.",
    example: {
      wrong: "primary: { region: germany }\nstandby: germany",
      right: "primary: { region: germany }\nstandby: finland",
    },
  },
  MRD2114: {
    title: "served twice",
    meaning: "The same users are claimed by two regions, or twice by one: where they go would be chance.",
    next: "Leave each continent, country and point of presence to one region.",
    example: {
      wrong: "serves: { continents: [europe], countries: [DE] }",
      right: "serves: { continents: [europe] }",
    },
  },
  MRD2115: {
    title: "not an address block",
    meaning: "A number of the block is above what an address or a prefix can hold.",
    next: "Write it like 10.20.0.0/16.",
    example: { wrong: "cidr: 10.300.0.0/16", right: "cidr: 10.30.0.0/16" },
  },
  MRD2116: {
    title: "networks overlap",
    meaning: "Two regions, or a region and a reserved block, share addresses, so they can never be joined.",
    next: "Give the region a block of its own.",
    example: { wrong: "cidr: 10.1.0.0/16   # as the other region", right: "cidr: 10.2.0.0/16" },
  },
  MRD2117: {
    title: "unknown alert channel",
    meaning: "Something is to be told to a channel that spec.alerts.channels does not define.",
    next: "Correct the name, or define the channel.",
    example: { wrong: "notify: [slak]", right: "notify: [slack]" },
  },
  MRD2118: {
    title: "unknown jurisdiction",
    meaning: "The catalog knows no bloc and no country of that code, so residency could not be judged by it.",
    next: "Use a bloc such as EU, or the code of a country such as DE.",
    example: { wrong: "jurisdictions: [UE]", right: "jurisdictions: [EU]" },
  },
  MRD2119: {
    title: "unknown country or point of presence",
    meaning: "A region says it serves a place that the catalog does not know.",
    next: "Use the two letters of ISO 3166-1 for countries, and airport codes for points of presence.",
    example: { wrong: "serves: { countries: [UK] }", right: "serves: { countries: [GB] }" },
  },
  MRD2120: {
    title: "engine on the wrong provider",
    meaning: "A service's engine is not offered by the provider of one of the regions.",
    next: "Choose another engine, or another provider for the region.",
    example: {
      wrong: "cosmos: { engine: sql }   # and a region on kubernetes",
      right: "cosmos: { engine: sql }   # all regions on azure",
    },
  },
  MRD2121: {
    title: "geo-replication below Premium",
    meaning: "Azure Cache for Redis links caches of different regions in tier Premium only.",
    next: "Set tier: Premium, or geoReplication: false.",
    example: { wrong: "tier: Standard\ngeoReplication: true", right: "tier: Premium\ngeoReplication: true" },
  },
  MRD2122: {
    title: "minimum above maximum",
    meaning: "Scaling has no number of instances to choose from.",
    next: "Swap them, or raise the maximum.",
    example: { wrong: "scaling: { minimum: 8, maximum: 4 }", right: "scaling: { minimum: 4, maximum: 8 }" },
  },
  MRD2123: {
    title: "shares that are not 100 %",
    meaning: "The shares of the traffic policies must add up to all of the traffic.",
    next: "Change the percents until they add up to 100.",
    example: {
      wrong: "policies: [{ type: latency, percent: 80 }, { type: weighted, percent: 30 }]",
      right: "policies: [{ type: latency, percent: 80 }, { type: weighted, percent: 20 }]",
    },
  },
  MRD2124: {
    title: "no endpoint for replication",
    meaning: "PostgreSQL in one region must reach the other regions by a host name, and one region has none.",
    next: "Add spec.endpoints.postgres to the region.",
    example: { wrong: "endpoints: {}", right: "endpoints: { postgres: pg-germany.shop.example }" },
  },
  MRD2125: {
    title: "no machines behind the load balancer",
    meaning: "The load balancer has a pool for each region, and this region's would be empty.",
    next: "List the machines under spec.capacity.nodes with their addresses.",
    example: {
      wrong: "capacity: { instances: 2 }",
      right: "capacity: { nodes: [{ name: germany-1, address: 192.0.2.11 }] }",
    },
  },
  MRD2126: {
    title: "too many workspaces in one stack",
    meaning: "A stack stays small enough to apply quickly only up to a number of workspaces.",
    next: "Raise spec.workspaces.shards of the platform.",
    example: {
      wrong: "workspaces: { shards: 1 }   # and 400 workspaces",
      right: "workspaces: { shards: 4 }",
    },
  },
  MRD2127: {
    title: "workspace in a region that holds nothing",
    meaning:
      "The region is part of the platform, but its topology or availability leaves it unused for now: a workspace at home there would get nothing.",
    next: "Move the workspace to a region in use, or bring the region into use first.",
    example: {
      wrong: "topology: single   # primary germany\nhomeRegion: finland",
      right: "topology: single   # primary germany\nhomeRegion: germany",
    },
  },
  MRD2128: {
    title: "workspace without resources",
    meaning: "Workspaces are made of namespaces, quotas and network policies, which only Kubernetes has.",
    next: "Keep it as the record of where its data is, or give it a home in a Kubernetes region.",
    example: {
      wrong: "homeRegion: east-us   # provider: azure",
      right: "homeRegion: europe    # provider: kubernetes",
    },
  },
  MRD2190: {
    title: "stacks wait for each other",
    meaning: "The order of the stacks has a circle, so none of them could begin.",
    next: "This is a bug of the planner: report it with the manifests.",
  },
  MRD3101: {
    title: "probe longer than its interval",
    meaning: "A probe that may take longer than the time to the next one overlaps it.",
    next: "Shorten the timeout, or probe less often.",
    example: { wrong: "interval: 30s\ntimeout: 30s", right: "interval: 30s\ntimeout: 5s" },
  },
  MRD3102: {
    title: "lease renewed too late",
    meaning: "A lease that is renewed no sooner than it runs out is lost while its holder is well.",
    next: "Renew more often, or make the lease longer.",
    example: { wrong: "lease: { duration: 10s, renew: 10s }", right: "lease: { duration: 10s, renew: 3s }" },
  },
  MRD3201: {
    title: "RTO shorter than detection",
    meaning: "Noticing that a region is lost takes longer than its recovery may take.",
    next: "Probe more often, accept fewer failures, or set an objective that can be met.",
    example: {
      wrong: "objectives: { region: { rpo: 0s, rto: 1m } }   # detection 3 × 30 s",
      right: "objectives: { region: { rpo: 0s, rto: 15m } }",
    },
  },
  MRD3202: {
    title: "RTO shorter than the failover",
    meaning: "The phases of a failover together take longer than the objective allows.",
    next: "Shorten a phase, or set an objective that can be met.",
    example: { wrong: "mode: manual\ntiming: { decide: 20m }   # RTO 15 m", right: "mode: automatic" },
  },
} as const satisfies Readonly<Record<DiagnosticCode, CodeEntry>>;

/** A code of a rule over more than one field. */
export type RuleCode = keyof typeof ruleCodes;
