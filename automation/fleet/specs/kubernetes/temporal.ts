/**
 * Temporal: an independent cluster a region, and global namespaces that replicate between them.
 *
 * Workflow history replicates namespace by namespace, asynchronously; a namespace is failed over by naming
 * another active cluster, which leaves the clusters themselves as they are.
 */
import type { Deletion } from "../deletion";
import type { SecretRef } from "../secret-ref";
import type { AuthoritySpec } from "./authority";
import type { HostPort } from "./quantities";

/** A cluster as the others connect to it. */
export interface TemporalPeer {
  readonly cluster: string;
  readonly address: HostPort;
}

/**
 * A namespace's failover version says which cluster may write its history: `version mod increment` is the
 * initial version of the active cluster. So each cluster's is its own for ever, and the increment is shared.
 */
export interface FailoverVersions {
  readonly initial: number;
  readonly increment: number;
}

/** Where a cluster keeps its history: a database of its own, since the standby's PostgreSQL is read-only. */
export interface TemporalPersistence {
  /** The CNPG Cluster that serves it, in the same namespace. */
  readonly cluster: string;
  readonly database: string;
  readonly visibility: string;
  readonly user: string;
  readonly password: SecretRef;
}

export interface WorkflowTemporalSpec {
  readonly kind: "workflow/temporal";
  /** Of the component: `workflow`. */
  readonly name: string;
  readonly namespace: string;
  /** Of the Temporal cluster: its region. */
  readonly cluster: string;
  /** The cluster that may register and change global namespaces. */
  readonly master: string;
  readonly versions: FailoverVersions;
  /** Fixed for the life of the cluster. */
  readonly historyShards: number;
  /** Of each of its four services. */
  readonly replicas: number;
  /** Where the other regions reach its frontend. */
  readonly address: HostPort;
  /** Clusters of the same cell; no namespace, and no name of one, goes anywhere else. */
  readonly remotes: readonly TemporalPeer[];
  readonly persistence: TemporalPersistence;
  readonly authority: AuthoritySpec;
  readonly deletion: Deletion;
}

/** The namespace of one workspace. */
export interface TemporalNamespace {
  readonly name: string;
  /** The active one first; only clusters within the workspace's jurisdictions. */
  readonly clusters: readonly string[];
  readonly active: string;
  readonly retentionDays: number;
}

/** The namespaces that are active in one region, of one shard of workspaces. */
export interface WorkflowNamespacesSpec {
  readonly kind: "workflow/namespaces";
  readonly name: string;
  /** Kubernetes namespace of the Temporal cluster. */
  readonly namespace: string;
  /** The Temporal cluster they are registered with: the one that is active. */
  readonly cluster: string;
  readonly namespaces: readonly TemporalNamespace[];
}
