/** Networks of an AWS platform: blocks of every subnet from one block a region, and who peers with whom. */
import type { PlatformManifest } from "../../manifest/schema/manifest";
import type { AwsNetworkSpec, AwsPeering, AwsRegionNetwork, AwsZoneNetwork } from "../specs/aws/network";
import { subBlock } from "./blocks";
import type { PlanInput, PlannedRegion } from "./plan-input";

/** Load balancers and clusters want two, whatever a region says. */
const LEAST_ZONES = 2;

/** Flow logs are for looking into what has just happened. */
const FLOW_LOG_DAYS = 30;

const POSTGRES = 5432;
const REDIS = 6379;

/** Zones that not every account has, or where EKS does not run: the others, in order. */
const ZONES: Readonly<Record<string, readonly number[]>> = {
  "us-east-1": [1, 2, 4, 5, 6],
  "us-west-1": [1, 3],
  "ca-central-1": [1, 2, 4],
  "ap-northeast-1": [1, 2, 4],
};

const EVERY_ZONE = [1, 2, 3];

/**
 * `use1` of `us-east-1`. Ids of zones mean the same place in every account, which their names do not: one
 * account's `us-east-1a` is another's `us-east-1c`.
 */
export function zonePrefix(location: string): string {
  const [area = "", ...rest] = location.split("-");
  const short = rest.map((part) => (/^\d+$/.test(part) ? part : (DIRECTIONS[part] ?? part.slice(0, 1))));
  return area + short.join("");
}

const DIRECTIONS: Readonly<Record<string, string>> = {
  northeast: "ne",
  northwest: "nw",
  southeast: "se",
  southwest: "sw",
};

/**
 * A region's block in two halves. Inside: private subnets of a sixteenth each, then database subnets of a
 * hundred-and-twenty-eighth; outside: public ones of a sixty-fourth. Blocks of a zone never move when one is added.
 */
function zoneNetwork(location: string, cidr: string, zone: number, at: number): AwsZoneNetwork {
  return {
    key: `az${String(zone)}`,
    zoneId: `${zonePrefix(location)}-az${String(zone)}`,
    private: subBlock(cidr, 4, at),
    database: subBlock(cidr, 7, 48 + at),
    public: subBlock(cidr, 6, 32 + at),
  };
}

/** `10.128.0.0/16` for the first region without a block of its own. */
const defaultBlock = (at: number): string => `10.${String(128 + at)}.0.0/16`;

function regionNetwork({ name, manifest }: PlannedRegion, at: number): AwsRegionNetwork {
  const { location, network, capacity, kubernetes } = manifest.spec;
  const cidr = network.cidr ?? defaultBlock(at);
  const zones = (ZONES[location] ?? EVERY_ZONE).slice(0, Math.max(capacity.zones, LEAST_ZONES));
  return {
    region: name,
    location,
    cidr,
    internal: subBlock(cidr, 1, 0),
    zones: zones.map((zone, index) => zoneNetwork(location, cidr, zone, index)),
    nat: "zone",
    kubernetes: kubernetes?.distribution === "eks",
  };
}

/** Every pair once, in the platform's order. */
const pairs = (names: readonly string[]): readonly AwsPeering[] =>
  names.flatMap((from, at) => names.slice(at + 1).map((to) => ({ from, to })));

/** The platform's own domain, or the one its regions' hosts are in. */
function internalDomain({ metadata, spec }: PlatformManifest, regions: readonly PlannedRegion[]) {
  const { internalDomain: written } = spec.network;
  if (written !== undefined) return written;
  const domain = `${metadata.name}.internal`;
  const hosts = regions.flatMap(({ manifest }) => Object.values(manifest.spec.endpoints));
  return hosts.some((host) => host.endsWith(`.${domain}`)) ? domain : undefined;
}

/** The networks of every region of a platform on AWS. */
export function networkSpec({ fleet }: PlanInput, regions: readonly PlannedRegion[]): AwsNetworkSpec {
  const { services, network } = fleet.platform.spec;
  const domain = internalDomain(fleet.platform, regions);
  return {
    kind: "aws/network",
    name: "network",
    regions: regions.map(regionNetwork),
    peerings: network.peering === "vpc-peering" ? pairs(regions.map(({ name }) => name)) : [],
    databasePorts: [
      ...(services.postgres === undefined ? [] : [portOf(services.postgres, POSTGRES)]),
      ...(services.redis === undefined ? [] : [portOf(services.redis, REDIS)]),
    ],
    ...(domain === undefined ? {} : { internalDomain: domain }),
    flowLogDays: FLOW_LOG_DAYS,
  };
}

const portOf = (service: object, usual: number): number =>
  "port" in service && typeof service.port === "number" ? service.port : usual;
