/**
 * Topology: what a platform is once every default, shorthand and catalog fact is filled in.
 *
 * Plain readonly data, printable as JSON; plans, pictures and rules all read this one value.
 */

export type TopologyShape = "single" | "read-replicas" | "active-passive" | "active-active" | "isolated";

/** What a region does for its platform: derived from the cells, never written down twice. */
export type RegionRole = "writer" | "standby" | "reader" | "idle";

export interface TopologyRegion {
  readonly name: string;
  readonly cloud: "aws" | "azure" | "contabo" | "hetzner" | "local";
  /** The provider that realises it. */
  readonly provider: "aws" | "azure" | "kubernetes" | "local";
  /** Catalog name of the location, for example `eastus` or `nuremberg`. */
  readonly location: string;
  /** As its cloud writes it: `East US`. */
  readonly displayName: string;
  readonly role: RegionRole;
  /** ISO 3166-1 alpha-2, for example `DE`. */
  readonly country: string;
  readonly city: string;
  readonly latitude: number;
  readonly longitude: number;
  /** For example `["EU", "EEA"]`. */
  readonly jurisdictions: readonly string[];
}

/** One write owner and the epoch it owns the cell under. */
export interface WriteOwner {
  readonly region: string;
  readonly epoch: number;
}

/** The unit of ownership: epoch, failover, quorum, RPO/RTO and residency are judged per cell. */
export interface Cell {
  readonly name: string;
  /** One entry is a single-writer cell; several need `conflict`. */
  readonly writers: readonly WriteOwner[];
  readonly standbys: readonly string[];
  readonly readers: readonly string[];
  /** Declared conflict resolution of a cell with several writers. */
  readonly conflict?: string;
}

export type ReplicationMode = "sync" | "async" | "logical" | "multi-writer" | "object" | "quorum";

/** Data of one service that flows from one region to another. */
export interface ReplicationEdge {
  readonly cell: string;
  /** Service name in the manifest, for example `postgres`. */
  readonly service: string;
  readonly engine: string;
  readonly from: string;
  readonly to: string;
  readonly mode: ReplicationMode;
  readonly direction: "one-way" | "two-way";
}

/** Share of a platform's traffic that its region takes in the steady state, 0 to 100. */
export interface TrafficShare {
  readonly region: string;
  readonly percent: number;
  /** Who is sent there, in words a person reads: `Europe (FRA, AMS, LHR, CDG)`. */
  readonly serves: readonly string[];
}

/** Durations in seconds. */
export interface Objective {
  readonly fault: "component" | "region" | "corruption";
  readonly rpo: number;
  readonly rto: number;
}

export interface WorkspacePlacement {
  readonly workspace: string;
  readonly cell: string;
  readonly homeRegion: string;
  readonly replicaRegions: readonly string[];
  readonly shard: string;
}

export interface Topology {
  readonly platform: string;
  readonly shape: TopologyShape;
  readonly regions: readonly TopologyRegion[];
  readonly cells: readonly Cell[];
  readonly replication: readonly ReplicationEdge[];
  readonly traffic: readonly TrafficShare[];
  readonly objectives: readonly Objective[];
  readonly placements: readonly WorkspacePlacement[];
}
