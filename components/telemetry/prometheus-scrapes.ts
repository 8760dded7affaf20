/** What the regional Prometheus scrapes besides what the operators' own charts say. */
import type { PrometheusStackSpec } from "../../automation/fleet/specs/kubernetes/telemetry";
import type { MakePart, TelemetryPart } from "./prometheus-names";

const SERVICE_MONITOR = ["monitoring.coreos.com/v1", "ServiceMonitor"] as const;
const POD_MONITOR = ["monitoring.coreos.com/v1", "PodMonitor"] as const;
const PROBE = ["monitoring.coreos.com/v1", "Probe"] as const;

export const PROBE_SECONDS = 30;
export const BLACKBOX = "blackbox";

export function prometheusScrapes(spec: PrometheusStackSpec, make: MakePart): readonly TelemetryPart[] {
  return [
    make("mesh", POD_MONITOR, "mesh-proxies", meshSpec),
    make("collectors", SERVICE_MONITOR, "collectors", collectorsSpec),
    ...spec.probes.map((probe) =>
      make(`probe-${probe.name}`, PROBE, `synthetic-${probe.name}`, {
        jobName: "synthetic",
        interval: `${String(PROBE_SECONDS)}s`,
        scrapeTimeout: "10s",
        module: "http_2xx",
        prober: { url: `${BLACKBOX}.${spec.namespace}.svc:9115` },
        targets: { staticConfig: { static: [probe.url], labels: { target: probe.name } } },
      }),
    ),
  ];
}

/** Envoy's own numbers for each request: latency and errors of every service, whatever it is written in. */
const meshSpec = {
  selector: { matchExpressions: [{ key: "service.istio.io/canonical-name", operator: "Exists" }] },
  namespaceSelector: { any: true },
  podMetricsEndpoints: [{ path: "/stats/prometheus", port: "http-envoy-prom", interval: "15s" }],
};

const collectorsSpec = {
  selector: { matchLabels: { "operator.opentelemetry.io/collector-monitoring-service": "Exists" } },
  endpoints: [{ port: "monitoring" }],
};
