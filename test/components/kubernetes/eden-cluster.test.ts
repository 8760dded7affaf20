/** Eden's clusters whole: what is in them, that it is valid, and that one number moves one resource. */
import { describeWithSchemas, violations } from "../crd-schemas";
import { find, outline, type Registered } from "../registered";
import { changed, edenInput, edenResources, type EdenRegion } from "./eden";

const REGIONS: readonly EdenRegion[] = ["us-east-1", "us-west-2"];
const SERVICES = ["api-gateway", "flow", "hub", "insight", "monitor", "sync", "task", "vault"].map((name) =>
  name === "api-gateway" ? name : `${name}-service`,
);

const DEFINED =
  /^(app\.redislabs\.com|(networking|security)\.istio\.io|cert-manager\.io|monitoring\.coreos\.com)\//;
const customResources = (all: readonly Registered[]) =>
  all.map(({ inputs }) => inputs).filter(({ apiVersion }) => DEFINED.test(String(apiVersion)));

describeWithSchemas("eden's custom resources", () => {
  test.each(REGIONS)("%s: every one is valid, and none of a kind nobody checks", async (region) => {
    const all = await edenResources(region);
    const objects = customResources(all);
    expect(objects.flatMap((object) => violations(object))).toEqual([]);
    const foreign = all.filter(({ inputs }) => /\..*\//.test(String(inputs["apiVersion"])));
    expect(foreign.filter(({ inputs }) => !String(inputs["apiVersion"]).includes("k8s.io")).length).toBe(
      objects.length,
    );
  });
});

describe("a cluster of eden", () => {
  let planned: readonly Registered[] = [];
  beforeAll(async () => {
    planned = await edenResources("us-east-1");
  });

  test("holds exactly this in the first writer's region", () => {
    const app = (name: string): readonly string[] => [
      `kubernetes:apps/v1:Deployment apps-${name} < apps`,
      `kubernetes:autoscaling/v2:HorizontalPodAutoscaler apps-${name} < apps`,
      `kubernetes:core/v1:Service apps-${name} < apps`,
      `kubernetes:policy/v1:PodDisruptionBudget apps-${name} < apps`,
      `kubernetes:networking.istio.io/v1:DestinationRule mesh-${name}-destination < mesh`,
      `kubernetes:networking.istio.io/v1:ServiceEntry mesh-${name}-names < mesh`,
      `kubernetes:networking.istio.io/v1:VirtualService mesh-${name}-route < mesh`,
      `kubernetes:networking.istio.io/v1:WorkloadEntry mesh-${name}-us-west-2 < mesh`,
    ];
    const expected = [
      ...SERVICES.flatMap(app),
      "kubernetes:app.redislabs.com/v1:RedisEnterpriseCluster redis-cluster < redis",
      "kubernetes:app.redislabs.com/v1alpha1:RedisEnterpriseActiveActiveDatabase redis-database < redis",
      "kubernetes:app.redislabs.com/v1alpha1:RedisEnterpriseRemoteCluster redis-remote-us-east-1 < redis",
      "kubernetes:app.redislabs.com/v1alpha1:RedisEnterpriseRemoteCluster redis-remote-us-west-2 < redis",
      "kubernetes:apps/v1:Deployment gateway-rate-limit < gateway",
      "kubernetes:cert-manager.io/v1:Certificate gateway-certificate < gateway",
      "kubernetes:cert-manager.io/v1:Issuer gateway-issuer < gateway",
      "kubernetes:core/v1:ConfigMap gateway-rate-limit < gateway",
      "kubernetes:core/v1:Namespace namespaces-eden < namespaces",
      "kubernetes:core/v1:Namespace namespaces-gateway < namespaces",
      "kubernetes:core/v1:Namespace namespaces-istio-system < namespaces",
      "kubernetes:core/v1:Namespace namespaces-postgres < namespaces",
      "kubernetes:core/v1:Namespace namespaces-redis < namespaces",
      "kubernetes:core/v1:Secret apps-connections < apps",
      "kubernetes:core/v1:Secret apps-trust < apps",
      "kubernetes:core/v1:Secret gateway-rate-limit < gateway",
      "kubernetes:core/v1:Secret mesh-authority < mesh",
      "kubernetes:core/v1:Secret redis-certificate < redis",
      "kubernetes:core/v1:Secret redis-license < redis",
      "kubernetes:core/v1:Secret redis-login < redis",
      "kubernetes:core/v1:Secret redis-login-us-east-1 < redis",
      "kubernetes:core/v1:Secret redis-login-us-west-2 < redis",
      "kubernetes:core/v1:Secret redis-password < redis",
      "kubernetes:core/v1:Service gateway-canary < gateway",
      "kubernetes:core/v1:Service gateway-rate-limit < gateway",
      "kubernetes:helm.sh/v3:Release gateway-cert-manager < gateway",
      "kubernetes:helm.sh/v3:Release gateway-proxies < gateway",
      "kubernetes:helm.sh/v3:Release mesh-base < mesh",
      "kubernetes:helm.sh/v3:Release mesh-cni < mesh",
      "kubernetes:helm.sh/v3:Release mesh-control < mesh",
      "kubernetes:helm.sh/v3:Release mesh-east-west < mesh",
      "kubernetes:helm.sh/v3:Release redis-operator < redis",
      "kubernetes:monitoring.coreos.com/v1:PodMonitor gateway-rate-limit-metrics < gateway",
      "kubernetes:monitoring.coreos.com/v1:PrometheusRule redis-alerts < redis",
      "kubernetes:monitoring.coreos.com/v1:ServiceMonitor redis-metrics < redis",
      "kubernetes:networking.istio.io/v1:DestinationRule gateway-canary-upstream < gateway",
      "kubernetes:networking.istio.io/v1:DestinationRule gateway-upstream < gateway",
      "kubernetes:networking.istio.io/v1:Gateway gateway-listener < gateway",
      "kubernetes:networking.istio.io/v1:Gateway mesh-cross-network < mesh",
      "kubernetes:networking.istio.io/v1:Gateway redis-gateway < redis",
      "kubernetes:networking.istio.io/v1:ServiceEntry redis-endpoint < redis",
      "kubernetes:networking.istio.io/v1:VirtualService gateway-api < gateway",
      "kubernetes:networking.istio.io/v1:VirtualService gateway-health < gateway",
      "kubernetes:networking.istio.io/v1:VirtualService redis-route < redis",
      "kubernetes:networking.istio.io/v1alpha3:EnvoyFilter gateway-correlation < gateway",
      "kubernetes:networking.istio.io/v1alpha3:EnvoyFilter gateway-health-checks < gateway",
      "kubernetes:networking.istio.io/v1alpha3:EnvoyFilter gateway-rate-limits < gateway",
      "kubernetes:networking.k8s.io/v1:NetworkPolicy namespaces-eden-ingress < namespaces",
      "kubernetes:networking.k8s.io/v1:NetworkPolicy namespaces-gateway-ingress < namespaces",
      "kubernetes:networking.k8s.io/v1:NetworkPolicy namespaces-postgres-ingress < namespaces",
      "kubernetes:networking.k8s.io/v1:NetworkPolicy namespaces-redis-ingress < namespaces",
      "kubernetes:policy/v1:PodDisruptionBudget gateway-rate-limit < gateway",
      "kubernetes:security.istio.io/v1:PeerAuthentication mesh-mutual-tls < mesh",
      "meridian:apps:Deployment apps",
      "meridian:gateway:Envoy gateway",
      "meridian:kubernetes:Namespaces namespaces",
      "meridian:mesh:Istio mesh",
      "meridian:redis:Enterprise redis",
      "pulumi:providers:kubernetes us-east-1",
    ];
    expect(outline(planned)).toEqual(expected.sort());
  });

  test("holds the same in the other region, but for the database and the direction", async () => {
    const [east, west] = [planned, await edenResources("us-west-2")];
    const swapped = (all: readonly Registered[]) =>
      outline(all).map((line) => line.replace(/us-(east-1|west-2)/, "us"));
    const missing = swapped(east).filter((line) => !swapped(west).includes(line));
    expect(missing).toEqual([
      "kubernetes:app.redislabs.com/v1alpha1:RedisEnterpriseActiveActiveDatabase redis-database < redis",
    ]);
    expect(swapped(west).filter((line) => !swapped(east).includes(line))).toEqual([]);
  });

  test("makes namespaces, the mesh, data, applications and the gateway in this order", () => {
    const all = planned;
    const namespaces = ["eden", "gateway", "istio-system", "postgres", "redis"].map(
      (name) => `namespaces-${name}`,
    );
    expect(find(all, "mesh-base").dependsOn).toEqual(namespaces);
    expect(find(all, "redis-operator").dependsOn).toEqual(["mesh-control", "mesh-mutual-tls"]);
    expect(find(all, "apps-connections").dependsOn).toEqual([
      "redis-cluster",
      "redis-database",
      "redis-remote-us-east-1",
      "redis-remote-us-west-2",
    ]);
    expect(find(all, "gateway-proxies").dependsOn).toEqual(SERVICES.map((name) => `apps-${name}`));
  });

  test("protects what holds data on the cloud, and nothing in the sandbox", async () => {
    const kept = async (target: "sandbox" | "cloud") =>
      (await edenResources("us-east-1", edenInput(), target))
        .filter(({ protect }) => protect)
        .map(({ name }) => name)
        .sort();
    expect([await kept("sandbox"), await kept("cloud")]).toEqual([[], ["redis-cluster", "redis-database"]]);
  });

  test("writes no secret in clear", () => {
    for (const { name, type, secrets, inputs } of planned) {
      const values = JSON.stringify(inputs).includes("-value");
      expect({ name, type, secret: secrets.length > 0 }).toEqual({ name, type, secret: values });
    }
  });

  const routes = SERVICES.map((name) => `VirtualService mesh-${name}-route`);
  const destinations = SERVICES.map((name) => `DestinationRule mesh-${name}-destination`);
  const upstreams = ["DestinationRule gateway-canary-upstream", "DestinationRule gateway-upstream"];
  test.each([
    {
      name: "the cache's memory",
      edit: ["syncInterval: 100ms", "syncInterval: 100ms\n      memory: 8Gi"] as const,
      moves: ["RedisEnterpriseActiveActiveDatabase redis-database", "RedisEnterpriseCluster redis-cluster"],
    },
    {
      name: "the sync interval",
      edit: ["syncInterval: 100ms", "syncInterval: 200ms"] as const,
      moves: ["RedisEnterpriseActiveActiveDatabase redis-database"],
    },
    { name: "the lag", edit: ["lag: 500ms", "lag: 600ms"] as const, moves: ["PrometheusRule redis-alerts"] },
    {
      name: "sync failures",
      edit: ["syncFailures: 5", "syncFailures: 6"] as const,
      moves: ["PrometheusRule redis-alerts"],
    },
    {
      name: "the region's quota",
      edit: ["regionQuota: 1000", "regionQuota: 1100"] as const,
      moves: ["ConfigMap gateway-rate-limit", "Deployment gateway-rate-limit"],
    },
    {
      name: "the gateway's health interval",
      edit: [
        "path: /health, interval: 30s }\n      gradual",
        "path: /health, interval: 20s }\n      gradual",
      ] as const,
      moves: ["EnvoyFilter gateway-health-checks"],
    },
    {
      name: "retries",
      edit: ["retries: 3", "retries: 2"] as const,
      moves: ["VirtualService gateway-api", ...routes],
    },
    {
      name: "the mesh's timeout",
      edit: ["timeout: 5s\n      retries", "timeout: 4s\n      retries"] as const,
      moves: ["VirtualService gateway-api", ...routes],
    },
    {
      name: "consecutive errors",
      edit: ["consecutiveErrors: 5", "consecutiveErrors: 7"] as const,
      moves: [...upstreams, ...destinations],
    },
    {
      name: "mutual TLS",
      edit: ["mtls: strict", "mtls: permissive"] as const,
      moves: ["PeerAuthentication mesh-mutual-tls"],
    },
    {
      name: "the sampling",
      edit: ["sampling: 0.1", "sampling: 0.2"] as const,
      moves: ["Release mesh-control"],
    },
  ])("$name moves nothing else", async ({ edit, moves }) => {
    expect(changed(planned, await edenResources("us-east-1", edenInput(edit)))).toEqual([...moves].sort());
  });
});
