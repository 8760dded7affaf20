import { redisMemory } from "../../../automation/fleet/plan/redis-enterprise";
import type { RedisEnterpriseSpec } from "../../../automation/fleet/specs/kubernetes/redis-enterprise";
import { RedisEnterprise } from "../../../components/redis/enterprise";
import { describeWithSchemas, violations } from "../crd-schemas";
import { context, find, outline, registered } from "../registered";
import { edenComponent, edenInput } from "./eden";

const setting = (region: string) => ({ platform: "eden", region, context: context() });
const build = (spec: RedisEnterpriseSpec) =>
  registered(() => new RedisEnterprise(spec, setting(spec.region)));
const east = () => edenComponent("redis/enterprise");

describe("Redis Enterprise of eden", () => {
  test("has a cluster over zones, with its data on disk and nothing in clear", async () => {
    expect(find(await build(east()), "redis-cluster").inputs["spec"]).toEqual({
      nodes: 3,
      licenseSecretName: "redis-enterprise-license",
      username: "meridian@redis.internal",
      persistentSpec: { enabled: true, storageClassName: "gp3", volumeSize: "20Gi" },
      redisEnterpriseNodeResources: {
        requests: { cpu: "1", memory: "4Gi" },
        limits: { cpu: "1", memory: "4Gi" },
      },
      rackAwarenessNodeLabel: "topology.kubernetes.io/zone",
      dataInternodeEncryption: true,
      encryptPkeys: true,
      certificates: { proxyCertificateSecretName: "redis-us-east-1-proxy-certificate" },
      ingressOrRouteSpec: {
        method: "istio",
        apiFqdnUrl: "api.redis.us-east-1.eden.internal",
        dbFqdnSuffix: "-db.redis.us-east-1.eden.internal",
      },
      extraLabels: { "app.kubernetes.io/name": "redis" },
    });
  });

  test("knows every cluster, itself too, and how to log in there", async () => {
    const all = await build(east());
    for (const region of ["us-east-1", "us-west-2"]) {
      const { metadata, spec } = find(all, `redis-remote-${region}`).inputs as Record<string, object>;
      expect({ metadata, spec }).toEqual({
        metadata: expect.objectContaining({ name: `redis-${region}`, namespace: "redis" }) as object,
        spec: {
          recName: `redis-${region}`,
          recNamespace: "redis",
          apiFqdnUrl: `api.redis.${region}.eden.internal`,
          apiPort: 443,
          dbFqdnSuffix: `-db.redis.${region}.eden.internal`,
          secretName: `redis-enterprise-redis-${region}`,
        },
      });
      const login = find(all, `redis-login-${region}`);
      expect((login.inputs["metadata"] as { name: string }).name).toBe(`redis-enterprise-redis-${region}`);
      expect(login.inputs["stringData"]).toEqual({
        username: "meridian@redis.internal",
        password: `redis-cluster-password-${region}-value`,
      });
      expect(login.secrets).toEqual(["stringData"]);
    }
  });

  test("shares one active-active database, declared by the first writer", async () => {
    const all = await build(east());
    const { metadata, spec } = find(all, "redis-database").inputs as Record<string, Record<string, unknown>>;
    expect(metadata?.["name"]).toBe("eden");
    expect(metadata?.["annotations"]).toEqual({ "meridian.dev/sync-interval": "100ms" });
    expect(spec).toEqual({
      redisEnterpriseCluster: { name: "redis-us-east-1" },
      participatingClusters: ["us-east-1", "us-west-2"].map((region) => ({
        name: `redis-${region}`,
        namespace: "redis",
        externalReplicationPort: 443,
      })),
      globalConfigurations: {
        type: "redis",
        databasePort: 6379,
        databaseSecretName: "eden-password",
        memorySize: "4GB",
        shardingEnabled: true,
        shardCount: 2,
        replication: true,
        rackAware: true,
        persistence: "aofEverySecond",
        evictionPolicy: "volatile-lru",
        tlsMode: "enabled",
        dataInternodeEncryption: true,
      },
    });
    expect(find(all, "redis-database").dependsOn).toEqual([
      "redis-remote-us-east-1",
      "redis-remote-us-west-2",
    ]);
    expect(outline(await build(edenComponent("redis/enterprise", "us-west-2"))).join()).not.toContain(
      "redis-database",
    );
  });

  test("without CRDTs there is no shared database", () => {
    const input = edenInput(["crdt: true", "crdt: false"]);
    expect(edenComponent("redis/enterprise", "us-east-1", input).database).toBeUndefined();
  });

  test("replicates through the east-west gateway, by server name and with Redis' own TLS", async () => {
    const all = await build(east());
    const hosts = ["api.redis.us-east-1.eden.internal", "eden-db.redis.us-east-1.eden.internal"];
    expect(find(all, "redis-gateway").inputs["spec"]).toEqual({
      selector: { istio: "eastwestgateway" },
      servers: [
        { port: { number: 443, name: "tls-redis", protocol: "TLS" }, tls: { mode: "PASSTHROUGH" }, hosts },
      ],
    });
    const to = (name: string | undefined, host: string, port: number) => ({
      match: [{ port: 443, sniHosts: [name] }],
      route: [{ destination: { host: `${host}.redis.svc.cluster.local`, port: { number: port } } }],
    });
    expect(find(all, "redis-route").inputs["spec"]).toEqual({
      hosts,
      gateways: ["redis-replication"],
      tls: [to(hosts[0], "redis-us-east-1", 9443), to(hosts[1], "eden", 6379)],
    });
    expect(edenComponent("mesh/istio").gatewayNames).toEqual(["mesh.us-east-1.eden.internal", ...hosts]);
  });

  test("wakes somebody at the document's lag and sync failures", async () => {
    const { groups } = find(await build(east()), "redis-alerts").inputs["spec"] as {
      groups: readonly { rules: readonly { alert: string; expr: string }[] }[];
    };
    expect(groups.flatMap(({ rules }) => rules.map(({ alert, expr }) => [alert, expr]))).toEqual([
      [
        "RedisReplicationLag",
        'max(bdb_crdt_syncer_local_ingress_lag_time{cluster=~"redis-us-east-1.*"}) > 500',
      ],
      [
        "RedisSyncFailures",
        'sum_over_time((max(bdb_crdt_syncer_status{cluster=~"redis-us-east-1.*"}) == bool 2)[15m:30s]) >= 5',
      ],
    ]);
  });

  test("without a mesh or telemetry it has no routes and no rules", async () => {
    const without = new Set(["alerts", "gateway"]);
    const alone = Object.fromEntries(Object.entries(east()).filter(([key]) => !without.has(key)));
    expect(
      outline(await build(alone as unknown as RedisEnterpriseSpec)).filter((line) =>
        /istio|monitoring/.test(line),
      ),
    ).toEqual([]);
  });

  test.each([
    { quantity: "4Gi", written: "4GB" },
    { quantity: "512Mi", written: "512MB" },
    { quantity: "2Ti", written: "2048GB" },
    { quantity: "1500Ki", written: "2MB" },
  ])("$quantity is $written", ({ quantity, written }) => {
    expect(redisMemory(quantity)).toBe(written);
  });
});

describeWithSchemas("Redis Enterprise's definitions", () => {
  test("refuse what they do not know", async () => {
    const { inputs } = find(await build(east()), "redis-database");
    const spec = { ...(inputs["spec"] as object), conflictResolution: "last_write_wins" };
    expect(violations({ ...inputs, spec })).toEqual(['/spec: unknown field "conflictResolution"']);
  });
});
