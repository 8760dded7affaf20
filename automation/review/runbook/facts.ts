/**
 * What a runbook says besides the topology: names and numbers, as plain data.
 *
 * `facts-of.ts` takes them from manifests; nothing in a runbook is typed by hand.
 */
import type { PlatformManifest } from "../../manifest/schema/manifest";

export interface RegionFacts {
  readonly name: string;
  /** Where its health is asked for from outside, `https://api-eu.openova.io/health`. */
  readonly health: readonly string[];
  /** Secret that opens the region's Kubernetes cluster, when it has one. */
  readonly kubeconfig?: string;
}

export interface PostgresFacts {
  readonly kind: "postgres/cnpg";
  readonly name: string;
  readonly namespace: string;
  readonly database: string;
  /** CNPG Cluster of each region, `postgresql-europe`. */
  readonly clusters: Readonly<Record<string, string>>;
  readonly mode: "sync" | "async";
  /** With sync: whether writes stop when no standby confirms. */
  readonly durability: "required" | "preferred";
  readonly backup: { readonly walArchive: boolean; readonly retentionDays: number };
}

export interface MongodbMemberFacts {
  readonly region: string;
  readonly votes: number;
  readonly priority: number;
  /** `mongo-india.openova.io:27020`; absent when only its own cluster reaches it. */
  readonly host?: string;
}

export interface MongodbFacts {
  readonly kind: "mongodb/community";
  readonly name: string;
  readonly namespace: string;
  readonly resource: string;
  /** `nodes`: every member really runs in the hosting cluster, whatever its region says. */
  readonly spread: "nodes" | "regions";
  /** Region whose Kubernetes cluster holds the resource. */
  readonly hosting: string;
  readonly members: readonly MongodbMemberFacts[];
}

export interface CosmosFacts {
  readonly kind: "cosmos/sql";
  readonly name: string;
  readonly group: string;
  readonly account: string;
  /** As Azure writes them, by region: `East US`. */
  readonly locations: Readonly<Record<string, string>>;
  readonly multiRegionWrites: boolean;
  readonly automaticFailover: boolean;
  readonly consistency: string;
  readonly conflict: "last-writer-wins" | "custom";
  readonly backup: string;
}

export interface AzureCacheFacts {
  readonly kind: "redis/azure-cache";
  readonly name: string;
  readonly caches: Readonly<Record<string, { readonly group: string; readonly cache: string }>>;
  readonly linked: boolean;
}

/** A service with no steps of its own here: the runbook says how its data flows, and that it says no more. */
export interface OtherFacts {
  readonly kind: "other";
  readonly name: string;
  readonly engine: string;
}

export type ServiceFacts = PostgresFacts | MongodbFacts | CosmosFacts | AzureCacheFacts | OtherFacts;

export type TrafficFacts =
  | {
      readonly kind: "traffic-manager";
      readonly group: string;
      readonly routing: "priority" | "performance";
      /** Seconds. */
      readonly ttl: number;
      readonly profiles: readonly {
        readonly profile: string;
        readonly host: string;
        readonly path: string;
      }[];
    }
  | {
      readonly kind: "cloudflare-load-balancer";
      readonly hostname: string;
      readonly path: string;
      readonly steering: string;
      /** Pool of each region, `europe-pool`. */
      readonly pools: Readonly<Record<string, string>>;
    }
  | { readonly kind: "other"; readonly engine: string; readonly hostname?: string };

export interface ContactFacts {
  readonly name: string;
  readonly kind: string;
  /** An address; secrets are named, never shown. */
  readonly target: string;
}

export interface RunbookFacts {
  /** Where the manifest is, `regions/castiel/platform.yaml`. */
  readonly manifest: string;
  readonly regions: readonly RegionFacts[];
  readonly services: readonly ServiceFacts[];
  readonly traffic?: TrafficFacts;
  readonly failover: PlatformManifest["spec"]["failover"];
  /** Percent of a month, 99.95. */
  readonly availability?: number;
  readonly contacts: readonly ContactFacts[];
  /** Services that Meridian has no components for: it applies nothing of such a platform. */
  readonly unbuilt: readonly string[];
}
