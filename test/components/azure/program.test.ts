import type { ComponentSpec } from "../../../automation/fleet/specs/component-spec";
import type { StackSpec } from "../../../automation/fleet/stack-spec";
import { buildAzure } from "../../../components/azure-program";
import { context, find, outline, registered, type Registered } from "../registered";
import {
  alerts,
  apps,
  cache,
  cosmos,
  dataStack,
  globalStack,
  link,
  regionStack,
  subscription,
  traffic,
} from "./castiel";

const build = (spec: StackSpec, target: "sandbox" | "cloud" = "sandbox"): Promise<readonly Registered[]> =>
  registered(() => buildAzure(spec, context(target)));

const TAGS = (region: string) => ({ platform: "castiel", region, "managed-by": "meridian" });
/** What azure-native adds on its own; none of it means anything on Linux. */
const SDK_DEFAULTS = {
  site: { hyperV: false, isXenon: false, scmSiteAlsoStopped: false },
  config: { localMySqlEnabled: false, netFrameworkVersion: "v4.6" },
};
const SUBSCRIPTION = "/subscriptions/azure-subscription-id-value";

describe("data stack", () => {
  test("exactly these resources", async () => {
    expect(outline(await build(dataStack()))).toMatchInlineSnapshot(`
      [
        "azure-native:cosmosdb:DatabaseAccount cosmos < cosmos",
        "azure-native:cosmosdb:SqlResourceSqlContainer cosmos-castiel-documents < cosmos",
        "azure-native:cosmosdb:SqlResourceSqlContainer cosmos-castiel-tenants < cosmos",
        "azure-native:cosmosdb:SqlResourceSqlDatabase cosmos-castiel < cosmos",
        "azure-native:monitor:DiagnosticSetting cosmos-diagnostics < cosmos",
        "azure-native:operationalinsights:Workspace telemetry < telemetry",
        "azure-native:resources:ResourceGroup group < group",
        "meridian:azure:ResourceGroup group",
        "meridian:cosmos:Account cosmos",
        "meridian:telemetry:AzureWorkspace telemetry",
        "pulumi:providers:azure-native azure",
      ]
    `);
  });

  test("account: both regions write, identities only, in failover order", async () => {
    const account = find(await build(dataStack()), "cosmos", ":DatabaseAccount");
    expect(account.inputs).toEqual({
      resourceGroupName: "castiel-data",
      accountName: "castiel-cosmos",
      location: "eastus",
      kind: "GlobalDocumentDB",
      databaseAccountOfferType: "Standard",
      createMode: "Default",
      locations: [
        { locationName: "East US", failoverPriority: 0, isZoneRedundant: true },
        { locationName: "West US 2", failoverPriority: 1, isZoneRedundant: true },
      ],
      enableMultipleWriteLocations: true,
      enableAutomaticFailover: true,
      consistencyPolicy: { defaultConsistencyLevel: "Session" },
      backupPolicy: { type: "Continuous", continuousModeProperties: { tier: "Continuous7Days" } },
      minimalTlsVersion: "Tls12",
      disableLocalAuth: true,
      disableKeyBasedMetadataWriteAccess: true,
      tags: TAGS("data"),
    });
  });

  test("container: partition key and who wins", async () => {
    const container = find(await build(dataStack()), "cosmos-castiel-tenants");
    expect(container.inputs).toEqual({
      resourceGroupName: "castiel-data",
      accountName: "castiel-cosmos",
      databaseName: "castiel",
      containerName: "tenants",
      resource: {
        id: "tenants",
        partitionKey: { kind: "Hash", paths: ["/tenantId"], version: 2 },
        conflictResolutionPolicy: { mode: "LastWriterWins", conflictResolutionPath: "/_ts" },
      },
    });
  });

  test("conflicts feed, bounded staleness and periodic backup", async () => {
    const all = await build(
      dataStack({
        ...cosmos,
        consistency: "BoundedStaleness",
        conflict: { kind: "conflicts-feed" },
        backup: { kind: "periodic", intervalMinutes: 240, retentionHours: 8, redundancy: "Geo" },
      }),
    );
    expect(find(all, "cosmos", ":DatabaseAccount").inputs).toMatchObject({
      consistencyPolicy: {
        defaultConsistencyLevel: "BoundedStaleness",
        maxStalenessPrefix: 100_000,
        maxIntervalInSeconds: 300,
      },
      backupPolicy: {
        type: "Periodic",
        periodicModeProperties: {
          backupIntervalInMinutes: 240,
          backupRetentionIntervalInHours: 8,
          backupStorageRedundancy: "Geo",
        },
      },
    });
    expect(find(all, "cosmos-castiel-tenants").inputs["resource"]).toMatchObject({
      conflictResolutionPolicy: { mode: "Custom" },
    });
  });

  test.each([
    {
      name: "protected in the cloud",
      target: "cloud" as const,
      deletion: "protected" as const,
      protect: true,
    },
    {
      name: "free where the manifest says so",
      target: "cloud" as const,
      deletion: "free" as const,
      protect: false,
    },
    {
      name: "free in the sandbox",
      target: "sandbox" as const,
      deletion: "protected" as const,
      protect: false,
    },
  ])("data is $name", async ({ target, deletion, protect }) => {
    const all = await build(dataStack({ ...cosmos, deletion }), target);
    const holders = all.filter(({ type }) => type.startsWith("azure-native:cosmosdb:"));
    expect(holders.map((one) => one.protect)).toEqual([protect, protect, protect, protect]);
  });
});

