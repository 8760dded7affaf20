import { DefaultSecurityGroup } from "@pulumi/aws/ec2/defaultSecurityGroup";
import { Eip } from "@pulumi/aws/ec2/eip";
import { InternetGateway } from "@pulumi/aws/ec2/internetGateway";
import { NatGateway } from "@pulumi/aws/ec2/natGateway";
import type { Subnet } from "@pulumi/aws/ec2/subnet";
import { Vpc } from "@pulumi/aws/ec2/vpc";
import { all, ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import type { AwsNetworkSpec, AwsRegionNetwork } from "../../automation/fleet/specs/aws/network";
import { databaseGroup } from "./database-access";
import { flowLog } from "./flow-log";
import {
  associate,
  defaultRoute,
  type NamedTable,
  routeTable,
  subnet,
  type Tier,
  type VpcPlace,
} from "./network-tier";
import { tagsOf } from "./tags";
import { endpoints } from "./vpc-endpoints";

/** One region's VPC: three tiers in each zone, and nothing of two of them on the internet. */
export class RegionNetwork extends ComponentResource {
  /** `network-us-east-1`: what names of its parts begin with. */
  readonly prefix: string;
  readonly vpcId: Output<string>;
  readonly subnetIds: Readonly<Record<Tier, Output<string[]>>>;
  readonly databaseGroupId: Output<string>;
  /** Tables of the tiers that reach other regions. */
  readonly internalTables: readonly NamedTable[];

  constructor(
    name: string,
    network: AwsRegionNetwork,
    spec: AwsNetworkSpec,
    platform: string,
    opts?: ComponentResourceOptions,
  ) {
    super("meridian:aws:RegionNetwork", name, {}, opts);
    const tagged = { platform, scope: network.region };
    const child = { parent: this };
    const vpc = new Vpc(
      name,
      {
        cidrBlock: network.cidr,
        enableDnsSupport: true,
        enableDnsHostnames: true,
        tags: tagsOf(tagged, name),
      },
      child,
    );
    const place: VpcPlace = { name, vpcId: vpc.id, network, tagged, opts: child };
    // Without rules: who forgets to choose a group reaches nothing.
    new DefaultSecurityGroup(
      `${name}-default`,
      { vpcId: vpc.id, ingress: [], egress: [], tags: tagsOf(tagged, `${name}-closed`) },
      child,
    );
    const gates = publicTier(place);
    const inside = privateTier(place, natGateways(place, gates));
    const data = databaseTier(place);
    this.internalTables = [...inside.tables, ...data.tables];
    endpoints(place, { subnets: inside.subnets, tables: this.internalTables });
    flowLog(place, spec.flowLogDays);
    this.prefix = name;
    this.vpcId = vpc.id;
    this.databaseGroupId = databaseGroup(place, spec);
    this.subnetIds = {
      public: idsOf(gates.subnets),
      private: idsOf(inside.subnets),
      database: idsOf(data.subnets),
    };
    this.registerOutputs({ vpcId: this.vpcId });
  }
}

const idsOf = (subnets: readonly Subnet[]): Output<string[]> => all(subnets.map(({ id }) => id));

interface PublicTier {
  readonly subnets: readonly Subnet[];
  readonly gateway: InternetGateway;
}

function publicTier(place: VpcPlace): PublicTier {
  const { name, vpcId, network, tagged, opts } = place;
  const gateway = new InternetGateway(name, { vpcId, tags: tagsOf(tagged, name) }, opts);
  const named = routeTable(place, "public");
  defaultRoute(place, named, { gatewayId: gateway.id });
  const subnets = network.zones.map((zone) => {
    const made = subnet(place, "public", zone);
    associate(place, "public", zone.key, made, named.table);
    return made;
  });
  return { subnets, gateway };
}

/** In the order of the zones: one each, or the first one's. AWS refuses one before the internet is there. */
function natGateways(place: VpcPlace, { subnets, gateway }: PublicTier): readonly NatGateway[] {
  const { name, network, tagged } = place;
  const opts = { ...place.opts, dependsOn: [gateway] };
  return (network.nat === "zone" ? network.zones : network.zones.slice(0, 1)).flatMap((zone, at) => {
    const within = subnets[at];
    if (within === undefined) return [];
    const key = `${name}-nat-${zone.key}`;
    const tags = tagsOf(tagged, key);
    const address = new Eip(key, { domain: "vpc", tags }, opts);
    return [new NatGateway(key, { allocationId: address.id, subnetId: within.id, tags }, opts)];
  });
}

interface TierMade {
  readonly subnets: readonly Subnet[];
  readonly tables: readonly NamedTable[];
}

function privateTier(place: VpcPlace, gateways: readonly NatGateway[]): TierMade {
  const made = place.network.zones.map((zone, at) => {
    const within = subnet(place, "private", zone);
    const named = routeTable(place, `private-${zone.key}`);
    const gateway = gateways[at] ?? gateways[0];
    if (gateway !== undefined) defaultRoute(place, named, { natGatewayId: gateway.id });
    associate(place, "private", zone.key, within, named.table);
    return { within, named };
  });
  return { subnets: made.map(({ within }) => within), tables: made.map(({ named }) => named) };
}

function databaseTier(place: VpcPlace): TierMade {
  const named = routeTable(place, "database");
  const subnets = place.network.zones.map((zone) => {
    const within = subnet(place, "database", zone);
    associate(place, "database", zone.key, within, named.table);
    return within;
  });
  return { subnets, tables: [named] };
}
