import { PeeringConnectionOptions } from "@pulumi/aws/ec2/peeringConnectionOptions";
import { Route } from "@pulumi/aws/ec2/route";
import { VpcPeeringConnection } from "@pulumi/aws/ec2/vpcPeeringConnection";
import { VpcPeeringConnectionAccepter } from "@pulumi/aws/ec2/vpcPeeringConnectionAccepter";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import type { AwsRegionNetwork } from "../../automation/fleet/specs/aws/network";
import type { AwsProviders } from "./providers";
import type { RegionNetwork } from "./region-network";
import { tagsOf } from "./tags";

/** One end of a peering. */
export interface PeeringEnd {
  readonly network: AwsRegionNetwork;
  readonly made: RegionNetwork;
}

/** Joins the internal tiers of two regions, with a route each way; load balancers stay outside. */
export class Peering extends ComponentResource {
  constructor(
    name: string,
    from: PeeringEnd,
    to: PeeringEnd,
    { platform, providers }: { readonly platform: string; readonly providers: AwsProviders },
    opts?: ComponentResourceOptions,
  ) {
    super("meridian:aws:Peering", name, {}, opts);
    const at = ({ network }: PeeringEnd) => ({ parent: this, provider: providers.of(network.region) });
    const asked = new VpcPeeringConnection(
      name,
      {
        vpcId: from.made.vpcId,
        peerVpcId: to.made.vpcId,
        peerRegion: to.network.location,
        autoAccept: false,
        tags: tagsOf({ platform, scope: from.network.region }, name),
      },
      at(from),
    );
    const accepted = new VpcPeeringConnectionAccepter(
      name,
      {
        vpcPeeringConnectionId: asked.id,
        autoAccept: true,
        tags: tagsOf({ platform, scope: to.network.region }, name),
      },
      at(to),
    );
    // A route through a peering that nobody accepted yet is refused.
    const active = accepted.id;
    // Names of the other side's databases mean their private addresses.
    const resolve = { allowRemoteVpcDnsResolution: true };
    new PeeringConnectionOptions(
      `${name}-from`,
      { vpcPeeringConnectionId: active, requester: resolve },
      at(from),
    );
    new PeeringConnectionOptions(`${name}-to`, { vpcPeeringConnectionId: active, accepter: resolve }, at(to));
    routes(from, to, active, at(from));
    routes(to, from, active, at(to));
    this.registerOutputs({ peeringId: active });
  }
}

function routes(
  own: PeeringEnd,
  other: PeeringEnd,
  vpcPeeringConnectionId: Output<string>,
  opts: ComponentResourceOptions,
): void {
  for (const { key, table } of own.made.internalTables) {
    new Route(
      `${own.made.prefix}-${key}-to-${other.network.region}`,
      { routeTableId: table.id, destinationCidrBlock: other.network.cidr, vpcPeeringConnectionId },
      opts,
    );
  }
}
