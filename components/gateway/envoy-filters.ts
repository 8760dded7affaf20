/** What Istio's API has no words for, as patches of the gateway's Envoy. */
import type { EnvoyGatewaySpec } from "../../automation/fleet/specs/kubernetes/gateway";
import { RATE_LIMIT_DOMAIN, RATE_LIMIT_GRPC_PORT, rateLimitName } from "./rate-limit";
import { backendHost, GATEWAY_LABELS } from "./routing";

const HTTP_MANAGER = "envoy.filters.network.http_connection_manager";
const TYPE = "type.googleapis.com";

const filter = (configPatches: readonly object[]) => ({
  workloadSelector: { labels: { ...GATEWAY_LABELS } },
  configPatches: [...configPatches],
});

/** Each request has an id from its first gateway to its last service; a caller's own is kept, and told back. */
export const correlationFilter = () =>
  filter([
    {
      applyTo: "NETWORK_FILTER",
      match: { context: "GATEWAY", listener: { filterChain: { filter: { name: HTTP_MANAGER } } } },
      patch: {
        operation: "MERGE",
        value: {
          typed_config: {
            "@type": `${TYPE}/${HTTP_MANAGER.replace("envoy.filters", "envoy.extensions.filters")}.v3.HttpConnectionManager`,
            generate_request_id: true,
            preserve_external_request_id: true,
            always_set_request_id_in_response: true,
          },
        },
      },
    },
  ]);

/** Envoy asks every endpoint itself: one that nobody calls is known to be down, too. */
export const healthFilter = ({ backend, health }: EnvoyGatewaySpec) =>
  filter([
    {
      applyTo: "CLUSTER",
      match: { context: "GATEWAY", cluster: { service: backendHost(backend), portNumber: backend.port } },
      patch: {
        operation: "MERGE",
        value: {
          health_checks: [
            {
              interval: `${String(health.intervalSeconds)}s`,
              timeout: `${String(health.timeoutSeconds)}s`,
              unhealthy_threshold: health.failures,
              healthy_threshold: 2,
              http_health_check: { path: health.path },
            },
          ],
        },
      },
    },
  ]);

const rateLimitCluster = ({ name, namespace }: EnvoyGatewaySpec): string =>
  `outbound|${String(RATE_LIMIT_GRPC_PORT)}||${rateLimitName(name)}.${namespace}.svc.cluster.local`;

/** Every request counts against the region's quota and the global one. */
export const rateLimitFilter = (spec: EnvoyGatewaySpec) =>
  filter([
    {
      applyTo: "HTTP_FILTER",
      match: {
        context: "GATEWAY",
        listener: {
          filterChain: { filter: { name: HTTP_MANAGER, subFilter: { name: "envoy.filters.http.router" } } },
        },
      },
      patch: { operation: "INSERT_BEFORE", value: rateLimitHttpFilter(rateLimitCluster(spec)) },
    },
    {
      applyTo: "VIRTUAL_HOST",
      match: { context: "GATEWAY", routeConfiguration: { vhost: { route: { action: "ANY" } } } },
      patch: {
        operation: "MERGE",
        value: { rate_limits: [`region-${spec.region}`, "global"].map(quota) },
      },
    },
  ]);

const quota = (value: string) => ({
  actions: [{ generic_key: { descriptor_key: "quota", descriptor_value: value } }],
});

const rateLimitHttpFilter = (cluster: string) => ({
  name: "envoy.filters.http.ratelimit",
  typed_config: {
    "@type": `${TYPE}/envoy.extensions.filters.http.ratelimit.v3.RateLimit`,
    domain: RATE_LIMIT_DOMAIN,
    // A limiter that cannot be reached must not take the gateway with it.
    failure_mode_deny: false,
    timeout: "0.05s",
    enable_x_ratelimit_headers: "DRAFT_VERSION_03",
    rate_limit_service: {
      transport_api_version: "V3",
      grpc_service: { envoy_grpc: { cluster_name: cluster } },
    },
  },
});
