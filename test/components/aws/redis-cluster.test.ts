import fc from "fast-check";
import type { RedisClusterSpec, RedisTenantsSpec } from "../../../automation/fleet/specs/aws/redis-cluster";
import { instancesWorkspaces } from "../../../automation/fleet/plan/instances-platform";
import {
  nodeTypeFor,
  redisClusterSpec,
  shardsOf,
  type RedisCluster,
} from "../../../automation/fleet/plan/redis-cluster";
import { edit, workspaceFile } from "../../fleet/build-manifests";
import { find, outline } from "../registered";
import { built, hse, inputOf, regionIn } from "./hse";

function redisOf(files = hse): RedisCluster {
  const { redis } = inputOf(files).fleet.platform.spec.services;
  if (redis?.engine !== "cluster") throw new RangeError("hse has a cluster");
  return redis;
}
const specIn = (region: string, files = hse): RedisClusterSpec => {
  const input = inputOf(files);
  return redisClusterSpec(input, redisOf(files), regionIn(input, region));
};
const build = (region: string, files = hse, target: "sandbox" | "cloud" = "sandbox") =>
  built([specIn(region, files)], region, target);
const synced = edit(hse, "sessionSync: false", "sessionSync: true");
const unnamed = edit(hse, "tenantNamespaces: true", "tenantNamespaces: false");

describe("planned", () => {
  test("three masters with the manifest's slots, a replica each, in every region", () => {
    const shards = ["us-east", "eu-west", "ap-southeast"].map((region) => specIn(region).shards);
    const three = [
      { id: "0001", slots: "0-5460", replicas: 1 },
      { id: "0002", slots: "5461-10922", replicas: 1 },
      { id: "0003", slots: "10923-16383", replicas: 1 },
    ];
    expect(shards).toEqual([three, three, three]);
  });

  test("any number of masters shares all slots and all replicas, whole and once", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 0, max: 2_500 }),
        (masters, replicas) => {
          const shards = shardsOf({ ...redisOf(), masters, replicas, slots: [] });
          const ends = shards.map(({ slots }) => slots.split("-").map(Number) as [number, number]);
          expect(ends[0]?.[0]).toBe(0);
          expect(ends.at(-1)?.[1]).toBe(16_383);
          expect(ends.slice(1).map(([from]) => from)).toEqual(ends.slice(0, -1).map(([, to]) => to + 1));
          expect(shards.reduce((sum, shard) => sum + shard.replicas, 0)).toBe(replicas);
        },
      ),
      { seed: 4, numRuns: 50 },
    );
  });

  test.each([
    { memory: "1Gi", type: "cache.t4g.small" },
    { memory: "1100Mi", type: "cache.t4g.medium" },
    { memory: "4Gi", type: "cache.m7g.large" },
    { memory: "9Gi", type: "cache.r7g.large" },
    { memory: "1Ti", type: "cache.r7g.16xlarge" },
  ])("$memory of data needs $type", ({ memory, type }) => {
    expect(nodeTypeFor(memory)).toBe(type);
  });

  test("sessions leave their region only where the manifest says so", () => {
    const sessions = (files: typeof hse) =>
      ["us-east", "eu-west", "ap-southeast"].map((region) => specIn(region, files).sessions);
    expect(sessions(hse)).toEqual([undefined, undefined, undefined]);
    const follower = { kind: "follower", of: "us-east" };
    expect(sessions(synced)).toEqual([{ kind: "lead", nodeType: "cache.m7g.large" }, follower, follower]);
  });
});

