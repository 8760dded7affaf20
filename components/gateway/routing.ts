/** The gateway's listeners and routes, in Istio's own API. */
import type {
  CircuitBreaker,
  EnvoyGatewaySpec,
  GatewayBackend,
} from "../../automation/fleet/specs/kubernetes/gateway";
import { canaryName } from "../../automation/fleet/specs/kubernetes/apps";
import { outlierDetection } from "../mesh/istio-policy";

/** Pods of the gateway. */
export const GATEWAY_LABELS: Readonly<Record<string, string>> = { istio: "api-gateway" };
export const TLS_SECRET = "gateway-tls";
const NETWORK = "topology.istio.io/network";

export const backendHost = ({ namespace, service }: GatewayBackend): string =>
  `${service}.${namespace}.svc.cluster.local`;

/** Both names of the API, as seen from this region. */
export const hostsOf = ({ hosts }: EnvoyGatewaySpec): readonly string[] => [hosts.region, hosts.global];

/**
 * The `spec` of the Gateway. Hosts are told apart by the routes: a load balancer in front asks without a server
 * name and with an address for a host.
 */
export const gatewaySpec = () => ({
  selector: { ...GATEWAY_LABELS },
  servers: [
    {
      port: { number: 443, name: "https", protocol: "HTTPS" },
      tls: { mode: "SIMPLE", credentialName: TLS_SECRET, minProtocolVersion: "TLSV1_2" },
      hosts: ["*"],
    },
  ],
});

/**
 * The `spec` of the VirtualService: the canary's share, then the rest to the stable version. Whoever checks the
 * region's health is answered by the region alone, or its failure would hide behind the other one.
 */
export const apiRouteSpec = (spec: EnvoyGatewaySpec, gateway: string) => ({
  hosts: [...hostsOf(spec)],
  gateways: [gateway],
  http: [
    { name: "health", match: [{ uri: { exact: spec.health.path } }], ...toRegion(spec) },
    {
      name: "api",
      timeout: `${String(spec.timeoutSeconds)}s`,
      retries: {
        attempts: spec.retries,
        ...(spec.retries === 0 ? {} : { retryOn: "connect-failure,refused-stream,unavailable" }),
        retryRemoteLocalities: true,
      },
      headers: { request: { set: { "x-served-region": spec.region } } },
      route: weighted(spec),
    },
  ],
});

/** The `spec` of the VirtualService for the load balancer's own checks. */
export const healthRouteSpec = (spec: EnvoyGatewaySpec, gateway: string) => ({
  hosts: ["*"],
  gateways: [gateway],
  http: [{ name: "health", match: [{ uri: { exact: spec.health.path } }], ...toRegion(spec) }],
});

const toRegion = (spec: EnvoyGatewaySpec) => ({
  timeout: `${String(spec.health.timeoutSeconds)}s`,
  route: [{ destination: { ...destination(spec.backend), subset: spec.region } }],
});

const destination = (backend: GatewayBackend, service = backend.service) => ({
  host: backendHost({ ...backend, service }),
  port: { number: backend.port },
});

function weighted({ backend, canary }: EnvoyGatewaySpec) {
  if (canary === undefined) return [{ destination: destination(backend) }];
  return [
    { destination: destination(backend), weight: 100 - canary.percent },
    { destination: destination(backend, canaryName(backend.service)), weight: canary.percent },
  ];
}

/**
 * The `spec` of the DestinationRule that holds for the gateway alone: DNS sent the user to the region with the
 * lowest latency, so its own endpoints come first; those that are equally near take turns.
 */
export const upstreamSpec = (spec: EnvoyGatewaySpec, service = spec.backend.service) => ({
  host: backendHost({ ...spec.backend, service }),
  exportTo: ["."],
  trafficPolicy: {
    tls: { mode: "ISTIO_MUTUAL" },
    loadBalancer: {
      simple: "ROUND_ROBIN",
      localityLbSetting: { enabled: true, failoverPriority: [NETWORK] },
    },
    ...(spec.circuitBreaker === undefined ? {} : circuit(spec.circuitBreaker)),
  },
  subsets: spec.regions.map((region) => ({ name: region, labels: { [NETWORK]: region } })),
});

const circuit = ({ connections, consecutiveErrors, pending, requests }: CircuitBreaker) => ({
  connectionPool: {
    tcp: { maxConnections: connections, connectTimeout: "1s" },
    http: { http1MaxPendingRequests: pending, http2MaxRequests: requests, maxRetries: 10 },
  },
  outlierDetection: outlierDetection({ consecutiveErrors }),
});

/** The `spec` of the Service of the canary's pods; with none of them its share must be 0. */
export const canaryServiceSpec = ({ backend }: EnvoyGatewaySpec) => ({
  selector: { "app.kubernetes.io/name": canaryName(backend.service) },
  ports: [{ name: "http", port: backend.port, targetPort: "http" }],
});

/** The `spec` of the certificate of both names, renewed while a third of its time is left. */
export const certificateSpec = (spec: EnvoyGatewaySpec, issuer: string) => ({
  secretName: TLS_SECRET,
  dnsNames: [...hostsOf(spec)],
  duration: "2160h",
  renewBefore: "720h",
  privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
  issuerRef: { name: issuer, kind: "Issuer" },
});

/**
 * The `spec` of the Issuer: Let's Encrypt, proven in the zone. Its rights on the zone come with the service
 * account of cert-manager (EKS Pod Identity), which has to be given them.
 */
export const issuerSpec = ({ certificate }: EnvoyGatewaySpec) => ({
  acme: {
    server: "https://acme-v02.api.letsencrypt.org/directory",
    email: certificate.email,
    privateKeySecretRef: { name: "gateway-acme-account" },
    solvers: [
      {
        selector: { dnsZones: [certificate.zone] },
        dns01: { route53: { region: certificate.dnsRegion } },
      },
    ],
  },
});
