/**
 * HashiCorp Vault of a region: a Raft cluster by the official Helm chart, and how regions hold the same.
 *
 * Open source has no replication: each region is a Vault of its own, and what they share is configuration, which
 * a Job brings to each alike; secrets are written in each. Enterprise replicates: secrets are written to the
 * primary and secondaries serve reads.
 *
 * Initialising and unsealing stay with people: whoever does it puts a token into the Secret
 * `vault-configuration` (key `token`), which Meridian never sees, and the Jobs that wait for it begin.
 */
import type { Deletion } from "../deletion";
import type { SecretRef } from "../secret-ref";
import type { AuthoritySpec } from "./authority";
import type { ComputeSpec } from "./quantities";

/** Pods of a namespace that may log in, and what they may do then. */
export interface VaultRole {
  readonly name: string;
  readonly namespace: string;
  readonly policies: readonly string[];
}

/** The same in every region of a platform. */
export interface VaultConfiguration {
  /** Policies that begin with this are Meridian's: one that is not listed any more is removed. */
  readonly prefix: string;
  /** HCL by name. */
  readonly policies: Readonly<Record<string, string>>;
  readonly roles: readonly VaultRole[];
}

export interface VaultPerformanceReplication {
  readonly role: "primary" | "secondary";
  /** Host of the primary: its API answers at 8200, replication at 8201. */
  readonly primary: string;
}

export interface VaultSpec {
  readonly kind: "secrets/vault";
  /** Of the component, for example `secrets`. */
  readonly name: string;
  readonly namespace: string;
  readonly region: string;
  readonly edition: "open-source" | "enterprise";
  /** Odd: a Raft cluster of three bears the loss of one. */
  readonly servers: number;
  readonly storage: { readonly size: string; readonly storageClass?: string };
  readonly resources: ComputeSpec;
  readonly authority: AuthoritySpec;
  /** Absent in a secondary, which has that of its primary. */
  readonly configuration?: VaultConfiguration;
  /** Enterprise only. */
  readonly license?: SecretRef;
  readonly replication?: VaultPerformanceReplication;
  /** Host under which other regions reach it, by a LoadBalancer; replication needs it. */
  readonly host?: string;
  readonly deletion: Deletion;
}
