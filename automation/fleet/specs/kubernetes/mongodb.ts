/**
 * One MongoDB replica set that spans regions, as one MongoDBCommunity resource.
 *
 * The community operator runs every member of a resource in the Kubernetes cluster that holds it and
 * cannot add members elsewhere. So the resource lives in `hosting`, the primary's region, and carries
 * every member's votes, priority and region tag in the order of its ordinals. Members of another region
 * run there only when that region's nodes have joined the hosting cluster (K3s agents over WireGuard)
 * with `spread` on their region label; without that, a tag says where a member belongs, not where it is.
 */
import type { Deletion } from "../deletion";
import type { SecretRef } from "../secret-ref";
import type { ComputeSpec, HostPort, VolumeSpec } from "./quantities";

export interface MongodbMember {
  /** Becomes the member's tag `region`, which read preferences match. */
  readonly region: string;
  readonly votes: 0 | 1;
  /** Higher is elected first; 0 never. */
  readonly priority: number;
  /** Where clients outside the cluster reach this very member; all members have one or none has. */
  readonly endpoint?: HostPort;
}

/** Certificate of the members, signed by `caCertificate`; needed by `endpoint`s (split horizon is chosen by SNI). */
export interface MongodbTls {
  readonly caCertificate: SecretRef;
  readonly certificate: SecretRef;
  readonly key: SecretRef;
}

export interface MongodbCommunitySpec {
  readonly kind: "mongodb/community";
  /** Of the component, for example `mongodb`. */
  readonly name: string;
  /** Of the resource and its replica set, for example `mongodb-global`. */
  readonly resource: string;
  readonly namespace: string;
  /** For example `7.0.5`. */
  readonly version: string;
  /** Region whose stack holds the resource. */
  readonly hosting: string;
  /** By ordinal. */
  readonly members: readonly MongodbMember[];
  readonly database: string;
  readonly user: string;
  readonly password: SecretRef;
  readonly storage: VolumeSpec;
  readonly resources: ComputeSpec;
  readonly tls?: MongodbTls;
  /** `regions`: spread members over the nodes' topology.kubernetes.io/region; `nodes`: over nodes. */
  readonly spread: "nodes" | "regions";
  readonly deletion: Deletion;
}
