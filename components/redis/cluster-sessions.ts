import { GlobalReplicationGroup } from "@pulumi/aws/elasticache/globalReplicationGroup";
import { ReplicationGroup, type ReplicationGroupArgs } from "@pulumi/aws/elasticache/replicationGroup";
import type { Output, Resource } from "@pulumi/pulumi";
import { type RedisClusterSpec, redisOutput } from "../../automation/fleet/specs/aws/redis-cluster";
import type { AwsSetting } from "../aws/setting";
import { tagsOf } from "../aws/tags";
import { commonArgs, type RedisPlace } from "./cluster-place";

/**
 * Sessions in a group of their own, joined across regions: a follower takes no writes, so the region's cache
 * itself must never be one. Returns what the followers join.
 */
export function clusterSessions(
  spec: RedisClusterSpec,
  setting: AwsSetting,
  place: RedisPlace,
  access: Pick<ReplicationGroupArgs, "authToken" | "authTokenUpdateStrategy" | "userGroupIds">,
  parent: Resource,
): Output<string> | undefined {
  const { sessions } = spec;
  if (sessions === undefined) return undefined;
  const name = `${spec.name}-sessions`;
  const args = {
    ...commonArgs(spec, setting, place),
    ...access,
    replicationGroupId: `${spec.group.slice(0, 31)}-sessions`,
    description: `Sessions of ${spec.region}`,
    tags: tagsOf(setting, name, "customer"),
  };
  if (sessions.kind === "follower") {
    const globalReplicationGroupId = setting.references.text(sessions.of, redisOutput.sessions);
    new ReplicationGroup(name, { ...args, globalReplicationGroupId, numCacheClusters: 2 }, { parent });
    return undefined;
  }
  const lead = new ReplicationGroup(
    name,
    {
      ...args,
      engine: "valkey",
      engineVersion: spec.version,
      nodeType: sessions.nodeType,
      transitEncryptionMode: "required",
      numCacheClusters: 2,
    },
    { parent },
  );
  const joined = new GlobalReplicationGroup(
    name,
    {
      globalReplicationGroupIdSuffix: `${setting.platform}-sessions`,
      globalReplicationGroupDescription: "Sessions, written in one region and read in all",
      primaryReplicationGroupId: lead.id,
    },
    { parent },
  );
  return joined.globalReplicationGroupId;
}
