/** Applications with split reads and writes: each pod knows its region and where to read and write. */
import type { SecretRef } from "../secret-ref";
import type { ComputeSpec, HostPort } from "./quantities";

/** Becomes `DATABASE_PRIMARY_URL` and `DATABASE_REPLICA_URL`. */
export interface PostgresConnection {
  readonly user: string;
  readonly password: SecretRef;
  readonly database: string;
  /** Where writes go, in whichever region that is. */
  readonly primary: HostPort;
  /** Where reads go: the nearest replica. */
  readonly replica: HostPort;
  readonly sslMode: "require" | "verify-ca" | "verify-full";
  /** Mounted for the verifying modes. */
  readonly caCertificate?: SecretRef;
  /** Connections one instance may open. */
  readonly poolSize?: number;
}

/** Becomes `MONGODB_URI`. */
export interface MongodbConnection {
  readonly user: string;
  readonly password: SecretRef;
  readonly database: string;
  readonly replicaSet: string;
  readonly hosts: readonly HostPort[];
  readonly readPreference: "primary" | "primaryPreferred" | "secondary" | "secondaryPreferred" | "nearest";
  /** Region whose members are read first; any other member follows. Unused with `primary`. */
  readonly preferRegion?: string;
  readonly writeConcern: "majority" | "1";
  readonly tls: boolean;
  /** Mounted when the members' certificates come from an authority of one's own. */
  readonly caCertificate?: SecretRef;
}

/**
 * A database of one service, written to in every region. Becomes its `DATABASE_URL`: the driver asks the hosts in
 * their order, so the region's own is used while it takes writes, and another one when it does not.
 */
export interface ServiceDatabase {
  readonly user: string;
  readonly password: SecretRef;
  readonly database: string;
  /** The region's own first. */
  readonly hosts: readonly HostPort[];
  readonly sslMode: "require" | "verify-ca" | "verify-full";
  readonly caCertificate?: SecretRef;
}

/** Becomes `REDIS_URL`; always encrypted. */
export interface RedisConnection {
  readonly endpoint: HostPort;
  readonly password: SecretRef;
  readonly caCertificate: SecretRef;
}

/** Becomes `LAUNCHDARKLY_SDK_KEY`, or `FEATURE_FLAGS_KEY` of another provider: one project, so every region reads the same flags. */
export interface FeatureFlags {
  /** For example `launchdarkly`. */
  readonly provider: string;
  readonly key: SecretRef;
}

/** A new version beside the stable one, as pods of a Service of its own; a gateway decides who sees it. */
export interface CanarySpec {
  readonly image: string;
  readonly replicas: number;
}

export interface AppServiceSpec {
  readonly name: string;
  readonly image: string;
  readonly port: number;
  /** Path of its readiness and liveness probes. */
  readonly health: string;
  readonly resources: ComputeSpec;
  /** The autoscaler moves between the two; equal numbers mean a fixed size without one. */
  readonly replicas: { readonly minimum: number; readonly maximum: number };
  readonly cpuPercent: number;
  /** Hosts an Ingress serves it under; none keeps it inside the cluster. */
  readonly hosts: readonly string[];
  readonly database?: ServiceDatabase;
  readonly canary?: CanarySpec;
}

/** Name of a service's canary: its Deployment's, its pods' and its Service's. */
export const canaryName = (service: string): string => `${service}-canary`;

export interface AppsDeploymentSpec {
  readonly kind: "apps/deployment";
  /** Of the component, for example `apps`. */
  readonly name: string;
  readonly namespace: string;
  readonly region: string;
  /** Environment variable that names the region, `REGION`. */
  readonly regionVariable: string;
  readonly services: readonly AppServiceSpec[];
  /** Further plain variables of every service. */
  readonly environment: Readonly<Record<string, string>>;
  readonly postgres?: PostgresConnection;
  readonly mongodb?: MongodbConnection;
  readonly redis?: RedisConnection;
  readonly featureFlags?: FeatureFlags;
  /** Pods over the zones and a file system nobody writes to, besides /tmp; default: over nodes, and writable. */
  readonly hardened?: true;
  /** Secret with the certificate the Ingress serves; default: the ingress controller's own. */
  readonly tlsSecret?: string;
}
