/** Where requests for a workspace go, and the buckets it has. */

/** What a control plane needs to know of one workspace; nothing here is personal, for it is in every region. */
export interface WorkspaceRoute {
  readonly workspace: string;
  readonly cell: string;
  readonly home: string;
  /** Takes its writes: the home region, or the one it was failed over to. */
  readonly writer: string;
  /** Of the writer; a request that knows a later one is not answered by an older table. */
  readonly epoch: number;
  /** May be read, with a warning. */
  readonly replicas: readonly string[];
  /** Where its data may be; none means anywhere. */
  readonly jurisdictions: readonly string[];
}

/** The routes of one shard: a ConfigMap of its own, for one holds a mebibyte at most. */
export interface RoutingShard {
  readonly shard: string;
  readonly routes: readonly WorkspaceRoute[];
}

/** The routing table of every workspace of a platform, in one region. */
export interface WorkspaceRoutingSpec {
  readonly kind: "workspaces/routing";
  readonly name: string;
  /** Of the control plane. */
  readonly namespace: string;
  readonly platform: string;
  /** Whether readers of a replica are told that what they read may be old. */
  readonly staleReadWarning: boolean;
  readonly shards: readonly RoutingShard[];
}

/** A bucket for each workspace of a shard, on the MinIO tenant of its home region. */
export interface WorkspaceBucketsSpec {
  readonly kind: "workspaces/buckets";
  readonly name: string;
  /** Of the tenant. */
  readonly namespace: string;
  readonly tenant: string;
  readonly buckets: readonly WorkspaceBucket[];
}

export interface WorkspaceBucket {
  readonly workspace: string;
  /** For example `ws-acme`. */
  readonly name: string;
  /** The most it may hold, for example `50Gi`. */
  readonly quota: string;
}
