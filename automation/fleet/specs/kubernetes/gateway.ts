/**
 * The API gateway of one region: Envoy, run and configured by Istio.
 *
 * Istio's own gateway instead of Envoy Gateway: the mesh's control plane already runs this Envoy, speaks the
 * services' mutual TLS and knows their endpoints in every region, and its definitions come with its chart.
 */
import type { SecretRef } from "../secret-ref";
import type { HostPort } from "./quantities";

/** The service behind the gateway. */
export interface GatewayBackend {
  readonly service: string;
  readonly namespace: string;
  readonly port: number;
}

/** Active checks of every endpoint, beside those the pods have. */
export interface GatewayHealth {
  readonly path: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly failures: number;
}

/** What an endpoint is given at most; past it, requests are refused at once instead of queueing. */
export interface CircuitBreaker {
  readonly consecutiveErrors: number;
  readonly connections: number;
  readonly pending: number;
  readonly requests: number;
}

/**
 * Quotas in requests a second. The region's is counted by the region alone; the global one by all regions
 * together, in counters of the active-active database that add up, as late as replication is.
 */
export interface RateLimits {
  readonly region: number;
  readonly global: number;
  readonly redis: HostPort;
  readonly password: SecretRef;
  /** Authority of the database's certificate. */
  readonly caCertificate: SecretRef;
}

/** Certificates by ACME, proven in the zone's DNS: an answer over HTTP could reach the wrong region. */
export interface GatewayCertificate {
  readonly email: string;
  /** Region of the DNS API. */
  readonly dnsRegion: string;
  readonly zone: string;
}

export interface EnvoyGatewaySpec {
  readonly kind: "gateway/envoy";
  /** Of the component, for example `gateway`. */
  readonly name: string;
  readonly namespace: string;
  readonly region: string;
  readonly regions: readonly string[];
  /** The region's own endpoint, and the one all share. */
  readonly hosts: { readonly region: string; readonly global: string };
  readonly backend: GatewayBackend;
  readonly timeoutSeconds: number;
  readonly retries: number;
  readonly health: GatewayHealth;
  /** Percent of the requests for the canary; the service of it exists at 0, too. */
  readonly canary?: { readonly percent: number };
  readonly circuitBreaker?: CircuitBreaker;
  readonly rateLimits?: RateLimits;
  readonly correlationIds: boolean;
  /** Of the rate limits; Envoy's own are read with those of all proxies. */
  readonly metrics: boolean;
  readonly replicas: { readonly minimum: number; readonly maximum: number };
  /** Port of every node that the region's load balancer sends to. */
  readonly nodePort: number;
  readonly certificate: GatewayCertificate;
}
