import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parentResource } from "../../../automation/engine/sandbox/azure/path";
import { azureTypes } from "../../../automation/engine/sandbox/azure/types";
import { cloudflareTypes } from "../../../automation/engine/sandbox/cloudflare/types";
import { cloudOf, sandboxProviders } from "../../../automation/engine/sandbox/clouds";
import { changeOf, forcesReplacement, outputsOf } from "../../../automation/engine/sandbox/knowledge";
import { hide, HIDDEN, type Properties } from "../../../automation/engine/sandbox/values";

describe("forcesReplacement", () => {
  test.each([
    ["kubernetes:apps/v1:Deployment", "metadata.name", true],
    ["kubernetes:apps/v1:Deployment", "metadata.namespace", true],
    ["kubernetes:apps/v1:Deployment", "spec.selector.matchLabels.app", true],
    ["kubernetes:apps/v1:Deployment", "spec.replicas", false],
    ["kubernetes:apps/v1:Deployment", "metadata.labels.app", false],
    ["kubernetes:apps/v1:StatefulSet", "spec.volumeClaimTemplates[0].spec", true],
    ["kubernetes:apps/v1:StatefulSet", "spec.serviceName", true],
    ["kubernetes:batch/v1:Job", "spec.template.spec", true],
    ["kubernetes:core/v1:PersistentVolumeClaim", "spec.storageClassName", true],
    ["kubernetes:core/v1:PersistentVolumeClaim", "spec.resources.requests.storage", false],
    ["kubernetes:core/v1:ConfigMap", "data.key", true],
    ["kubernetes:postgresql.cnpg.io/v1:Cluster", "spec.instances", false],
    ["kubernetes:postgresql.cnpg.io/v1:Cluster", "metadata.name", true],
    ["azure-native:web:WebApp", "location", true],
    ["azure-native:web:WebApp", "resourceGroupName", true],
    ["azure-native:web:WebApp", "name", true],
    ["azure-native:web:WebApp", "siteConfig.alwaysOn", false],
    ["azure-native:web/v20240401:WebAppSlot", "slot", true],
    ["azure-native:cosmosdb:DatabaseAccount", "kind", true],
    ["azure-native:cosmosdb:DatabaseAccount", "locations[1].failoverPriority", false],
    ["azure-native:redis:LinkedServer", "serverRole", true],
    ["azure-native:trafficmanager:Profile", "trafficRoutingMethod", false],
    ["cloudflare:index/loadBalancer:LoadBalancer", "zoneId", true],
    ["cloudflare:index/loadBalancer:LoadBalancer", "steeringPolicy", false],
    ["cloudflare:index/loadBalancerPool:LoadBalancerPool", "name", false],
    ["cloudflare:index/r2Bucket:R2Bucket", "location", true],
    ["cloudflare:index/dnsRecord:DnsRecord", "content", false],
  ])("%s %s: %s", (type, path, expected) => {
    expect(forcesReplacement(type, path)).toBe(expected);
  });

  test("a change says what differs and what cannot stay", () => {
    const olds = {
      metadata: { name: "web", namespace: "shop" },
      spec: { replicas: 1, selector: { app: "a" } },
    };
    const news = {
      metadata: { name: "web", namespace: "shop" },
      spec: { replicas: 2, selector: { app: "b" } },
    };
    expect(changeOf("kubernetes:apps/v1:Deployment", olds, news)).toEqual({
      differences: [
        { path: "spec.replicas", kind: "update" },
        { path: "spec.selector.app", kind: "update" },
      ],
      changed: ["spec"],
      replaces: ["spec.selector.app"],
    });
  });
});

const settings = {
  subscriptionId: "11111111-1111-4111-8111-111111111111",
  location: "eastus",
  cluster: "eu",
};
const group = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/castiel";
const inGroup = { resourceGroupName: "castiel" } as const;

