/**
 * Envoy's own rate limit service. Each request counts against two quotas: the region's key is written by one
 * region alone, the global key by all of them, and the database adds their counters up.
 */
import type { EnvoyGatewaySpec, RateLimits } from "../../automation/fleet/specs/kubernetes/gateway";

/** The one Envoy Gateway 1.7.2 ships with: the project tags commits, not releases. */
const IMAGE = "docker.io/envoyproxy/ratelimit:05c08d03";

export const RATE_LIMIT_DOMAIN = "api-gateway";
export const RATE_LIMIT_GRPC_PORT = 8081;
const METRICS_PORT = 9090;
const CONFIGURATION = "/data/ratelimit/config";
const TRUST = "/etc/meridian/trust";

export const rateLimitName = (gateway: string): string => `${gateway}-rate-limit`;

export const rateLimitSelector = (gateway: string) => ({ "app.kubernetes.io/name": rateLimitName(gateway) });

/** JSON is YAML, too; one file, read at start. */
export const rateLimitConfiguration = (region: string, limits: RateLimits): string =>
  JSON.stringify({
    domain: RATE_LIMIT_DOMAIN,
    descriptors: [quota(`region-${region}`, limits.region), quota("global", limits.global)],
  });

const quota = (value: string, requests: number) => ({
  key: "quota",
  value,
  rate_limit: { unit: "second", requests_per_unit: requests },
});

export const rateLimitServiceSpec = ({ name }: EnvoyGatewaySpec) => ({
  selector: rateLimitSelector(name),
  // The port's name tells Envoy to speak HTTP/2.
  ports: [{ name: "grpc", port: RATE_LIMIT_GRPC_PORT, targetPort: "grpc" }],
});

/** The `spec` of its Deployment; `print` moves with the quotas, so that changed ones are read. */
export const rateLimitDeploymentSpec = (spec: EnvoyGatewaySpec, limits: RateLimits, print: string) => {
  const name = rateLimitName(spec.name);
  return {
    replicas: 2,
    selector: { matchLabels: rateLimitSelector(spec.name) },
    template: {
      metadata: {
        labels: { ...rateLimitSelector(spec.name), "sidecar.istio.io/inject": "true" },
        annotations: { "meridian.dev/configuration": print },
      },
      spec: {
        automountServiceAccountToken: false,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 65_532,
          seccompProfile: { type: "RuntimeDefault" },
        },
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: "topology.kubernetes.io/zone",
            whenUnsatisfiable: "ScheduleAnyway",
            labelSelector: { matchLabels: rateLimitSelector(spec.name) },
          },
        ],
        containers: [container(name, limits)],
        volumes: [
          { name: "configuration", configMap: { name } },
          { name: "trust", secret: { secretName: name, items: [{ key: "redis.crt", path: "redis.crt" }] } },
        ],
      },
    },
  };
};

function container(name: string, { redis }: RateLimits) {
  const variables = {
    PORT: "8080",
    GRPC_PORT: String(RATE_LIMIT_GRPC_PORT),
    RUNTIME_ROOT: "/data",
    RUNTIME_SUBDIRECTORY: "ratelimit",
    RUNTIME_WATCH_ROOT: "false",
    RUNTIME_IGNOREDOTFILES: "true",
    REDIS_SOCKET_TYPE: "tcp",
    REDIS_URL: `${redis.host}:${String(redis.port)}`,
    REDIS_TLS: "true",
    REDIS_TLS_CACERT: `${TRUST}/redis.crt`,
    USE_STATSD: "false",
    USE_PROMETHEUS: "true",
    PROMETHEUS_ADDR: `:${String(METRICS_PORT)}`,
    LOG_FORMAT: "json",
  };
  const probe = { httpGet: { path: "/healthcheck", port: "http" }, timeoutSeconds: 3 };
  return {
    name: "ratelimit",
    image: IMAGE,
    command: ["/bin/ratelimit"],
    env: [
      ...Object.entries(variables).map(([key, value]) => ({ name: key, value })),
      { name: "REDIS_AUTH", valueFrom: { secretKeyRef: { name, key: "password" } } },
    ],
    ports: [
      { name: "http", containerPort: 8080 },
      { name: "grpc", containerPort: RATE_LIMIT_GRPC_PORT },
      { name: "metrics", containerPort: METRICS_PORT },
    ],
    resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "128Mi" } },
    readinessProbe: { ...probe, periodSeconds: 10 },
    livenessProbe: { ...probe, periodSeconds: 30, failureThreshold: 6 },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    volumeMounts: [
      { name: "configuration", mountPath: CONFIGURATION, readOnly: true },
      { name: "trust", mountPath: TRUST, readOnly: true },
    ],
  };
}

export const rateLimitMonitorSpec = ({ name }: EnvoyGatewaySpec) => ({
  selector: { matchLabels: rateLimitSelector(name) },
  podMetricsEndpoints: [{ port: "metrics", interval: "30s" }],
});
