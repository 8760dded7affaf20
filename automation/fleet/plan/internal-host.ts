import { networkSpec } from "./aws-network";
import type { PlanInput } from "./plan-input";

/** The host a region's manifest gives a service, when it is one of the platform's private zone. */
export function hostIn(input: PlanInput, region: string, service: string): { readonly host?: string } {
  const host = input.regions.find(({ name }) => name === region)?.manifest.spec.endpoints[service];
  const { internalDomain } = networkSpec(input, input.regions);
  const isOurs = host !== undefined && internalDomain !== undefined && host.endsWith(`.${internalDomain}`);
  return isOurs ? { host } : {};
}
