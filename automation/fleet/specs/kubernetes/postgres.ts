/**
 * A CloudNativePG cluster and its place in a topology that spans regions.
 *
 * Every region of a topology lists the same members, so a switchover changes `primary` and nothing else.
 */
import type { Deletion } from "../deletion";
import type { SecretRef } from "../secret-ref";
import type { ComputeSpec, HostPort, VolumeSpec } from "./quantities";

/** One region's cluster as the other regions know it. */
export interface PostgresMember {
  /** Name of its CNPG Cluster, for example `postgresql-europe`. */
  readonly cluster: string;
  readonly region: string;
  /** Where it answers from other regions. */
  readonly endpoint: HostPort;
}

/** The certificate authority all members share: what `verify-full` trusts and client certificates come from. */
export interface PostgresTls {
  readonly mode: "require" | "verify-ca" | "verify-full";
  readonly caCertificate: SecretRef;
  /** The operator signs server and replication certificates with it. */
  readonly caKey: SecretRef;
}

/** How members replicate physically. */
export interface PhysicalReplication {
  /** CNPG admits `streaming_replica` by client certificate only, whatever password is given. */
  readonly user: string;
  /** Kept in the Secret `pg-replication-credentials` for a `user` of one's own. */
  readonly password?: SecretRef;
  /** True: a follower connects under its cluster's name, by which a primary knows its synchronous standbys. */
  readonly named?: boolean;
}

/** How members replicate logically, both ways. */
export interface LogicalReplication {
  /** A role of its own, made in every member, with REPLICATION and read access. */
  readonly user: string;
  readonly password: SecretRef;
  /** Databases published and subscribed both ways. */
  readonly databases: readonly string[];
}

/** Who wins when two writers change the same row. */
export interface ConflictPolicy {
  readonly policy: "last-write-wins" | "crdt" | "keep-local" | "custom";
  /** Column with the time of the last change: what `last-write-wins` compares. */
  readonly column: string;
}

/**
 * What a cluster publishes for query replicas. Every member of the topology carries it, so its role is
 * there after a promotion; only the primary's Publication is made.
 */
export interface PostgresPublication extends LogicalReplication {
  /** WAL kept for a subscriber that is away; one away longer has to be copied anew, and the disk stays free. */
  readonly keepWal: string;
}

export type PostgresTopology =
  | { readonly kind: "single" }
  | {
      /** One writer; every other member is a replica cluster. */
      readonly kind: "distributed";
      readonly members: readonly PostgresMember[];
      /** Cluster name of the writer. */
      readonly primary: string;
      /** Cluster name this one follows when it is not the writer. */
      readonly source: string;
      readonly replication: PhysicalReplication;
      /** The old primary's demotion token: with it a switchover loses nothing. */
      readonly promotionToken?: string;
    }
  | {
      /**
       * Every member writes. A member begins as a copy of another (`basebackup`), and what is written
       * between that copy and the subscriptions is lost to it: change to this topology without writes.
       */
      readonly kind: "multi-writer";
      readonly members: readonly PostgresMember[];
      readonly replication: LogicalReplication;
      readonly conflict: ConflictPolicy;
    }
  | {
      /**
       * A copy for queries, with indexes and settings of its own: subscribes to `publisher`, and takes the
       * schema from it when it begins. It follows one publisher for life: another writer is another copy.
       */
      readonly kind: "subscriber";
      readonly publisher: PostgresMember;
      readonly replication: LogicalReplication;
    };

/**
 * Where the data of a brand-new cluster comes from; an existing one ignores it. Only the first writer
 * of a topology begins with `initdb`: a writer after a failover, or a second one, copies a member that
 * lives (`basebackup`), for made anew with `initdb` it would be empty. `recovery` reads an archive, to
 * go back to before a corruption.
 */
export type PostgresBootstrap =
  | { readonly kind: "initdb" }
  | {
      /** The tables of these databases, without their rows: what a subscription then fills. */
      readonly kind: "schema";
      readonly from: string;
    }
  | { readonly kind: "basebackup"; readonly from: string }
  | { readonly kind: "recovery"; readonly from: string };

/**
 * Commits wait for this many standbys: the instances beside the primary, or with `across` the clusters of
 * other regions, and then one instance beside the primary too, so that neither failover loses a commit.
 *
 * CNPG knows `preferred` for its own instances alone. Across regions Meridian keeps its meaning by priority:
 * the other region is named first, and while it is not streaming the instances beside the primary stand in.
 */
export interface SynchronousReplication {
  readonly standbys: number;
  /** required: writes stop when too few standbys confirm; preferred: they go on without. */
  readonly dataDurability: "required" | "preferred";
  /** Clusters of other regions, by name; their `replication.named` is set. */
  readonly across?: readonly string[];
}

interface BackupPlan {
  readonly bucket: string;
  readonly accessKeyId: SecretRef;
  readonly secretAccessKey: SecretRef;
  /** Six fields, seconds first: `0 0 2 * * *`. */
  readonly schedule: string;
  readonly retentionDays: number;
  /** False makes base backups only: no point-in-time recovery. */
  readonly walArchive: boolean;
}

/** Backups and the WAL archive in Cloudflare R2. */
export interface R2Backup extends BackupPlan {
  /** Names the R2 endpoint. */
  readonly accountId: SecretRef;
  readonly jurisdiction: "default" | "eu" | "fedramp";
}

/** Backups and the WAL archive in the MinIO tenant of the region. */
export interface MinioBackup extends BackupPlan {
  /** For example `https://minio.objectstore.svc.cluster.local`. */
  readonly endpoint: string;
  /** Signs the endpoint's certificate. */
  readonly caCertificate: SecretRef;
}

export type PostgresBackup = R2Backup | MinioBackup;

/** When replication is worth waking somebody for. */
export interface PostgresAlerts {
  readonly lagSeconds: number;
  readonly conflicts: number;
}

export interface PostgresCnpgSpec {
  readonly kind: "postgres/cnpg";
  /** Of the component, for example `postgres`. */
  readonly name: string;
  /** Of the CNPG Cluster, for example `postgresql-europe`: unique in the topology. */
  readonly cluster: string;
  readonly namespace: string;
  /** PostgreSQL major or minor version, for example `17`. */
  readonly version: string;
  readonly instances: number;
  readonly storage: VolumeSpec;
  readonly resources: ComputeSpec;
  /** postgresql.conf; what a topology needs is added to it. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly database: string;
  readonly owner: string;
  readonly ownerPassword: SecretRef;
  readonly topology: PostgresTopology;
  readonly bootstrap: PostgresBootstrap;
  readonly synchronous?: SynchronousReplication;
  readonly publication?: PostgresPublication;
  /** Needed by `distributed` and `multi-writer`; without it the operator's own CA serves the one cluster. */
  readonly tls?: PostgresTls;
  readonly backup?: PostgresBackup;
  /** Host under which other regions reach the primary of this cluster: a LoadBalancer service of its own. */
  readonly endpoint?: HostPort;
  /** A PodMonitor for Prometheus. */
  readonly monitoring: boolean;
  readonly alerts?: PostgresAlerts;
  /** PgBouncer in front, when given. */
  readonly pooler?: { readonly instances: number; readonly mode: "session" | "transaction" };
  readonly deletion: Deletion;
}
