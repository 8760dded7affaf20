import { Profile } from "@pulumi/azure-native/trafficmanager/profile";
import { ComponentResource, type ComponentResourceOptions } from "@pulumi/pulumi";
import type { TrafficManagerSpec } from "../../automation/fleet/specs/azure/traffic-manager";
import { diagnosticSetting } from "../azure/diagnostics";
import { tagsOf, type AzureSetting } from "../azure/setting";

/**
 * A Traffic Manager profile over the regions. Its endpoints are part of the profile, so changing which
 * region comes first is one request: two endpoints never hold the same priority in between.
 */
export class TrafficManager extends ComponentResource {
  constructor(spec: TrafficManagerSpec, setting: AzureSetting, opts?: ComponentResourceOptions) {
    super("meridian:traffic:TrafficManager", spec.name, {}, opts);
    const { name, group } = spec;
    const profile = new Profile(name, profileArgs(spec, setting), { parent: this });
    setting.arm.add("Microsoft.Network/trafficManagerProfiles", { group, name: spec.profile }, profile);
    const workspace = setting.arm.id("Microsoft.OperationalInsights/workspaces", spec.diagnostics);
    const reports = { id: profile.id, logs: ["ProbeHealthStatusEvents"], metrics: ["AllMetrics"] };
    diagnosticSetting(name, reports, workspace, this);
    this.registerOutputs({ host: `${spec.dnsName}.trafficmanager.net` });
  }
}

const ROUTING = { priority: "Priority", performance: "Performance" } as const;
const PORT = { http: 80, https: 443 } as const;

const profileArgs = (spec: TrafficManagerSpec, setting: AzureSetting) => ({
  resourceGroupName: spec.group,
  profileName: spec.profile,
  location: "global",
  profileStatus: "Enabled",
  trafficRoutingMethod: ROUTING[spec.routing],
  dnsConfig: { relativeName: spec.dnsName, ttl: spec.ttl },
  monitorConfig: monitorConfig(spec),
  endpoints: endpoints(spec, setting),
  tags: tagsOf(setting),
});

const monitorConfig = ({ monitor }: TrafficManagerSpec) => ({
  protocol: monitor.protocol.toUpperCase(),
  port: PORT[monitor.protocol],
  path: monitor.path,
  intervalInSeconds: monitor.interval,
  timeoutInSeconds: monitor.timeout,
  // A tolerated failure is one that changes nothing yet.
  toleratedNumberOfFailures: monitor.failures - 1,
  expectedStatusCodeRanges: [{ min: 200, max: 200 }],
});

/** Priorities are written in both modes: performance ignores them, and changing the mode changes nothing else. */
const endpoints = (spec: TrafficManagerSpec, { arm }: AzureSetting) =>
  spec.endpoints.map(({ region, app }, index) => ({
    name: region,
    type: "Microsoft.Network/trafficManagerProfiles/azureEndpoints",
    targetResourceId: arm.id("Microsoft.Web/sites", app),
    endpointStatus: "Enabled",
    priority: index + 1,
    weight: 1,
  }));
