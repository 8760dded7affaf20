/**
 * Names of Azure resources: the same platform and region always give the same name, in any stack.
 *
 * Names that do not fit are cut and end in a digest of the whole, so two long ones stay apart.
 */
import { fingerprint } from "../../canonical";

const DIGEST = 8;

/** `parts` joined by dashes, at most `limit` long. */
function fitted(limit: number, parts: readonly string[]): string {
  const whole = parts.join("-").replaceAll(/-{2,}/g, "-");
  if (whole.length <= limit) return whole;
  const head = whole.slice(0, limit - DIGEST - 1).replace(/-+$/, "");
  return `${head}-${fingerprint(whole).slice(0, DIGEST)}`;
}

/** `castiel-east-us`; `scope` is a region, `data` or `global`. At most 90. */
export const resourceGroupName = (platform: string, scope: string): string => fitted(90, [platform, scope]);

/** `castiel-east-us-plan`. At most 60. */
export const appServicePlanName = (platform: string, region: string): string =>
  fitted(60, [platform, region, "plan"]);

/** `castiel-east-us-api`, short enough that `<app>-<slot>` is a DNS label. */
export const webAppName = (platform: string, region: string, service: string): string =>
  fitted(40, [platform, region, service]);

/** Where a web app answers. */
export const webAppHost = (app: string): string => `${app}.azurewebsites.net`;

/** `castiel-east-us-apps`: what the apps of a region act as. At most 128. */
export const identityName = (platform: string, region: string): string =>
  fitted(63, [platform, region, "apps"]);

/** `castiel-cosmos`. At most 44, at least 3. */
export const cosmosAccountName = (platform: string): string => fitted(44, [platform, "cosmos"]);

/** `castiel-east-us-redis`. At most 63. */
export const azureCacheName = (platform: string, region: string): string =>
  fitted(63, [platform, region, "redis"]);

/** `castiel-east-us-logs`. At most 63, at least 4. */
export const logWorkspaceName = (platform: string, scope: string): string =>
  fitted(63, [platform, scope, "logs"]);

/** `castiel-east-us-insights`. */
export const insightsName = (platform: string, region: string): string =>
  fitted(63, [platform, region, "insights"]);

/** Of a profile and the label before `.trafficmanager.net`: a platform with one service keeps its plain name. */
export const trafficProfileName = (dnsName: string, service: string, services: number): string =>
  fitted(63, services === 1 ? [dnsName] : [dnsName, service]);