describe("region stack", () => {
  const whole = (): Promise<readonly Registered[]> => build(regionStack(alerts, apps, cache));

  test("exactly these resources", async () => {
    expect(outline(await whole())).toMatchInlineSnapshot(`
      [
        "azure-native:applicationinsights:Component telemetry-insights < telemetry",
        "azure-native:applicationinsights:WebTest alerts-api < alerts",
        "azure-native:cosmosdb:SqlResourceSqlRoleAssignment apps-cosmos-access < apps",
        "azure-native:managedidentity:UserAssignedIdentity apps-identity < apps",
        "azure-native:monitor:ActionGroup alerts-people < alerts",
        "azure-native:monitor:AutoscaleSetting apps-autoscale < apps",
        "azure-native:monitor:DiagnosticSetting apps-api-diagnostics < apps",
        "azure-native:monitor:DiagnosticSetting redis-diagnostics < redis",
        "azure-native:monitor:MetricAlert alerts-api-availability-24h < alerts",
        "azure-native:monitor:MetricAlert alerts-api-availability-6h < alerts",
        "azure-native:monitor:MetricAlert alerts-api-errors < alerts",
        "azure-native:monitor:MetricAlert alerts-api-instances < alerts",
        "azure-native:monitor:MetricAlert alerts-api-unreachable < alerts",
        "azure-native:operationalinsights:Workspace telemetry < telemetry",
        "azure-native:redis:AccessPolicyAssignment apps-redis-access < apps",
        "azure-native:redis:Redis redis < redis",
        "azure-native:resources:ResourceGroup group < group",
        "azure-native:web:AppServicePlan apps-plan < apps",
        "azure-native:web:WebApp apps-api < apps",
        "azure-native:web:WebAppFtpAllowed apps-api-ftp < apps",
        "azure-native:web:WebAppFtpAllowedSlot apps-api-staging-ftp < apps-api-staging",
        "azure-native:web:WebAppScmAllowed apps-api-scm < apps",
        "azure-native:web:WebAppScmAllowedSlot apps-api-staging-scm < apps-api-staging",
        "azure-native:web:WebAppSlot apps-api-staging < apps-api",
        "azure-native:web:WebAppSlotConfigurationNames apps-api-sticky < apps",
        "meridian:apps:AppService apps",
        "meridian:azure:ResourceGroup group",
        "meridian:redis:AzureCache redis",
        "meridian:telemetry:AzureAlerts alerts",
        "meridian:telemetry:AzureWorkspace telemetry",
        "pulumi:providers:azure-native azure",
      ]
    `);
  });

  test("groups and logs come before what lives in them and reports to them", async () => {
    const order = (await whole()).map(({ name, type }) => `${type.split(":").at(-1) ?? ""} ${name}`);
    const at = (text: string): number => order.indexOf(text);
    expect([
      at("Workspace telemetry"),
      at("Redis redis"),
      at("WebApp apps-api"),
      at("WebTest alerts-api"),
    ]).toEqual(
      [at("Workspace telemetry"), at("Redis redis"), at("WebApp apps-api"), at("WebTest alerts-api")].sort(
        (a, b) => a - b,
      ),
    );
    expect(find(await whole(), "apps", "apps:AppService").dependsOn).toContain("group");
  });

  test("web app: identity, TLS, health check, where it is and where its data is", async () => {
    const app = find(await whole(), "apps-api", ":WebApp");
    expect(app.inputs).toEqual({
      resourceGroupName: "castiel-east-us",
      name: "castiel-east-us-api",
      location: "eastus",
      kind: "app,linux",
      reserved: true,
      serverFarmId: "apps-plan-id",
      httpsOnly: true,
      clientAffinityEnabled: false,
      ...SDK_DEFAULTS.site,
      identity: { type: "UserAssigned", userAssignedIdentities: ["apps-identity-id"] },
      siteConfig: {
        ...SDK_DEFAULTS.config,
        linuxFxVersion: "NODE|20-lts",
        alwaysOn: true,
        http20Enabled: true,
        ftpsState: "Disabled",
        minTlsVersion: "1.2",
        scmMinTlsVersion: "1.2",
        healthCheckPath: "/health",
        appSettings: [
          { name: "APPLICATIONINSIGHTS_CONNECTION_STRING" },
          { name: "AZURE_CLIENT_ID" },
          { name: "COSMOS_DATABASE", value: "castiel" },
          { name: "COSMOS_ENDPOINT", value: "https://castiel-cosmos.documents.azure.com:443/" },
          { name: "COSMOS_PREFERRED_REGIONS", value: "East US,West US 2" },
          { name: "FEATURES", value: "all" },
          { name: "REDIS_HOST", value: "castiel-east-us-redis.redis.cache.windows.net" },
          { name: "REDIS_PORT", value: "6380" },
          { name: "REGION", value: "east-us" },
          { name: "ROLE", value: "primary" },
          { name: "SLOT", value: "production" },
        ],
      },
      tags: { ...TAGS("east-us"), settings: expect.stringMatching(/^[0-9a-f]{16}$/) as string },
    });
  });

  test("slot: the same app, told apart by one sticky setting", async () => {
    const all = await whole();
    const [app, slot] = [find(all, "apps-api", ":WebApp"), find(all, "apps-api-staging", ":WebAppSlot")];
    const settings = ({ inputs }: Registered): readonly unknown[] =>
      (inputs["siteConfig"] as { readonly appSettings: readonly unknown[] }).appSettings;
    const live = settings(app);
    expect(
      settings(slot).filter((one) => !live.some((other) => JSON.stringify(one) === JSON.stringify(other))),
    ).toEqual([{ name: "SLOT", value: "staging" }]);
    expect(slot.inputs["slot"]).toBe("staging");
    expect(find(all, "apps-api-sticky").inputs).toEqual({
      resourceGroupName: "castiel-east-us",
      name: "castiel-east-us-api",
      appSettingNames: ["SLOT"],
    });
  });

  test("nobody signs in with a password", async () => {
    const policies = (await whole()).filter(({ type }) => /(Ftp|Scm)Allowed/.test(type));
    expect(policies.map(({ name, inputs }) => [name, inputs["allow"]])).toEqual([
      ["apps-api-ftp", false],
      ["apps-api-scm", false],
      ["apps-api-staging-ftp", false],
      ["apps-api-staging-scm", false],
    ]);
  });

  test("data access is one role on one database, in another stack's group", async () => {
    const access = find(await whole(), "apps-cosmos-access");
    const account = `${SUBSCRIPTION}/resourceGroups/castiel-data/providers/Microsoft.DocumentDB/databaseAccounts/castiel-cosmos`;
    expect(access.inputs).toEqual({
      resourceGroupName: "castiel-data",
      accountName: "castiel-cosmos",
      roleAssignmentId: expect.stringMatching(
        /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      ) as string,
      roleDefinitionId: `${account}/sqlRoleDefinitions/00000000-0000-0000-0000-000000000002`,
      scope: `${account}/dbs/castiel`,
    });
  });

  test("plan scales, and applying again leaves the autoscaler's number alone", async () => {
    const all = await whole();
    expect(find(all, "apps-plan").inputs).toMatchObject({
      sku: { name: "P1v3", capacity: 2 },
      zoneRedundant: true,
      reserved: true,
    });
    expect(find(all, "apps-autoscale").inputs["profiles"]).toMatchObject([
      {
        capacity: { minimum: "2", maximum: "6", default: "2" },
        rules: [
          {
            metricTrigger: { operator: "GreaterThan", threshold: 70 },
            scaleAction: { direction: "Increase" },
          },
          { metricTrigger: { operator: "LessThan", threshold: 35 }, scaleAction: { direction: "Decrease" } },
        ],
      },
    ]);
  });

  test("equal numbers of instances need no autoscaler", async () => {
    const fixed = { ...apps, plan: { ...apps.plan, instances: { minimum: 3, maximum: 3 } } };
    expect((await build(regionStack(fixed))).map(({ name }) => name)).not.toContain("apps-autoscale");
  });

  test("cache: TLS, identities, zones", async () => {
    expect(find(await whole(), "redis", ":Redis").inputs).toEqual({
      resourceGroupName: "castiel-east-us",
      name: "castiel-east-us-redis",
      location: "eastus",
      sku: { name: "Premium", family: "P", capacity: 1 },
      enableNonSslPort: false,
      minimumTlsVersion: "1.2",
      disableAccessKeyAuthentication: true,
      redisVersion: "6",
      redisConfiguration: { aadEnabled: "true", maxmemoryPolicy: "volatile-lru" },
      zones: ["1", "2", "3"],
      tags: TAGS("east-us"),
    });
  });

  test("smaller caches are of the other family", async () => {
    const all = await build(regionStack({ ...cache, tier: "Standard", zones: [] }));
    expect(find(all, "redis", ":Redis").inputs).toMatchObject({ sku: { name: "Standard", family: "C" } });
  });

  test("linked caches are reached by the name that follows the writer", async () => {
    const linked = {
      ...apps,
      redis: { group: "castiel-east-us", cache: "castiel-east-us-redis", linked: true },
    };
    const app = find(await build(regionStack(linked)), "apps-api", ":WebApp");
    expect(JSON.stringify(app.inputs)).toContain("castiel-east-us-redis.geo.redis.cache.windows.net");
  });

  test("web test probes the region itself and wakes people when two of five places fail", async () => {
    const all = await whole();
    expect(find(all, "alerts-api", ":WebTest").inputs).toMatchObject({
      webTestName: "castiel-east-us-api",
      frequency: 300,
      request: { requestUrl: "https://castiel-east-us-api.azurewebsites.net/health" },
      validationRules: { expectedHttpStatusCode: 200, sSLCheck: true },
      tags: { "hidden-link:telemetry-insights-id": "Resource" },
    });
    expect(find(all, "alerts-api-unreachable").inputs).toMatchObject({
      severity: 0,
      criteria: { componentId: "telemetry-insights-id", failedLocationCount: 2 },
      scopes: ["alerts-api-id", "telemetry-insights-id"],
      actions: [{ actionGroupId: "alerts-people-id" }],
    });
  });

  test("secrets are those of the provider and the ids of other stacks' resources", async () => {
    const secrets = (await whole()).flatMap(({ name, secrets: paths }) =>
      paths.map((path) => `${name} ${path}`),
    );
    expect(secrets).toEqual([
      "azure clientId",
      "azure clientSecret",
      "azure subscriptionId",
      "azure tenantId",
      "apps-cosmos-access roleDefinitionId",
      "apps-cosmos-access scope",
    ]);
  });
});

