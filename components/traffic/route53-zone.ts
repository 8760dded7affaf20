import { Zone } from "@pulumi/aws/route53/zone";
import { ComponentResource, type ComponentResourceOptions } from "@pulumi/pulumi";
import { networkOutput } from "../../automation/fleet/specs/aws/outputs";
import type { Route53ZoneSpec } from "../../automation/fleet/specs/aws/route53";
import type { AwsSetting } from "../aws/setting";
import { tagsOf } from "../aws/tags";
import { protectedBy } from "../deletion";
import type { ProgramOutputs } from "../program-context";

/** The platform's public zone. A new one would have other name servers: losing it takes every name offline. */
export class Route53Zone extends ComponentResource {
  /** What the stacks of the regions and the records read of it. */
  readonly outputs: ProgramOutputs;

  constructor(
    { deletion, name, zone }: Route53ZoneSpec,
    setting: AwsSetting,
    opts?: ComponentResourceOptions,
  ) {
    super("meridian:traffic:Route53Zone", name, {}, opts);
    const made = new Zone(
      name,
      {
        name: zone,
        comment: `${setting.platform}, by meridian`,
        forceDestroy: false,
        tags: tagsOf(setting, name, "public"),
      },
      { parent: this, protect: protectedBy(deletion, setting.context) },
    );
    this.outputs = {
      [networkOutput.publicZoneId]: made.zoneId,
      [networkOutput.publicNameServers]: made.nameServers,
    };
    this.registerOutputs({ zone });
  }
}
