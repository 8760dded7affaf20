/** The applications of one region: an App Service plan, its web apps and their deployment slots. */
import type { AzureResourceRef } from "./subscription";

export interface AppServicePlanSpec {
  /** Of the plan, for example `castiel-east-us-plan`. */
  readonly plan: string;
  /** For example `P1v3`. */
  readonly sku: string;
  /** Spread over availability zones; needs Premium and two instances or more. Changing it replaces the plan. */
  readonly zoneRedundant: boolean;
  /** The autoscaler moves between the two; equal numbers mean a fixed size without one. */
  readonly instances: { readonly minimum: number; readonly maximum: number };
  /** Average CPU of the plan above which an instance is added. */
  readonly cpuPercent: number;
}

export interface WebAppSpec {
  /** Of the service, for example `api`. */
  readonly name: string;
  /** Of the web app: 2 to 60 letters, digits and dashes, unique in the world; its host is `<app>.azurewebsites.net`. */
  readonly app: string;
  /** Instances that fail it are taken out of the rotation, and Traffic Manager probes it. */
  readonly health: string;
}

/** Becomes `COSMOS_ENDPOINT`, `COSMOS_DATABASE` and `COSMOS_PREFERRED_REGIONS`. */
export interface CosmosConnection {
  readonly group: string;
  readonly account: string;
  readonly database: string;
  /** As Cosmos DB writes them, nearest first: the SDK reads and writes in the first that answers. */
  readonly preferredRegions: readonly string[];
}

/** Becomes `REDIS_HOST` and `REDIS_PORT` (TLS). */
export interface AzureCacheConnection {
  readonly group: string;
  readonly cache: string;
  /** Linked caches are reached by the name that follows the one that takes writes. */
  readonly linked: boolean;
}

/** Apps reach both with their own identity: no key, no password, no connection string. */
export interface AppServicesSpec {
  readonly kind: "apps/app-service";
  /** Of the component, for example `apps`. */
  readonly name: string;
  readonly group: string;
  readonly location: string;
  /** Becomes `REGION`. */
  readonly region: string;
  /** Becomes `ROLE`. */
  readonly role: "primary" | "standby";
  readonly plan: AppServicePlanSpec;
  /** For example `NODE|20-lts`. */
  readonly runtime: string;
  readonly services: readonly WebAppSpec[];
  /** Each app has each of them; `staging` is where a release waits to be swapped in. */
  readonly slots: readonly string[];
  /** Further plain settings; they swap with the release. */
  readonly settings: Readonly<Record<string, string>>;
  readonly cosmos?: CosmosConnection;
  readonly redis?: AzureCacheConnection;
  /** Becomes `APPLICATIONINSIGHTS_CONNECTION_STRING`; the stack's `telemetry/azure-workspace`. */
  readonly insights?: AzureResourceRef;
  /** HTTP, console and platform logs and metrics go here. */
  readonly diagnostics: AzureResourceRef;
}