describe("global stack", () => {
  test("exactly these resources, without the link", async () => {
    expect(outline(await build(globalStack(traffic)))).toMatchInlineSnapshot(`
      [
        "azure-native:monitor:DiagnosticSetting traffic-api-diagnostics < traffic-api",
        "azure-native:operationalinsights:Workspace telemetry < telemetry",
        "azure-native:resources:ResourceGroup group < group",
        "azure-native:trafficmanager:Profile traffic-api < traffic-api",
        "meridian:azure:ResourceGroup group",
        "meridian:telemetry:AzureWorkspace telemetry",
        "meridian:traffic:TrafficManager traffic-api",
        "pulumi:providers:azure-native azure",
      ]
    `);
  });

  test.each([
    { routing: "priority" as const, method: "Priority" },
    { routing: "performance" as const, method: "Performance" },
  ])("$routing: one method, the same endpoints", async ({ routing, method }) => {
    const all = await build(globalStack({ ...traffic, routing }));
    const site = (region: string): string =>
      `${SUBSCRIPTION}/resourceGroups/castiel-${region}/providers/Microsoft.Web/sites/castiel-${region}-api`;
    const endpoint = (region: string, priority: number) => ({
      name: region,
      type: "Microsoft.Network/trafficManagerProfiles/azureEndpoints",
      targetResourceId: site(region),
      endpointStatus: "Enabled",
      priority,
      weight: 1,
    });
    expect(find(all, "traffic-api", ":Profile").inputs).toEqual({
      resourceGroupName: "castiel-global",
      profileName: "castiel-api",
      location: "global",
      profileStatus: "Enabled",
      trafficRoutingMethod: method,
      dnsConfig: { relativeName: "castiel-api", ttl: 30 },
      monitorConfig: {
        protocol: "HTTPS",
        port: 443,
        path: "/health",
        intervalInSeconds: 30,
        timeoutInSeconds: 10,
        toleratedNumberOfFailures: 2,
        expectedStatusCodeRanges: [{ min: 200, max: 200 }],
      },
      endpoints: [endpoint("east-us", 1), endpoint("west-us-2", 2)],
      tags: TAGS("global"),
    });
  });

  test("fast probing", async () => {
    const monitor = { ...traffic.monitor, interval: 10 as const, timeout: 9 };
    const profile = find(await build(globalStack({ ...traffic, monitor })), "traffic-api", ":Profile");
    expect(profile.inputs["monitorConfig"]).toMatchObject({ intervalInSeconds: 10, timeoutInSeconds: 9 });
  });

  test("the link is one resource below the primary's cache", async () => {
    const all = await build(globalStack(traffic, link));
    expect(find(all, "redis-link-secondary").inputs).toEqual({
      resourceGroupName: "castiel-east-us",
      name: "castiel-east-us-redis",
      linkedServerName: "castiel-west-us-2-redis",
      linkedRedisCacheId: `${SUBSCRIPTION}/resourceGroups/castiel-west-us-2/providers/Microsoft.Cache/redis/castiel-west-us-2-redis`,
      linkedRedisCacheLocation: "westus2",
      serverRole: "Secondary",
    });
  });
});

