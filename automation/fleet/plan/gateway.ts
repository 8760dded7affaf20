/** The API gateway of each region, in front of the service that the applications declare public. */
import type { PlatformManifest } from "../../manifest/schema/manifest";
import type {
  CircuitBreaker,
  EnvoyGatewaySpec,
  GatewayBackend,
  GatewayCertificate,
  RateLimits,
} from "../specs/kubernetes/gateway";
import type { NamespaceSpec } from "../specs/kubernetes/namespaces";
import { MESHED } from "./mesh";
import type { PlanInput, PlannedRegion } from "./plan-input";
import { redisAuthority, redisEndpoint, redisPassword } from "./redis-enterprise";

type Spec = PlatformManifest["spec"];
export type ApiGateway = NonNullable<Spec["services"]["gateway"]>;

export const GATEWAY_NAMESPACE = "gateway";
/** Port of every node that the region's load balancer sends to, over TLS. */
export const GATEWAY_NODE_PORT = 30_443;
const SERVICE_PORT = 80;
const HTTPS_PORT = 443;
/** Of cert-manager's admission webhook, which the API server calls from outside the pods' network. */
const WEBHOOK_PORT = 10_250;
/** The documents give no sizes: what one Envoy carries on a quarter of a core without queueing. */
const CONNECTIONS = { connections: 1024, pending: 256, requests: 1024 } as const;
const DEFAULT_TIMEOUT = 5;
const DEFAULT_FAILURES = 3;
const DEFAULT_RETRIES = 2;
const DEFAULT_ERRORS = 5;

/** The first public service; a gateway in front of nothing is not planned. */
function backendOf({ services: { apps } }: Spec): GatewayBackend | undefined {
  if (apps?.engine !== "deployment") return undefined;
  const open = apps.services.find((service) => service.public);
  return open === undefined
    ? undefined
    : { service: open.name, namespace: apps.namespace, port: SERVICE_PORT };
}

function circuitBreaker(
  { circuitBreaking }: ApiGateway,
  { mesh }: Spec["services"],
): CircuitBreaker | undefined {
  if (!circuitBreaking) return undefined;
  return { consecutiveErrors: mesh?.outlier.consecutiveErrors ?? DEFAULT_ERRORS, ...CONNECTIONS };
}

/** Counted in the platform's own active-active database: without one no region knows of the others' requests. */
function rateLimits(
  { rateLimits: limits }: ApiGateway,
  { redis }: Spec["services"],
  region: string,
): RateLimits | undefined {
  if (!limits.distributed || redis?.engine !== "enterprise") return undefined;
  const endpoint = redisEndpoint(redis, region);
  if (endpoint === undefined) return undefined;
  return {
    region: limits.regionQuota,
    global: limits.globalQuota,
    redis: endpoint,
    password: redisPassword,
    caCertificate: redisAuthority,
  };
}

/** Whoever is told of alerts is told of certificates that could not be renewed. */
function certificateOf({ alerts, traffic }: Spec, gateway: ApiGateway, location: string): GatewayCertificate {
  const mail = alerts.channels.find(({ kind }) => kind === "email")?.target;
  const zone = traffic !== undefined && "zone" in traffic ? traffic.zone : gateway.globalEndpoint;
  return { email: mail ?? `operations@${zone}`, dnsRegion: location, zone };
}

/** The gateway of one region. */
export function envoyGatewaySpec(
  input: PlanInput,
  gateway: ApiGateway,
  { manifest, name: region }: PlannedRegion,
): EnvoyGatewaySpec | undefined {
  const { spec } = input.fleet.platform;
  const { mesh, telemetry } = spec.services;
  const backend = backendOf(spec);
  const host = gateway.endpoints[region];
  if (backend === undefined || host === undefined) return undefined;
  const circuit = circuitBreaker(gateway, spec.services);
  const limits = rateLimits(gateway, spec.services, region);
  const check = spec.traffic?.engine === "route53" ? spec.traffic.healthCheck : undefined;
  const { instances, maximum } = manifest.spec.capacity;
  return {
    kind: "gateway/envoy",
    name: "gateway",
    namespace: GATEWAY_NAMESPACE,
    region,
    regions: input.regions.map(({ name }) => name).sort(),
    hosts: { region: host, global: gateway.globalEndpoint },
    backend,
    timeoutSeconds: mesh?.timeout ?? DEFAULT_TIMEOUT,
    retries: mesh?.retries ?? DEFAULT_RETRIES,
    health: {
      path: gateway.health.path,
      intervalSeconds: gateway.health.interval,
      timeoutSeconds: check?.timeout ?? DEFAULT_TIMEOUT,
      failures: check?.failures ?? DEFAULT_FAILURES,
    },
    // The steps of a rollout move this share; between rollouts all requests go to the stable version.
    ...(gateway.canary || gateway.gradualRollout ? { canary: { percent: 0 } } : {}),
    ...(circuit === undefined ? {} : { circuitBreaker: circuit }),
    ...(limits === undefined ? {} : { rateLimits: limits }),
    correlationIds: gateway.correlationIds,
    metrics: gateway.observability.metrics && telemetry?.engine === "prometheus-stack",
    replicas: { minimum: Math.max(2, instances), maximum: Math.max(2, instances, maximum) },
    nodePort: GATEWAY_NODE_PORT,
    certificate: certificateOf(spec, gateway, manifest.spec.location),
  };
}

/** Its namespace: anybody reaches the listener, the API server the webhook. */
export const gatewayNamespace = (
  labels: NamespaceSpec["labels"],
  admits: readonly string[],
): NamespaceSpec => ({
  name: GATEWAY_NAMESPACE,
  labels: { ...labels, ...MESHED },
  podSecurity: "baseline",
  ingress: "namespace",
  admits,
  publicPorts: [HTTPS_PORT, WEBHOOK_PORT],
});
