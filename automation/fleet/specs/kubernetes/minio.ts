/**
 * The MinIO tenant of a region: its buckets, who may use them, and the sites it replicates with.
 *
 * What the defaults promise: every request and every object encrypted, versions kept, evidence that nobody
 * can change or delete before its time (COMPLIANCE: not even the root user), and copies only inside one
 * jurisdiction, because a site copies everything it holds.
 */
import type { Deletion } from "../deletion";
import type { SecretRef } from "../secret-ref";
import type { AuthoritySpec } from "./authority";
import type { VolumeSpec } from "./quantities";

export interface MinioBucket {
  readonly name: string;
  readonly versioning: boolean;
  /** Write once, read many: a version stays for this many days from when it was written. */
  readonly lockDays?: number;
  /** Versions that were replaced or deleted go after this many days; needs no lock. */
  readonly expireReplacedDays?: number;
}

/** Who may use one bucket. */
export interface MinioUser {
  /** Of its policy, for example `postgres`. */
  readonly name: string;
  readonly bucket: string;
  readonly access: "read" | "write";
  readonly accessKeyId: SecretRef;
  readonly secretAccessKey: SecretRef;
}

/** One region's tenant as the others know it. */
export interface MinioSite {
  readonly region: string;
  /** For example `https://objects.eu-central.portarium.example`. */
  readonly endpoint: string;
  readonly jurisdictions: readonly string[];
}

export interface MinioReplication {
  /** One every site lies in. */
  readonly jurisdiction: string;
  /** The first one may hold data when replication begins; the others must be empty. */
  readonly sites: readonly MinioSite[];
}

export interface MinioTenantSpec {
  readonly kind: "objectstore/minio";
  /** Of the component, for example `objectstore`. */
  readonly name: string;
  /** Of the Tenant and its service, for example `minio`. */
  readonly tenant: string;
  readonly namespace: string;
  readonly region: string;
  readonly servers: number;
  readonly volumesPerServer: number;
  readonly volume: Omit<VolumeSpec, "storageClass"> & { readonly storageClass?: string };
  readonly rootUser: string;
  readonly rootPassword: SecretRef;
  /** Master key of the encryption at rest, 32 bytes in Base64; the sites of one group share it. */
  readonly encryptionKey: SecretRef;
  /** Signs the tenant's certificate, which names its service and its endpoint. */
  readonly authority: AuthoritySpec;
  /** Reached from other regions, by a LoadBalancer. */
  readonly exposed: boolean;
  /** Made here: the site that replication began with. The others get them from it. */
  readonly buckets: readonly MinioBucket[];
  readonly users: readonly MinioUser[];
  readonly replication?: MinioReplication;
  /** Buckets verified in this region, copies too. */
  readonly verified: readonly EvidenceCheck[];
  /** A PrometheusRule that tells when a chain is broken. */
  readonly monitoring: boolean;
  readonly deletion: Deletion;
}

/** A CronJob that verifies the chains of one bucket. */
export interface EvidenceCheck {
  readonly bucket: string;
  /** Five cron fields. */
  readonly schedule: string;
  readonly accessKeyId: SecretRef;
  readonly secretAccessKey: SecretRef;
}