describe("every stack", () => {
  const stacks: readonly (readonly [string, StackSpec])[] = [
    ["data", dataStack()],
    ["east-us", regionStack(alerts, apps, cache)],
    ["global", globalStack(traffic, link)],
  ];

  test.each(stacks)("%s: every child has its component and the stack's provider", async (_, spec) => {
    const all = await build(spec);
    const custom = all.filter((one) => one.custom && !one.type.startsWith("pulumi:providers:"));
    expect(custom.filter(({ parent }) => parent === undefined)).toEqual([]);
    expect(new Set(custom.map(({ provider }) => provider))).toEqual(new Set(["azure"]));
    expect(new Set(all.map(({ type, name }) => `${type} ${name}`)).size).toBe(all.length);
  });

  test.each(stacks)("%s: what takes tags has them", async (_, spec) => {
    const tagged = (await build(spec)).filter(({ inputs }) => inputs["tags"] !== undefined);
    expect(tagged.length).toBeGreaterThan(0);
    for (const { inputs } of tagged) {
      expect(inputs["tags"]).toMatchObject({ platform: "castiel", "managed-by": "meridian" });
    }
  });
});

describe("a stack no program can be made of", () => {
  const foreign: ComponentSpec = {
    kind: "kubernetes/cluster",
    name: "europe",
    kubeconfig: { secret: "kubeconfig-europe" },
  };

  test.each([
    { name: "no subscription", components: [cosmos], code: "MRD5011" },
    { name: "another provider's component", components: [subscription, foreign], code: "MRD5012" },
  ])("$name", async ({ components, code }) => {
    await expect(build({ ...dataStack(), components })).rejects.toMatchObject({ code });
  });
});
