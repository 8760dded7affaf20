/** A runbook's facts from the manifests, with the same names the stacks use. */
import type { PlatformFleet } from "../../fleet/fleet";
import { unbuiltServices } from "../../fleet/plan/unbuilt";
import { resourceGroupName, trafficProfileName, webAppHost, webAppName } from "../../fleet/specs/azure/names";
import type { Topology } from "../../fleet/topology";
import type { RegionManifest } from "../../manifest/schema/manifest";
import type { ContactFacts, RegionFacts, RunbookFacts, TrafficFacts } from "./facts";
import { byRegion, serviceFacts } from "./service-facts";

/** Everything the runbook says besides the topology. `manifest` is the platform's file. */
export function runbookFacts(fleet: PlatformFleet, topology: Topology, manifest: string): RunbookFacts {
  const { failover, objectives, alerts } = fleet.platform.spec;
  const traffic = trafficFacts(fleet);
  return {
    manifest,
    regions: fleet.regions.map((region) => regionOf(fleet, region)),
    services: serviceFacts(fleet, topology),
    ...(traffic === undefined ? {} : { traffic }),
    failover,
    ...(objectives.availability === undefined ? {} : { availability: objectives.availability }),
    contacts: alerts.channels.map(({ name, kind, target, secret }): ContactFacts => ({
      name,
      kind,
      target: target ?? (secret === undefined ? "see the manifest" : `secret ${secret.secret}`),
    })),
    unbuilt: unbuiltServices(fleet.platform),
  };
}

function regionOf({ platform }: PlatformFleet, { metadata, spec }: RegionManifest): RegionFacts {
  const { name } = metadata;
  const kubeconfig =
    spec.provider === "kubernetes"
      ? ((spec.kubernetes?.kubeconfig ?? platform.spec.credentials[name])?.secret ?? `kubeconfig-${name}`)
      : undefined;
  return {
    name,
    health: healthOf(platform, spec, name),
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
  };
}

function healthOf(
  { metadata, spec }: PlatformFleet["platform"],
  region: RegionManifest["spec"],
  name: string,
): readonly string[] {
  const path = spec.traffic?.healthCheck.path ?? "/health";
  if (spec.services.apps?.engine === "app-service") {
    return spec.services.apps.services.map(
      ({ name: service, health }) =>
        `https://${webAppHost(webAppName(metadata.name, name, service))}${health}`,
    );
  }
  const host = region.endpoints["api"];
  return host === undefined ? [] : [`https://${host}${path}`];
}

function trafficFacts(fleet: PlatformFleet): TrafficFacts | undefined {
  const { traffic, services } = fleet.platform.spec;
  switch (traffic?.engine) {
    case undefined:
      return undefined;
    case "traffic-manager": {
      const apps = services.apps?.engine === "app-service" ? services.apps.services : [];
      return {
        kind: "traffic-manager",
        group: resourceGroupName(fleet.platform.metadata.name, "global"),
        routing: traffic.routing,
        ttl: traffic.ttl,
        profiles: apps.map(({ name, health }) => {
          const profile = trafficProfileName(traffic.dnsName, name, apps.length);
          return { profile, host: `${profile}.trafficmanager.net`, path: health };
        }),
      };
    }
    case "cloudflare-load-balancer":
      return {
        kind: "cloudflare-load-balancer",
        hostname: traffic.hostname,
        path: traffic.healthCheck.path,
        steering: traffic.steering,
        pools: byRegion(fleet, ({ metadata }) => `${metadata.name}-pool`),
      };
    case "route53":
    case "router":
      return { kind: "other", engine: traffic.engine, hostname: traffic.hostname };
  }
}
