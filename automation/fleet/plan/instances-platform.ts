/** A platform of application instances on AWS: what each region holds, and each shard of its workspaces. */
import type { WorkspaceManifest } from "../../manifest/schema/manifest";
import type { ComponentSpec } from "../specs/component-spec";
import { instancesSpec } from "./instances";
import { alarmChannelsSpec, metricsSpec } from "./metrics";
import { cellOf, isWriter, type PlanInput, type PlannedRegion, writerOf } from "./plan-input";
import { redisClusterSpec, redisTenantsSpec } from "./redis-cluster";
import { streamingSpec } from "./streaming";

/** Database, cache, instances and what watches them; nothing of what the manifest does not name. */
export function instancesRegion(input: PlanInput, region: PlannedRegion): readonly ComponentSpec[] {
  const { postgres, redis, apps, telemetry } = input.fleet.platform.spec.services;
  return [
    ...(postgres?.engine === "streaming" ? [streamingSpec(input, postgres, region)] : []),
    ...(redis?.engine === "cluster" ? [redisClusterSpec(input, redis, region)] : []),
    ...(apps?.engine === "instances" ? [instancesSpec(input, apps, region)] : []),
    ...(postgres?.engine === "streaming" || telemetry?.engine === "metrics"
      ? [alarmChannelsSpec(input, region), metricsSpec(input, region)]
      : []),
  ];
}

/** A replica is made from what the primary's stack says it is, so that one comes first. */
export function instancesAfter(input: PlanInput, { name }: PlannedRegion): readonly string[] {
  const { postgres, redis } = input.fleet.platform.spec.services;
  const follows = postgres?.engine === "streaming" || (redis?.engine === "cluster" && redis.sessionSync);
  const cell = cellOf(input, name);
  return follows && !isWriter(cell, name) ? [writerOf(cell)].filter((writer) => writer !== "") : [];
}

/** What a shard of workspaces holds, and the regions it is made in; none where tenants are rows alone. */
export function instancesWorkspaces(
  input: PlanInput,
  members: readonly WorkspaceManifest[],
): { readonly components: readonly ComponentSpec[]; readonly regions: readonly string[] } {
  const { redis } = input.fleet.platform.spec.services;
  const tenants = redis?.engine === "cluster" ? redisTenantsSpec(input, redis, members) : undefined;
  return tenants === undefined
    ? { components: [], regions: [] }
    : { components: [tenants], regions: tenants.regions.map(({ region }) => region) };
}
