import { WebTest } from "@pulumi/azure-native/applicationinsights/webTest";
import type { ActionGroup } from "@pulumi/azure-native/monitor/actionGroup";
import { MetricAlert } from "@pulumi/azure-native/monitor/metricAlert";
import { output, type Resource } from "@pulumi/pulumi";
import type { AzureAlertsSpec, AzureWatch } from "../../automation/fleet/specs/azure/alerts";
import { tagsOf, type AzureSetting } from "../azure/setting";
import { failedLocations } from "./azure-watches";

type WebTestWatch = Extract<AzureWatch, { kind: "web-test" }>;

const TIMEOUT_SECONDS = 30;
const CERTIFICATE_DAYS = 7;

/** Probes one region's app from several places, and tells when several of them cannot reach it at once. */
export function webTest(
  watch: WebTestWatch,
  test: string,
  spec: AzureAlertsSpec,
  action: ActionGroup,
  setting: AzureSetting,
  parent: Resource,
): void {
  const name = `${spec.name}-${watch.name}`;
  const insights = setting.arm.id("Microsoft.Insights/components", watch.insights);
  const tags = tagsOf(setting);
  const made = new WebTest(
    name,
    {
      resourceGroupName: spec.group,
      webTestName: test,
      syntheticMonitorId: test,
      location: spec.location,
      kind: "standard",
      webTestKind: "standard",
      enabled: true,
      frequency: watch.interval,
      timeout: TIMEOUT_SECONDS,
      retryEnabled: true,
      locations: watch.locations.map((location) => ({ location })),
      request: {
        requestUrl: `https://${watch.host}${watch.path}`,
        httpVerb: "GET",
        parseDependentRequests: false,
      },
      validationRules: {
        expectedHttpStatusCode: 200,
        sSLCheck: true,
        sSLCertRemainingLifetimeCheck: CERTIFICATE_DAYS,
      },
      // The portal finds a test by this tag only.
      tags: output(insights).apply((id) => ({ ...tags, [`hidden-link:${id}`]: "Resource" })),
    },
    { parent },
  );
  new MetricAlert(
    `${name}-unreachable`,
    {
      resourceGroupName: spec.group,
      ruleName: `${test}-unreachable`,
      location: "global",
      description: `${watch.name} cannot be reached from ${failedLocations(watch)} of ${watch.locations.length} places`,
      severity: 0,
      enabled: true,
      autoMitigate: true,
      scopes: [made.id, insights],
      evaluationFrequency: "PT1M",
      windowSize: "PT5M",
      criteria: {
        odataType: "Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria",
        componentId: insights,
        webTestId: made.id,
        failedLocationCount: failedLocations(watch),
      },
      actions: [{ actionGroupId: action.id }],
      tags,
    },
    { parent },
  );
}
