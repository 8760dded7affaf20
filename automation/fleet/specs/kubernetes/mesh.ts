/**
 * Istio in one region's cluster: one mesh over all regions, multi-primary on separate networks.
 *
 * Each cluster has its own control plane, and traffic between regions crosses an internal east-west gateway with
 * the pods' own mutual TLS. Services of another region are WorkloadEntries on that region's network instead of a
 * remote secret: no cluster holds credentials of another, and a lost API server takes nobody's routes away.
 *
 * What must be there first: intermediate certificates under one root (`trust`), since clusters of different roots
 * do not trust each other, and something that publishes the gateways' names in the private zone (external-dns).
 */
import type { SecretRef } from "../secret-ref";
import type { HostPort } from "./quantities";

/** Pods of the east-west gateway, for whoever listens there, too. */
export const EAST_WEST_GATEWAY: Readonly<Record<string, string>> = { istio: "eastwestgateway" };

/** An intermediate certificate authority of the mesh, signed by the root that all regions share. */
export interface MeshTrust {
  readonly root: SecretRef;
  readonly certificate: SecretRef;
  readonly key: SecretRef;
  /** From the intermediate to the root. */
  readonly chain: SecretRef;
}

/** A service of the mesh, by its name in every cluster. */
export interface MeshService {
  readonly name: string;
  readonly namespace: string;
  readonly port: number;
  /** Of its containers. */
  readonly targetPort: number;
}

/** What a call between services is worth. */
export interface MeshPolicy {
  readonly timeoutSeconds: number;
  readonly retries: number;
  /** Errors in a row that take an endpoint out. */
  readonly consecutiveErrors: number;
}

/**
 * Names in every cluster alike: `vault-service.eden.internal` is the nearest healthy one,
 * `vault-service.us-west-2.eden.internal` the one of that region.
 */
export interface MeshDiscovery {
  /** `.eden.internal` */
  readonly suffix: string;
}

/** Another region of the mesh. */
export interface MeshPeer {
  readonly region: string;
  /** Its east-west gateway, for example `mesh.us-west-2.eden.internal`. */
  readonly gateway: string;
}

export interface IstioMeshSpec {
  readonly kind: "mesh/istio";
  /** Of the component, for example `mesh`. */
  readonly name: string;
  readonly namespace: string;
  readonly meshId: string;
  /** The region: also the name of its cluster and of its network in the mesh. */
  readonly region: string;
  /** Names its own east-west gateway is published under, the mesh's first; others are passed through by TLS. */
  readonly gatewayNames: readonly string[];
  readonly peers: readonly MeshPeer[];
  readonly mtls: "strict" | "permissive";
  readonly trust: MeshTrust;
  readonly services: readonly MeshService[];
  readonly policy: MeshPolicy;
  readonly discovery?: MeshDiscovery;
  /** Where spans go over OTLP, and how many of a hundred requests make them. */
  readonly tracing?: { readonly collector: HostPort; readonly percent: number };
  readonly accessLog: boolean;
}
