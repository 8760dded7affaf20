import type { EnvoyGatewaySpec } from "../../automation/fleet/specs/kubernetes/gateway";
import { GATEWAY_LABELS } from "./routing";

/** The official chart of cert-manager, pinned; its definitions come and go with it. */
export const CERT_MANAGER = {
  chart: "cert-manager",
  version: "v1.18.2",
  repositoryOpts: { repo: "https://charts.jetstack.io" },
  values: {
    crds: { enabled: true, keep: true },
    replicaCount: 2,
    podDisruptionBudget: { enabled: true, minAvailable: 1 },
    webhook: { replicaCount: 2, podDisruptionBudget: { enabled: true, minAvailable: 1 } },
  },
} as const;

/** Values of Istio's `gateway` chart: behind the region's load balancer, by a port of every node. */
export const gatewayValues = ({ nodePort, replicas }: EnvoyGatewaySpec) => ({
  labels: { ...GATEWAY_LABELS },
  service: {
    type: "NodePort",
    // Only nodes with a gateway answer, so that Envoy sees who calls.
    externalTrafficPolicy: "Local",
    ports: [{ name: "https", port: 443, targetPort: 443, nodePort }],
  },
  autoscaling: {
    enabled: true,
    minReplicas: replicas.minimum,
    maxReplicas: replicas.maximum,
    targetCPUUtilizationPercentage: 70,
  },
  podDisruptionBudget: { minAvailable: 1 },
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: "topology.kubernetes.io/zone",
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: { matchLabels: { ...GATEWAY_LABELS } },
    },
  ],
  resources: { requests: { cpu: "250m", memory: "256Mi" }, limits: { memory: "512Mi" } },
});
