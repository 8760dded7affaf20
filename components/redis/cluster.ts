import { ReplicationGroup } from "@pulumi/aws/elasticache/replicationGroup";
import { ComponentResource, type ComponentResourceOptions } from "@pulumi/pulumi";
import { type RedisClusterSpec, redisOutput } from "../../automation/fleet/specs/aws/redis-cluster";
import { internalName } from "../aws/internal-name";
import type { AwsSetting } from "../aws/setting";
import { tagsOf } from "../aws/tags";
import { protectedBy } from "../deletion";
import type { ProgramOutputs } from "../program-context";
import { clusterAccess } from "./cluster-access";
import { clusterPlace, commonArgs, type RedisPlace } from "./cluster-place";
import { clusterSessions } from "./cluster-sessions";

/**
 * One region's Redis (Valkey) in cluster mode. Promises: masters and their replicas in different zones, TLS only,
 * AES-256 under a key of its own, private subnets only, a replica takes over by itself, a snapshot a day.
 * Nothing of it leaves the region, but for sessions where their sync is on.
 */
export class RedisCluster extends ComponentResource {
  readonly outputs: ProgramOutputs;

  constructor(spec: RedisClusterSpec, setting: AwsSetting, opts?: ComponentResourceOptions) {
    super("meridian:redis:Cluster", spec.name, {}, opts);
    const place = clusterPlace(spec, setting, this);
    const access = clusterAccess(spec, setting, place.keyArn, this);
    const group = new ReplicationGroup(
      spec.name,
      { ...groupArgs(spec, setting, place), ...access.args },
      {
        parent: this,
        protect: protectedBy(spec.deletion, setting.context),
        ...(access.dependsOn === undefined ? {} : { dependsOn: [access.dependsOn] }),
      },
    );
    const sessions = clusterSessions(spec, setting, place, access.args, this);
    internalName(spec.name, spec.host, group.configurationEndpointAddress, setting, this);
    setting.directory.add("cache/address", group.configurationEndpointAddress);
    setting.directory.add("cache/secret", access.secretArn);
    setting.directory.add("cache/key", place.keyArn);
    if (access.userGroup !== undefined) setting.directory.add("cache/users", access.userGroup);
    this.outputs = {
      ...(access.userGroup === undefined ? {} : { [redisOutput.userGroup]: access.userGroup }),
      ...(sessions === undefined ? {} : { [redisOutput.sessions]: sessions }),
    };
    this.registerOutputs(this.outputs);
  }
}

const groupArgs = (spec: RedisClusterSpec, setting: AwsSetting, place: RedisPlace) => ({
  ...commonArgs(spec, setting, place),
  replicationGroupId: spec.group,
  description: `Redis of ${spec.region}`,
  engine: "valkey",
  engineVersion: spec.version,
  nodeType: spec.nodeType,
  clusterMode: "enabled",
  parameterGroupName: place.parameterGroup,
  transitEncryptionMode: "required",
  nodeGroupConfigurations: spec.shards.map(({ id, slots, replicas }) => ({
    nodeGroupId: id,
    slots,
    replicaCount: replicas,
  })),
  numNodeGroups: spec.shards.length,
  ...(spec.snapshots === undefined
    ? { snapshotRetentionLimit: 0 }
    : {
        snapshotRetentionLimit: spec.snapshots.retentionDays,
        snapshotWindow: spec.snapshots.window,
        finalSnapshotIdentifier: `${spec.group}-last`,
      }),
  tags: tagsOf(setting, spec.name, "customer"),
});
