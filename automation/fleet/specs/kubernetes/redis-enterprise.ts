/**
 * Redis Enterprise in one region, and its part of one active-active (CRDT) database.
 *
 * Every region writes. Conflicting writes merge without a loser where the type allows it: counters add up, sets
 * keep an element that one side added while the other removed it, hashes and lists merge by element. A string
 * that both sides set is decided by the later wall clock (last write wins); vector clocks tell which writes
 * really conflict. So a lock or a uniqueness check needs the database of record, not this one.
 */
import type { Deletion } from "../deletion";
import type { SecretRef } from "../secret-ref";
import type { ComputeSpec, HostPort, VolumeSpec } from "./quantities";

/** One participating cluster, as the others reach it. */
export interface RedisMember {
  readonly region: string;
  /** Of the RedisEnterpriseCluster, and of the RedisEnterpriseRemoteCluster that stands for it everywhere. */
  readonly cluster: string;
  /** Host of its REST API; databases are found under `<database><suffix>`. */
  readonly api: string;
  readonly suffix: string;
  readonly password: SecretRef;
}

export interface RedisCertificate {
  readonly certificate: SecretRef;
  readonly key: SecretRef;
}

/** Declared in the stack of one region; its operator makes the other regions' copies. */
export interface RedisDatabaseSpec {
  readonly members: readonly string[];
  /** Limit of each region's instance, replicas included: `4GB`. */
  readonly memory: string;
  readonly shards: number;
  /** What the manifest promises; the syncer streams without pause, so it is kept as an annotation. */
  readonly syncIntervalMs: number;
}

export interface RedisEnterpriseSpec {
  readonly kind: "redis/enterprise";
  /** Of the component, for example `redis`. */
  readonly name: string;
  readonly namespace: string;
  readonly region: string;
  readonly member: RedisMember;
  /** All participating clusters, this one too. */
  readonly members: readonly RedisMember[];
  readonly nodes: number;
  readonly resources: ComputeSpec;
  readonly storage: VolumeSpec;
  /** Without one the clusters stop taking changes after 30 days. */
  readonly license: SecretRef;
  /** Served by the proxy to applications and to the other clusters. */
  readonly certificate: RedisCertificate;
  /** Of the database, for example `eden`: each region has its Secret, only one declares the database. */
  readonly databaseName: string;
  readonly databasePassword: SecretRef;
  /** Where the region's applications reach the database. */
  readonly endpoint: HostPort;
  readonly database?: RedisDatabaseSpec;
  /** Selector of the Istio gateway that carries replication between regions; none without a mesh. */
  readonly gateway?: Readonly<Record<string, string>>;
  readonly alerts?: { readonly lagMs: number; readonly syncFailures: number };
  readonly deletion: Deletion;
}
