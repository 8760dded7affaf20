import { Route } from "@pulumi/aws/ec2/route";
import { RouteTable } from "@pulumi/aws/ec2/routeTable";
import { RouteTableAssociation } from "@pulumi/aws/ec2/routeTableAssociation";
import { Subnet } from "@pulumi/aws/ec2/subnet";
import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import type { AwsRegionNetwork, AwsZoneNetwork } from "../../automation/fleet/specs/aws/network";
import { tagsOf, type Tagged } from "./tags";

export type Tier = "public" | "private" | "database";

/** The VPC whose tiers are made, and how its children are registered. */
export interface VpcPlace {
  /** `network-us-east-1`: what every child's name begins with. */
  readonly name: string;
  readonly vpcId: Output<string>;
  readonly network: AwsRegionNetwork;
  readonly tagged: Tagged;
  readonly opts: CustomResourceOptions;
}

/** A route table, by what tells it from the others of its VPC. */
export interface NamedTable {
  /** `private-az1`, `database`. */
  readonly key: string;
  readonly table: RouteTable;
}

const LOAD_BALANCERS: Readonly<Partial<Record<Tier, Readonly<Record<string, string>>>>> = {
  public: { "kubernetes.io/role/elb": "1" },
  private: { "kubernetes.io/role/internal-elb": "1" },
};

/** One subnet. No address is given out by itself: what is public asks for its own. */
export function subnet(place: VpcPlace, tier: Tier, zone: AwsZoneNetwork): Subnet {
  const { name, vpcId, network, tagged, opts } = place;
  const key = `${name}-${tier}-${zone.key}`;
  return new Subnet(
    key,
    {
      vpcId,
      cidrBlock: zone[tier],
      availabilityZoneId: zone.zoneId,
      mapPublicIpOnLaunch: false,
      tags: { ...tagsOf(tagged, key), tier, ...(network.kubernetes ? LOAD_BALANCERS[tier] : {}) },
    },
    opts,
  );
}

/** A route table without routes: only the VPC's own addresses can be reached. */
export function routeTable({ name, vpcId, tagged, opts }: VpcPlace, key: string): NamedTable {
  const table = new RouteTable(`${name}-${key}`, { vpcId, tags: tagsOf(tagged, `${name}-${key}`) }, opts);
  return { key, table };
}

/** Lets a subnet use a table. */
export const associate = (place: VpcPlace, tier: Tier, zone: string, of: Subnet, table: RouteTable) =>
  new RouteTableAssociation(
    `${place.name}-${tier}-${zone}`,
    { subnetId: of.id, routeTableId: table.id },
    place.opts,
  );

const EVERYWHERE = "0.0.0.0/0";

/** The way to the internet: a gateway, or a NAT gateway. */
export const defaultRoute = (
  place: VpcPlace,
  { key, table }: NamedTable,
  by: { readonly gatewayId: Input<string> } | { readonly natGatewayId: Input<string> },
) =>
  new Route(
    `${place.name}-${key}-internet`,
    { routeTableId: table.id, destinationCidrBlock: EVERYWHERE, ...by },
    place.opts,
  );