describe("outputsOf", () => {
  test("a load balancer service has an address of the documentation ranges", () => {
    const inputs = { metadata: { name: "lb", namespace: "shop" }, spec: { type: "LoadBalancer" } };
    expect(outputsOf("kubernetes:core/v1:Service", "lb", inputs, undefined, settings)).toMatchInlineSnapshot(`
      {
        "id": "shop/lb",
        "inputs": {
          "apiVersion": "v1",
          "kind": "Service",
          "metadata": {
            "name": "lb",
            "namespace": "shop",
          },
          "spec": {
            "type": "LoadBalancer",
          },
        },
        "outputs": {
          "apiVersion": "v1",
          "kind": "Service",
          "metadata": {
            "creationTimestamp": "2025-05-29T06:00:05Z",
            "generation": 1,
            "name": "lb",
            "namespace": "shop",
            "resourceVersion": "1",
            "uid": "1a0a927c-6ba2-5bbb-89bd-bba56e3d8009",
          },
          "spec": {
            "clusterIP": "10.96.221.132",
            "clusterIPs": [
              "10.96.221.132",
            ],
            "type": "LoadBalancer",
          },
          "status": {
            "loadBalancer": {
              "ingress": [
                {
                  "ip": "203.0.113.179",
                },
              ],
            },
          },
        },
      }
    `);
  });

  test.each<{ name: string; type: string; inputs: Properties; id: string; outputs: Properties }>([
    {
      name: "an object without a namespace is in default",
      type: "kubernetes:core/v1:ConfigMap",
      inputs: { metadata: { name: "settings" }, data: { a: "1" } },
      id: "default/settings",
      outputs: { data: { a: "1" } },
    },
    {
      name: "a custom resource of any group",
      type: "kubernetes:postgresql.cnpg.io/v1:Cluster",
      inputs: { metadata: { name: "pg", namespace: "db" }, spec: { instances: 3 } },
      id: "db/pg",
      outputs: { apiVersion: "postgresql.cnpg.io/v1", kind: "Cluster", spec: { instances: 3 } },
    },
    {
      name: "a deployment is available",
      type: "kubernetes:apps/v1:Deployment",
      inputs: { metadata: { name: "web" }, spec: { replicas: 3 } },
      id: "default/web",
      outputs: { spec: { replicas: 3 }, status: { availableReplicas: 3 } },
    },
    {
      name: "a web app has its host name",
      type: "azure-native:web:WebApp",
      inputs: { ...inGroup, name: "castiel-east" },
      id: `${group}/providers/Microsoft.Web/sites/castiel-east`,
      outputs: {
        defaultHostName: "castiel-east.azurewebsites.net",
        location: "eastus",
        type: "Microsoft.Web/sites",
      },
    },
    {
      name: "a slot has its own",
      type: "azure-native:web:WebAppSlot",
      inputs: { ...inGroup, name: "castiel-east", slot: "staging" },
      id: `${group}/providers/Microsoft.Web/sites/castiel-east/slots/staging`,
      outputs: { defaultHostName: "castiel-east-staging.azurewebsites.net", name: "castiel-east/staging" },
    },
    {
      name: "a Cosmos account has an endpoint, and one for each region",
      type: "azure-native:cosmosdb:DatabaseAccount",
      inputs: {
        ...inGroup,
        accountName: "castiel-db",
        enableMultipleWriteLocations: false,
        locations: [
          { locationName: "East US", failoverPriority: 0 },
          { locationName: "West US 2", failoverPriority: 1 },
        ],
      },
      id: `${group}/providers/Microsoft.DocumentDB/databaseAccounts/castiel-db`,
      outputs: {
        documentEndpoint: "https://castiel-db.documents.azure.com:443/",
        writeLocations: [{ documentEndpoint: "https://castiel-db-eastus.documents.azure.com:443/" }],
      },
    },
    {
      name: "a cache has a host name",
      type: "azure-native:redis:Redis",
      inputs: { ...inGroup, name: "castiel-cache" },
      id: `${group}/providers/Microsoft.Cache/redis/castiel-cache`,
      outputs: { hostName: "castiel-cache.redis.cache.windows.net", sslPort: 6380 },
    },
    {
      name: "a traffic manager profile has a name in DNS",
      type: "azure-native:trafficmanager:Profile",
      inputs: { ...inGroup, profileName: "tm", dnsConfig: { relativeName: "castiel", ttl: 30 } },
      id: `${group}/providers/Microsoft.Network/trafficManagerProfiles/tm`,
      outputs: { dnsConfig: { relativeName: "castiel", ttl: 30, fqdn: "castiel.trafficmanager.net" } },
    },
    {
      name: "an endpoint's type is a part of its id",
      type: "azure-native:trafficmanager:Endpoint",
      inputs: { ...inGroup, profileName: "tm", endpointType: "AzureEndpoints", endpointName: "east" },
      id: `${group}/providers/Microsoft.Network/trafficManagerProfiles/tm/azureEndpoints/east`,
      outputs: { endpointMonitorStatus: "Online" },
    },
    {
      name: "an R2 bucket's id is its name",
      type: "cloudflare:index/r2Bucket:R2Bucket",
      inputs: { accountId: "a1", name: "backups" },
      id: "backups",
      outputs: { storageClass: "Standard" },
    },
  ])("$name", ({ type, inputs, id, outputs }) => {
    const answer = outputsOf(type, "resource", inputs, undefined, settings);
    expect(answer.id).toBe(id);
    expect(answer.outputs).toMatchObject(outputs);
  });

  test.each([
    ["kubernetes:core/v1:ConfigMap", {}, /^default\/settings-[0-9a-f]{8}$/],
    ["azure-native:web:WebApp", inGroup, /\/sites\/settings[0-9a-f]{8}$/],
    ["azure-native:storage:StorageAccount", inGroup, /\/storageAccounts\/settings[0-9a-f]{8}$/],
    ["cloudflare:index/loadBalancerMonitor:LoadBalancerMonitor", { accountId: "a" }, /^[0-9a-f]{32}$/],
  ])("%s gets a generated name or id that stays the same", (type, inputs, pattern) => {
    const first = outputsOf(type, "settings", inputs, undefined, settings);
    expect(first.id).toMatch(pattern);
    expect(outputsOf(type, "settings", inputs, undefined, settings)).toEqual(first);
  });

  test("an update keeps what the cloud made up and counts versions", () => {
    const type = "kubernetes:apps/v1:Deployment";
    const inputs = { metadata: { name: "web" }, spec: { replicas: 1 } };
    const first = outputsOf(type, "web", inputs);
    const second = outputsOf(type, "web", { ...inputs, spec: { replicas: 2 } }, first.outputs);
    expect(second.outputs["metadata"]).toEqual({
      ...(first.outputs["metadata"] as Properties),
      resourceVersion: "2",
      generation: 2,
    });
  });
});

