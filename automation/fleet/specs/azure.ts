/**
 * What an Azure stack can hold. Three kinds of stack, in this order:
 * `data` (Cosmos DB) → one a region (plan, apps, cache, telemetry) → `global` (Traffic Manager, cache link).
 *
 * Every physical name is in the spec (see azure/names.ts), so stacks find each other without references.
 */
import type { AzureAlertsSpec, AzureWorkspaceSpec } from "./azure/alerts";
import type { AppServicesSpec } from "./azure/app-service";
import type { CosmosAccountSpec } from "./azure/cosmos";
import type { AzureCacheLinkSpec, AzureCacheSpec } from "./azure/redis";
import type { AzureSubscriptionSpec, ResourceGroupSpec } from "./azure/subscription";
import type { TrafficManagerSpec } from "./azure/traffic-manager";

export type AzureComponentSpec =
  | AzureSubscriptionSpec
  | ResourceGroupSpec
  | AzureWorkspaceSpec
  | AzureAlertsSpec
  | AppServicesSpec
  | CosmosAccountSpec
  | AzureCacheSpec
  | AzureCacheLinkSpec
  | TrafficManagerSpec;
