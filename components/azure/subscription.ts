import { Provider } from "@pulumi/azure-native/provider";
import type { AzureSubscriptionSpec } from "../../automation/fleet/specs/azure/subscription";
import type { ProgramContext } from "../program-context";

/** The provider every resource of an Azure stack is made with: one service principal, never the machine's login. */
export const subscriptionProvider = (spec: AzureSubscriptionSpec, { secret }: ProgramContext): Provider =>
  new Provider(spec.name, {
    subscriptionId: secret(spec.subscriptionId),
    tenantId: secret(spec.tenantId),
    clientId: secret(spec.clientId),
    clientSecret: secret(spec.clientSecret),
    location: spec.location,
  });
