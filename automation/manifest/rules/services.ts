/** Services that cannot work where they are put, or with the settings beside them. */
import type { PlatformManifest, RegionManifest } from "../schema/manifest";
import type { ManifestPath } from "../diagnostics/manifest-path";
import { regionsInUse } from "./idle-regions";
import type { Loaded, PlatformScope, Problem, ScopeRule } from "./problem";

type Services = PlatformManifest["spec"]["services"];
type Provider = RegionManifest["spec"]["provider"];

/** Engines that run on one cloud only; an engine that is not here runs in any Kubernetes. */
const HOMES: Readonly<Record<string, readonly Provider[]>> = {
  "postgres/cnpg": ["kubernetes", "aws", "azure", "local"],
  "postgres/streaming": ["aws", "local"],
  "cosmos/sql": ["azure"],
  "redis/azure-cache": ["azure"],
  "apps/app-service": ["azure"],
  "telemetry/azure-monitor": ["azure"],
  "objectStore/s3": ["aws"],
};

const problem = (
  platform: Loaded<PlatformManifest>,
  code: Problem["code"],
  message: string,
  fix: string,
  path: ManifestPath,
): Problem => ({
  code,
  severity: "error",
  message,
  fix,
  origin: platform.origin,
  path,
});

const enginesOf = (services: Services): readonly (readonly [string, string])[] =>
  Object.entries(services).flatMap(([service, value]) =>
    value === undefined ? [] : [[service, value.engine] as const],
  );

/** An engine in a region whose provider does not offer it. */
const engineHomes: ScopeRule = ({ platform, regions }) =>
  enginesOf(platform.manifest.spec.services).flatMap(([service, engine]) => {
    const homes = HOMES[`${service}/${engine}`];
    const stray = regions.find(
      ({ manifest }) => homes !== undefined && !homes.includes(manifest.spec.provider),
    );
    if (homes === undefined || stray === undefined) return [];
    const { metadata, spec } = stray.manifest;
    return [
      problem(
        platform,
        "MRD2120",
        `${service} engine "${engine}" does not run on provider "${spec.provider}" of region "${metadata.name}"`,
        `it runs on ${homes.join(", ")}: choose another engine, or another provider for the region`,
        ["spec", "services", service, "engine"],
      ),
    ];
  });

const settings: ScopeRule = ({ platform }) => {
  const { services, traffic } = platform.manifest.spec;
  const problems: Problem[] = [];
  const { redis, apps } = services;
  if (redis?.engine === "azure-cache" && redis.geoReplication && redis.tier !== "Premium") {
    const path = ["spec", "services", "redis", "geoReplication"];
    problems.push(
      problem(
        platform,
        "MRD2121",
        `geo-replication needs tier Premium, not ${redis.tier}`,
        "set tier: Premium, or geoReplication: false",
        path,
      ),
    );
  }
  if (apps !== undefined && apps.engine !== "instances" && apps.scaling.minimum > apps.scaling.maximum) {
    const { minimum, maximum } = apps.scaling;
    const path = ["spec", "services", "apps", "scaling", "minimum"];
    problems.push(
      problem(
        platform,
        "MRD2122",
        `minimum ${minimum} is above maximum ${maximum}`,
        `lower it to ${maximum}, or set maximum: ${minimum} or more`,
        path,
      ),
    );
  }
  if (traffic?.engine === "route53") {
    const sum = traffic.policies.reduce((total, { percent }) => total + percent, 0);
    const path = ["spec", "traffic", "policies"];
    if (sum !== 100)
      problems.push(
        problem(
          platform,
          "MRD2123",
          `the policies' shares add up to ${sum} %, not 100 %`,
          sum > 100 ? `take ${sum - 100} % away from them` : `give ${100 - sum} % more to one of them`,
          path,
        ),
      );
  }
  return problems;
};

/** Regions that hold something now: what is planned or left out for a phase needs no machines yet. */
function workingRegions({ platform, regions }: PlatformScope): PlatformScope["regions"] {
  const used = regionsInUse(platform.manifest.spec);
  return regions.filter(
    ({ manifest: { metadata, spec } }) => used.has(metadata.name) && spec.availability !== "planned",
  );
}

/** Hosts that replication needs, by service, in the regions that take part in it. */
function neededEndpoints(scope: PlatformScope): readonly Problem[] {
  const { services, topology } = scope.platform.manifest.spec;
  if (services.postgres?.engine !== "cnpg" || topology === "single") return [];
  return workingRegions(scope)
    .filter(({ manifest }) => manifest.spec.endpoints["postgres"] === undefined)
    .map(({ origin, manifest }) => ({
      code: "MRD2124",
      severity: "error",
      message: `region "${manifest.metadata.name}" has no endpoint for postgres, so the other regions cannot replicate from it`,
      fix: "add spec.endpoints.postgres with the host they reach it by",
      origin,
      path: ["spec", "endpoints"],
    }));
}

/** A load balancer pool without a machine in it. */
function neededNodes(scope: PlatformScope): readonly Problem[] {
  if (scope.platform.manifest.spec.traffic?.engine !== "cloudflare-load-balancer") return [];
  return workingRegions(scope)
    .filter(({ manifest }) => manifest.spec.capacity.nodes.length === 0)
    .map(({ origin, manifest }) => ({
      code: "MRD2125",
      severity: "error",
      message: `region "${manifest.metadata.name}" has no nodes for the load balancer to reach`,
      fix: "list them under spec.capacity.nodes with their addresses",
      origin,
      path: ["spec", "capacity"],
    }));
}

export const serviceRules: readonly ScopeRule[] = [engineHomes, settings, neededEndpoints, neededNodes];
