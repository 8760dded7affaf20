import fc from "fast-check";
import {
  appServicePlanName,
  azureCacheName,
  cosmosAccountName,
  identityName,
  insightsName,
  logWorkspaceName,
  resourceGroupName,
  trafficProfileName,
  webAppName,
} from "../../../automation/fleet/specs/azure/names";
import { guidOf } from "../../../components/azure/guid";

/** As manifests allow them. */
const name = fc.stringMatching(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/);

/** Azure's own rules: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules */
const RULES: readonly (readonly [
  string,
  RegExp,
  (platform: string, region: string, service: string) => string,
])[] = [
  ["resource group", /^[a-z0-9-]{0,89}[a-z0-9]$/, resourceGroupName],
  ["App Service plan", /^[a-zA-Z0-9-]{1,60}$/, appServicePlanName],
  ["web app", /^[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])$/, webAppName],
  ["identity", /^[a-z0-9][a-z0-9-]{2,127}$/, identityName],
  ["Cosmos DB account", /^[a-z0-9]([a-z0-9-]{1,42}[a-z0-9])$/, (platform) => cosmosAccountName(platform)],
  ["cache", /^(?!.*--)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, azureCacheName],
  ["log workspace", /^[a-z0-9][a-z0-9-]{2,61}[a-z0-9]$/, logWorkspaceName],
  ["Application Insights", /^[a-z0-9-]{0,259}[a-z0-9]$/, insightsName],
  [
    "Traffic Manager profile",
    /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    (platform, _, service) => trafficProfileName(platform, service, 2),
  ],
];

test.each(RULES)("%s: any platform and region give a name Azure accepts", (_, rule, nameOf) => {
  fc.assert(
    fc.property(name, name, name, (platform, region, service) => {
      expect(nameOf(platform, region, service)).toMatch(rule);
    }),
  );
});

test("a slot's host is a DNS label", () => {
  fc.assert(
    fc.property(name, name, name, (platform, region, service) => {
      expect(`${webAppName(platform, region, service)}-production-candidate`.length).toBeLessThanOrEqual(63);
    }),
  );
});

test("names that were cut stay apart", () => {
  const long = "a-very-long-platform-name-that-says-everything-about-itself";
  const names = ["east-us", "east-us-2", "west-us-2"].map((region) => webAppName(long, region, "api"));
  expect(new Set(names).size).toBe(3);
  expect(names[0]).toMatch(/^a-very-long-platform-name-that-[0-9a-f-]+$/);
});

test.each([
  [resourceGroupName("castiel", "global"), "castiel-global"],
  [webAppName("castiel", "east-us", "api"), "castiel-east-us-api"],
  [cosmosAccountName("castiel"), "castiel-cosmos"],
  [trafficProfileName("castiel", "api", 1), "castiel"],
  [trafficProfileName("castiel", "api", 2), "castiel-api"],
])("%s", (made, expected) => {
  expect(made).toBe(expected);
});

test("a GUID is the same for the same parts only", () => {
  expect(guidOf("castiel-cosmos", "castiel", "castiel-east-us-apps")).toMatchInlineSnapshot(
    `"bcab61c9-93bf-50c6-93db-1f23cc4e0b22"`,
  );
  fc.assert(
    fc.property(fc.array(fc.string()), fc.array(fc.string()), (a, b) => {
      expect(guidOf(...a) === guidOf(...b)).toBe(JSON.stringify(a) === JSON.stringify(b));
    }),
  );
});
