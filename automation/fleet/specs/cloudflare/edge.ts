import type { SecretRef } from "../secret-ref";
import type { CountryPlatform, RoutingShard, RoutingTable } from "./routing-table";

/** The Worker in front of every region, and its routing table in KV. */
export interface EdgeRouterSpec {
  readonly kind: "edge/router";
  /** Of the component, for example `router`. */
  readonly name: string;
  /** Of the Worker, for example `hse-router`: unique in the account. */
  readonly script: string;
  readonly hostname: string;
  /** Country and region names of workspaces stand in the table: it stays where their data must. */
  readonly jurisdiction?: "eu";
  readonly table: RoutingTable;
  readonly shards: readonly RoutingShard[];
  /** What platforms in front of the router prove themselves with. */
  readonly proofs: readonly {
    readonly platform: Exclude<CountryPlatform, "cloudflare">;
    readonly secret: SecretRef;
  }[];
}