describe("what components use", () => {
  const root = join(__dirname, "../../..");
  const imports = readdirSync(join(root, "components"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => [
      ...readFileSync(join(root, "components", file), "utf8").matchAll(
        /"@pulumi\/(azure-native|cloudflare)\/([^"]+)"/g,
      ),
    ])
    .map(([, provider = "", path = ""]) => ({ provider, path }))
    .filter(({ path }) => path !== "provider" && !/\/?(get|list)[A-Z]|types/.test(path));

  test.each([...new Set(imports.map(({ provider, path }) => `${provider}/${path}`))].sort())(
    "%s has a row",
    (name) => {
      const { __pulumiType: type } = Object.values(
        jest.requireActual<Record<string, { readonly __pulumiType?: string }>>(`@pulumi/${name}`),
      ).find((value) => value.__pulumiType !== undefined) ?? { __pulumiType: "" };
      const rows = name.startsWith("azure") ? Object.keys(azureTypes) : Object.keys(cloudflareTypes);
      const row = (type ?? "")
        .split(":")
        .slice(name.startsWith("azure") ? -2 : -1)
        .join(":");
      expect([...rows, "resources:ResourceGroup"]).toContain(row);
    },
  );
});

test.each([
  [
    "a slot's settings",
    "web:WebAppScmAllowedSlot",
    { name: "a", slot: "s" },
    "web:WebAppSlot",
    "sites/a/slots/s",
  ],
  ["a cache's policy", "redis:AccessPolicyAssignment", { cacheName: "c" }, "redis:Redis", "redis/c"],
  [
    "a container",
    "cosmosdb:SqlResourceSqlContainer",
    { accountName: "a", databaseName: "d" },
    "cosmosdb:SqlResourceSqlDatabase",
    "databaseAccounts/a/sqlDatabases/d",
  ],
  [
    "a blob container",
    "storage:BlobContainer",
    { accountName: "a" },
    "storage:StorageAccount",
    "storageAccounts/a",
  ],
  [
    "an endpoint",
    "trafficmanager:Endpoint",
    { profileName: "p", endpointType: "ExternalEndpoints" },
    "trafficmanager:Profile",
    "trafficManagerProfiles/p",
  ],
])("%s lives below its parent", (_, row, inputs, parent, end) => {
  const found = parentResource(`azure-native:${row}`, { ...inGroup, ...inputs }, settings);
  expect(found?.type).toBe(`azure-native:${parent}`);
  expect(found?.id.endsWith(`/${end}`)).toBe(true);
});

test.each([
  ["monitor:DiagnosticSetting", { resourceUri: `${group}/providers/Microsoft.Web/sites/a`, name: "logs" }],
  ["authorization:RoleAssignment", { scope: group, roleAssignmentName: "r" }],
])("%s lives below what it is about", (row, inputs) => {
  const { id } = outputsOf(`azure-native:${row}`, "x", inputs, undefined, settings);
  expect(id.startsWith(`${group}/`)).toBe(true);
});

test("keys are secret in the graph too", () => {
  const { outputs } = outputsOf(
    "azure-native:redis:Redis",
    "c",
    { ...inGroup, name: "c" },
    undefined,
    settings,
  );
  expect(hide(outputs)["accessKeys"]).toBe(HIDDEN);
});

test("every provider has a cloud of its name, and others an error", () => {
  expect(sandboxProviders.map((name) => cloudOf(name).name)).toEqual([...sandboxProviders]);
  expect(() => cloudOf("gcp")).toThrow('there is no sandbox provider "gcp"');
});
