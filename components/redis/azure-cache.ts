import { Redis } from "@pulumi/azure-native/redis/redis";
import { ComponentResource, type ComponentResourceOptions } from "@pulumi/pulumi";
import type { AzureCacheSpec } from "../../automation/fleet/specs/azure/redis";
import { diagnosticSetting } from "../azure/diagnostics";
import { tagsOf, type AzureSetting } from "../azure/setting";

/**
 * One region's cache. Promises: TLS 1.2 and up, no plain port, identities only (access keys are off).
 * It keeps nothing on disk: what is in it must be somewhere else too.
 */
export class AzureCache extends ComponentResource {
  constructor(spec: AzureCacheSpec, setting: AzureSetting, opts?: ComponentResourceOptions) {
    super("meridian:redis:AzureCache", spec.name, {}, opts);
    const { name, group, cache } = spec;
    const made = new Redis(name, cacheArgs(spec, setting), { parent: this });
    setting.arm.add("Microsoft.Cache/redis", { group, name: cache }, made);
    const workspace = setting.arm.id("Microsoft.OperationalInsights/workspaces", spec.diagnostics);
    const reports = { id: made.id, logs: ["ConnectedClientList"], metrics: ["AllMetrics"] };
    diagnosticSetting(name, reports, workspace, this);
    this.registerOutputs({ cache });
  }
}

const cacheArgs = (spec: AzureCacheSpec, setting: AzureSetting) => ({
  resourceGroupName: spec.group,
  name: spec.cache,
  location: spec.location,
  sku: { name: spec.tier, family: spec.tier === "Premium" ? "P" : "C", capacity: spec.capacity },
  enableNonSslPort: false,
  minimumTlsVersion: "1.2",
  disableAccessKeyAuthentication: true,
  redisVersion: "6",
  redisConfiguration: { aadEnabled: "true", maxmemoryPolicy: spec.evictionPolicy },
  ...(spec.zones.length === 0 ? {} : { zones: [...spec.zones] }),
  tags: tagsOf(setting),
});
