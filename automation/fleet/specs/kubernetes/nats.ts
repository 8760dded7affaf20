/**
 * NATS JetStream: a cluster a region, each with a JetStream domain, joined without sharing fate.
 *
 * Servers joined by gateways share one JetStream: its meta group needs a majority of all of them, so of two
 * joined regions neither survives the other's loss. A secondary region therefore joins its writer as leaf
 * nodes, with a domain of its own that goes on alone; gateways join the regions that write, and only within
 * one jurisdiction.
 */
import type { Deletion } from "../deletion";
import type { SecretRef } from "../secret-ref";
import type { AuthoritySpec } from "./authority";
import type { DefaultVolumeSpec, HostPort } from "./quantities";

/** A region's servers as others connect to them. */
export interface NatsPeer {
  readonly region: string;
  readonly address: HostPort;
}

/** What a region's servers are to the others. */
export type NatsRole =
  | { readonly kind: "hub"; readonly gateways: readonly NatsPeer[] }
  /** Follows one hub. */
  | { readonly kind: "leaf"; readonly hub: NatsPeer };

/** Where a stream's messages come from. */
export type StreamOrigin =
  | { readonly kind: "subjects"; readonly subjects: readonly string[] }
  /** Copied from the stream of the same name in another domain. */
  | { readonly kind: "copy"; readonly domain: string };

export interface NatsStream {
  readonly name: string;
  readonly origin: StreamOrigin;
}

export interface MessagingNatsSpec {
  readonly kind: "messaging/nats-jetstream";
  /** Of the component: `messaging`. */
  readonly name: string;
  readonly namespace: string;
  readonly platform: string;
  readonly region: string;
  readonly servers: number;
  readonly storage: DefaultVolumeSpec;
  /** Of JetStream: `$JS.<domain>.API` names it from anywhere. */
  readonly domain: string;
  readonly role: NatsRole;
  /** Where other regions reach these servers. */
  readonly address: HostPort;
  readonly streams: readonly NatsStream[];
  readonly authority: AuthoritySpec;
  /** What operator, account and user keys are derived from. */
  readonly seed: SecretRef;
  readonly deletion: Deletion;
}

/** An account of one workspace: it sees `workspaces.<name>.>` and nothing of the others. */
export interface NatsAccount {
  readonly workspace: string;
  /** Kubernetes namespace that gets its credentials. */
  readonly namespace: string;
  /** JetStream file storage it may use. */
  readonly storage: string;
}

/** The accounts of one shard of workspaces in one region. */
export interface MessagingAccountsSpec {
  readonly kind: "messaging/accounts";
  readonly name: string;
  readonly platform: string;
  /** Kubernetes namespace of the servers. */
  readonly namespace: string;
  readonly seed: SecretRef;
  readonly accounts: readonly NatsAccount[];
}
