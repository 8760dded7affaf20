import { LinkedServer } from "@pulumi/azure-native/redis/linkedServer";
import { ComponentResource, type ComponentResourceOptions } from "@pulumi/pulumi";
import type { AzureCacheLinkSpec } from "../../automation/fleet/specs/azure/redis";
import type { AzureSetting } from "../azure/setting";

/** Passive geo-replication from one region's cache to another's; made when both caches are there. */
export class AzureCacheLink extends ComponentResource {
  constructor(spec: AzureCacheLinkSpec, setting: AzureSetting, opts?: ComponentResourceOptions) {
    super("meridian:redis:AzureCacheLink", spec.name, {}, opts);
    const { primary, secondary } = spec;
    new LinkedServer(
      // Not the region's name: when the writer moves, this same link has to go before the other way round can be.
      `${spec.name}-secondary`,
      {
        resourceGroupName: primary.group,
        name: primary.name,
        linkedServerName: secondary.name,
        linkedRedisCacheId: setting.arm.id("Microsoft.Cache/redis", secondary),
        linkedRedisCacheLocation: secondary.location,
        serverRole: "Secondary",
      },
      // Azure refuses to change a link, and a cache can be in one only.
      { parent: this, deleteBeforeReplace: true },
    );
    this.registerOutputs({ primary: primary.region, secondary: secondary.region });
  }
}
