/** A Cosmos DB for NoSQL account over several regions. */
import type { Deletion } from "../deletion";
import type { AzureResourceRef } from "./subscription";

export interface CosmosLocation {
  readonly region: string;
  /** As Cosmos DB writes it: `East US`. */
  readonly location: string;
  /** Replicas in three availability zones of the region. */
  readonly zoneRedundant: boolean;
}

/** Who wins when two regions write the same item at once. */
export type CosmosConflict =
  | { readonly kind: "last-writer-wins"; readonly path: "/_ts" }
  /** Losers wait in the conflicts feed until an application reads them. */
  | { readonly kind: "conflicts-feed" };

export interface CosmosContainerSpec {
  readonly name: string;
  /** For example `/tenantId`; it can never be changed. */
  readonly partitionKey: string;
}

export type CosmosBackup =
  /** Restores to any second of the tier's days, in any region of the account. */
  | { readonly kind: "continuous"; readonly tier: "Continuous7Days" | "Continuous30Days" }
  /** Full copies; minutes and hours as Azure counts them. A restore is a support ticket. */
  | {
      readonly kind: "periodic";
      readonly intervalMinutes: number;
      readonly retentionHours: number;
      readonly redundancy: "Geo" | "Zone" | "Local";
    };

export interface CosmosAccountSpec {
  readonly kind: "cosmos/account";
  /** Of the component, for example `cosmos`. */
  readonly name: string;
  readonly group: string;
  /** Of the account: 3 to 44 lower-case letters, digits and dashes, unique in the world. */
  readonly account: string;
  /** ARM location of the account itself, `eastus`: changing it replaces the account, so it follows no failover. */
  readonly location: string;
  /** In failover order: the first is priority 0. */
  readonly locations: readonly CosmosLocation[];
  /** Every location takes writes. Excludes `Strong` consistency. */
  readonly multiRegionWrites: boolean;
  /** Azure moves the write region on its own when it is lost; means nothing while every region writes. */
  readonly automaticFailover: boolean;
  readonly consistency: "Strong" | "BoundedStaleness" | "Session" | "ConsistentPrefix" | "Eventual";
  readonly conflict: CosmosConflict;
  readonly database: string;
  /** Autoscale maximum of the database, request units a second, a multiple of 1,000. */
  readonly throughput: number;
  readonly containers: readonly CosmosContainerSpec[];
  readonly backup: CosmosBackup;
  /** Requests, partition statistics and control plane go here. */
  readonly diagnostics: AzureResourceRef;
  readonly deletion: Deletion;
}
