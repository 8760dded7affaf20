import { AppsDeployment } from "../../../components/apps/deployment";
import { context, find, registered } from "../registered";
import { changed, edenComponent, edenInput, type EdenRegion } from "./eden";

const build = (region: EdenRegion, ...edits: readonly (readonly [string, string])[]) =>
  registered(
    () =>
      new AppsDeployment(edenComponent("apps/deployment", region, edenInput(...edits)), {
        platform: "eden",
        region,
        context: context(),
      }),
  );

interface Pod {
  readonly containers: readonly Readonly<Record<string, unknown>>[];
}
const podOf = async (name: string, region: EdenRegion = "us-east-1") => {
  const { inputs } = find(await build(region), `apps-${name}`, "Deployment");
  return (inputs["spec"] as { template: { spec: Pod } }).template.spec;
};

describe("the services of eden", () => {
  test("know their region, their database, the cache and the flags", async () => {
    const pod = await podOf("vault-service", "us-west-2");
    const from = (name: string, key = name) => ({
      name,
      valueFrom: { secretKeyRef: { name: "apps-connections", key } },
    });
    expect(pod.containers[0]?.["env"]).toEqual([
      { name: "EDEN_REGION", value: "us-west-2" },
      from("REDIS_URL"),
      from("LAUNCHDARKLY_SDK_KEY"),
      from("DATABASE_URL", "vault-service.DATABASE_URL"),
    ]);
  });

  test("without a node group of its own a service has no database", async () => {
    const pod = await podOf("monitor-service");
    expect(JSON.stringify(pod.containers[0]?.["env"])).not.toContain("DATABASE_URL");
  });

  test.each([
    { region: "us-east-1" as const, other: "us-west-2" },
    { region: "us-west-2" as const, other: "us-east-1" },
  ])("in $region write there first, in $other when they cannot", async ({ other, region }) => {
    const { inputs, secrets } = find(await build(region), "apps-connections");
    const url = (service: string, database: string) => [
      `${service}.DATABASE_URL`,
      `postgresql://${database}:postgres-${database.replace("_", "-")}-password-value` +
        `@postgres.${region}.eden.internal:5432,postgres.${other}.eden.internal:5432/${database}` +
        "?target_session_attrs=read-write&sslmode=verify-ca&sslrootcert=/etc/meridian/trust/postgres.crt",
    ];
    expect(inputs["stringData"]).toEqual({
      REDIS_URL: `rediss://:redis-password-value@redis.${region}.eden.internal:6379`,
      LAUNCHDARKLY_SDK_KEY: "launchdarkly-sdk-key-value",
      ...Object.fromEntries(
        ["vault", "hub", "flow", "task", "sync", "insight"].map((name) =>
          url(`${name}-service`, `eden_${name}`),
        ),
      ),
    });
    expect(secrets).toEqual(["stringData"]);
  });

  test("run as nobody's root, read-only, over the zones", async () => {
    const pod = await podOf("hub-service");
    expect(pod).toMatchObject({
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
      topologySpreadConstraints: [
        { topologyKey: "topology.kubernetes.io/zone", maxSkew: 1, whenUnsatisfiable: "ScheduleAnyway" },
      ],
      volumes: [
        { name: "trust", secret: { secretName: "apps-trust" } },
        { name: "tmp", emptyDir: { sizeLimit: "256Mi" } },
      ],
    });
    const probe = { httpGet: { path: "/health", port: "http" }, timeoutSeconds: 5 };
    expect(pod.containers[0]).toMatchObject({
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      },
      resources: { requests: { cpu: "250m", memory: "256Mi" }, limits: { memory: "256Mi" } },
      readinessProbe: { ...probe, periodSeconds: 10, failureThreshold: 3 },
      livenessProbe: { ...probe, periodSeconds: 30, failureThreshold: 6 },
    });
  });

  test("a canary is its service in another version, which the stable Service does not reach", async () => {
    const spec = edenComponent("apps/deployment");
    const canary = { image: "ghcr.io/ataivadev/vault-service:next", replicas: 1 };
    const services = spec.services.map((one) => (one.name === "vault-service" ? { ...one, canary } : one));
    const setting = { platform: "eden", region: "us-east-1", context: context() };
    const before = await registered(() => new AppsDeployment(spec, setting));
    const after = await registered(() => new AppsDeployment({ ...spec, services }, setting));
    expect(changed(before, after)).toEqual(["+ Deployment apps-vault-service-canary"]);
    const { selector, replicas, template } = find(after, "apps-vault-service-canary").inputs["spec"] as {
      selector: unknown;
      replicas: number;
      template: { spec: Pod };
    };
    expect({ selector, replicas, image: template.spec.containers[0]?.["image"] }).toEqual({
      selector: { matchLabels: { "app.kubernetes.io/name": "vault-service-canary" } },
      replicas: 1,
      image: canary.image,
    });
    expect(JSON.stringify(template.spec.containers[0]?.["env"])).toContain("vault-service.DATABASE_URL");
    const stable = find(after, "apps-vault-service", "Service").inputs["spec"] as { selector: unknown };
    expect(stable.selector).toEqual({ "app.kubernetes.io/name": "vault-service" });
  });

  test("scale from two to six at 70 % of a processor, and keep one while nodes are drained", async () => {
    const all = await build("us-east-1");
    for (const { name } of edenComponent("apps/deployment").services) {
      expect(find(all, `apps-${name}`, "HorizontalPodAutoscaler").inputs["spec"]).toMatchObject({
        minReplicas: 2,
        maxReplicas: 6,
        metrics: [{ resource: { target: { averageUtilization: 70 } } }],
      });
      expect(find(all, `apps-${name}`, "PodDisruptionBudget").inputs["spec"]).toMatchObject({
        minAvailable: 1,
      });
    }
  });
});
