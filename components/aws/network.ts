import { Zone } from "@pulumi/aws/route53/zone";
import { ComponentResource, type ComponentResourceOptions, type Resource } from "@pulumi/pulumi";
import { networkOutput } from "../../automation/fleet/specs/aws/outputs";
import type { AwsNetworkSpec } from "../../automation/fleet/specs/aws/network";
import type { ProgramOutputs } from "../program-context";
import { Peering, type PeeringEnd } from "./peering";
import { RegionNetwork } from "./region-network";
import type { AwsSetting } from "./setting";
import { tagsOf } from "./tags";

/** The VPC of every region and what joins them: one component, since a peering has two ends. */
export class AwsNetwork extends ComponentResource {
  readonly outputs: ProgramOutputs;

  constructor(spec: AwsNetworkSpec, setting: AwsSetting, opts?: ComponentResourceOptions) {
    super("meridian:aws:Network", spec.name, {}, opts);
    const { platform, providers } = setting;
    const ends = spec.regions.map((network): PeeringEnd => {
      const name = `${spec.name}-${network.region}`;
      const own = { parent: this, providers: [providers.of(network.region)] };
      return { network, made: new RegionNetwork(name, network, spec, platform, own) };
    });
    const endOf = (region: string) => ends.find(({ network }) => network.region === region);
    for (const { from, to } of spec.peerings) {
      const [near, far] = [endOf(from), endOf(to)];
      if (near === undefined || far === undefined) continue;
      new Peering(`${spec.name}-peering-${from}-${to}`, near, far, setting, { parent: this });
    }
    const zone = internalZone(spec, setting, ends, this);
    this.outputs = {
      ...(Object.assign({}, ...ends.map(outputsOf)) as ProgramOutputs),
      ...(zone === undefined ? {} : { [networkOutput.internalZoneId]: zone.zoneId }),
    };
    this.registerOutputs({});
  }
}

function outputsOf({ network, made }: PeeringEnd): ProgramOutputs {
  const { region } = network;
  return {
    [networkOutput.vpcId(region)]: made.vpcId,
    [networkOutput.vpcCidr(region)]: network.cidr,
    [networkOutput.publicSubnetIds(region)]: made.subnetIds.public,
    [networkOutput.privateSubnetIds(region)]: made.subnetIds.private,
    [networkOutput.databaseSubnetIds(region)]: made.subnetIds.database,
    [networkOutput.databaseSecurityGroupId(region)]: made.databaseGroupId,
  };
}

/** Names that only the platform's own networks can resolve. */
function internalZone(
  { name, internalDomain }: AwsNetworkSpec,
  setting: AwsSetting,
  ends: readonly PeeringEnd[],
  parent: Resource,
): Zone | undefined {
  if (internalDomain === undefined) return undefined;
  const vpcs = ends.map(({ network, made }) => ({ vpcId: made.vpcId, vpcRegion: network.location }));
  const tags = tagsOf(setting, `${name}-internal`);
  const comment = `${setting.platform}, inside`;
  return new Zone(
    `${name}-internal`,
    { name: internalDomain, comment, vpcs, tags },
    {
      parent,
      provider: setting.providers.first,
    },
  );
}