describe("resources", () => {
  test("exactly these", async () => {
    expect(outline(await build("us-east"))).toMatchInlineSnapshot(`
      [
        "aws:elasticache/parameterGroup:ParameterGroup redis < redis",
        "aws:elasticache/replicationGroup:ReplicationGroup redis < redis",
        "aws:elasticache/subnetGroup:SubnetGroup redis < redis",
        "aws:elasticache/user:User redis-app < redis",
        "aws:elasticache/userGroup:UserGroup redis < redis",
        "aws:kms/alias:Alias redis-key < redis",
        "aws:kms/key:Key redis-key < redis",
        "aws:route53/record:Record redis-host < redis",
        "aws:secretsmanager/secret:Secret redis-login < redis",
        "aws:secretsmanager/secretVersion:SecretVersion redis-login < redis",
        "meridian:redis:Cluster redis",
      ]
    `);
  });

  test("cluster: TLS, encrypted, a replica in another zone, snapshots, users by name", async () => {
    const group = find(await build("us-east"), "redis", ":ReplicationGroup");
    const {
      kmsKeyId: key,
      subnetGroupName: subnets,
      parameterGroupName: parameters,
      ...inputs
    } = group.inputs;
    expect([key, subnets, parameters].length).toBe(3);
    expect(inputs).toEqual({
      replicationGroupId: "hse-us-east-redis",
      description: "Redis of us-east",
      engine: "valkey",
      engineVersion: "8.0",
      nodeType: "cache.t4g.small",
      clusterMode: "enabled",
      port: 6379,
      nodeGroupConfigurations: [
        { nodeGroupId: "0001", slots: "0-5460", replicaCount: 1 },
        { nodeGroupId: "0002", slots: "5461-10922", replicaCount: 1 },
        { nodeGroupId: "0003", slots: "10923-16383", replicaCount: 1 },
      ],
      numNodeGroups: 3,
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      atRestEncryptionEnabled: true,
      transitEncryptionEnabled: true,
      transitEncryptionMode: "required",
      userGroupIds: ["hse-us-east-redis"],
      securityGroupIds: ["network.databaseSecurityGroupId-us-east"],
      snapshotRetentionLimit: 7,
      snapshotWindow: "05:00-06:00",
      finalSnapshotIdentifier: "hse-us-east-redis-last",
      maintenanceWindow: "sun:07:00-sun:08:00",
      applyImmediately: true,
      autoMinorVersionUpgrade: true,
      tags: {
        Name: "hse-redis",
        platform: "hse",
        region: "us-east",
        "managed-by": "meridian",
        "data-class": "customer",
      },
    });
  });

  test("without tenants' prefixes there is a token instead: ElastiCache takes one of the two", async () => {
    const all = await build("us-east", unnamed);
    const group = find(all, "redis", ":ReplicationGroup");
    expect({
      token: group.inputs["authToken"],
      users: group.inputs["userGroupIds"],
      secrets: group.secrets,
      made: all.filter(({ type }) => /:User(Group)?$/.test(type)),
    }).toEqual({ token: "redis-token-us-east-value", users: undefined, secrets: ["authToken"], made: [] });
  });

  test("what may be lost has no snapshots and no protection", async () => {
    const lossy = edit(hse, "persistence: true", "persistence: false");
    const group = find(await build("us-east", lossy, "cloud"), "redis", ":ReplicationGroup");
    const kept = find(await build("us-east", hse, "cloud"), "redis", ":ReplicationGroup");
    expect([group.protect, group.inputs["snapshotRetentionLimit"], kept.protect]).toEqual([false, 0, true]);
  });

  test("session sync: a group of its own, joined to the writer's; the cache stays as it is", async () => {
    const sessions = async (region: string) =>
      (await build(region, synced))
        .filter(({ name }) => name === "redis-sessions")
        .map(({ type, inputs }) => ({
          type: type.split(":").at(-1),
          joins: inputs["globalReplicationGroupId"],
          joined: inputs["primaryReplicationGroupId"],
        }));
    expect(await sessions("us-east")).toEqual([
      { type: "ReplicationGroup" },
      { type: "GlobalReplicationGroup", joined: "redis-sessions-id" },
    ]);
    expect(await sessions("eu-west")).toEqual([{ type: "ReplicationGroup", joins: "us-east.redisSessions" }]);
    const cache = async (files: typeof hse) =>
      find(await build("us-east", files), "redis", ":ReplicationGroup").inputs;
    expect(await cache(synced)).toEqual(await cache(hse));
  });
});

describe("tenants", () => {
  const tenantsOf = (files = hse) => {
    const input = inputOf(files);
    return instancesWorkspaces(input, input.fleet.workspaces).components as readonly RedisTenantsSpec[];
  };

  test("a tenant has a user where its data may be", () => {
    const where = tenantsOf().flatMap(({ regions }) =>
      regions.map(({ region, tenants }) => `${region}: ${tenants.map(({ tenant }) => tenant).join(", ")}`),
    );
    expect(where).toEqual([
      "us-east: gulf-drilling, hansa-chemie, merlion-ports",
      "eu-west: gulf-drilling, hansa-chemie",
      "ap-southeast: gulf-drilling, merlion-ports",
    ]);
  });

  test("a user reaches its own prefix, by IAM, in its own region", async () => {
    const all = await built(tenantsOf(), "us-east");
    const user = find(all, "redis-tenants-eu-west-hansa-chemie", ":User");
    expect({ provider: user.provider, ...user.inputs }).toMatchObject({
      provider: "aws-eu-west",
      userId: "hse-eu-west-redis-hansa-chemie",
      userName: "hse-eu-west-redis-hansa-chemie",
      authenticationMode: { type: "iam" },
      accessString: expect.stringMatching(/^on ~hansa-chemie:\* &hansa-chemie:\* /) as unknown,
    });
  });

  test("long names stay unique within 40 characters", () => {
    const long = "a-tenant-with-quite-a-long-name-indeed";
    const more = [
      ...hse,
      workspaceFile("hse", `${long}-one`, "us-east"),
      workspaceFile("hse", `${long}-two`, "us-east"),
    ];
    const users = tenantsOf(more).flatMap(({ regions }) =>
      regions.flatMap(({ tenants }) => tenants.map(({ user }) => user)),
    );
    expect(users.filter((user) => user.length > 40)).toEqual([]);
    expect(new Set(users).size).toBe(users.length);
  });

  test("more tenants than a group takes users: none has one, prefixes are the applications' own", () => {
    const many = Array.from({ length: 97 }, (_, at) =>
      workspaceFile("hse", `tenant-${String(at)}`, "us-east"),
    );
    expect(tenantsOf([...hse, ...many])).toEqual([]);
  });
});
