/** Istio's official charts, pinned, with the values Meridian sets. */
import { Release } from "@pulumi/kubernetes/helm/v3/release";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import { EAST_WEST_GATEWAY, type IstioMeshSpec } from "../../automation/fleet/specs/kubernetes/mesh";

/** Charts and images of one release: control plane and proxies move together. */
export const ISTIO_VERSION = "1.26.3";
const REPOSITORY = "https://istio-release.storage.googleapis.com/charts";

/** Port of the east-west gateways for the mesh's own traffic, chosen by Istio. */
export const EAST_WEST_PORT = 15_443;

export type IstioChart = "base" | "cni" | "istiod" | "gateway";

/** One chart as a Helm release. */
export function istioRelease(
  resource: string,
  { chart, name, namespace, values }: IstioReleaseArgs,
  opts: CustomResourceOptions,
): Release {
  const args = { chart, version: ISTIO_VERSION, repositoryOpts: { repo: REPOSITORY }, name, namespace };
  // Atomic: a release that fails is rolled back, so the next apply does not meet half of one.
  return new Release(resource, { ...args, values: { ...values }, atomic: true, timeout: 600 }, opts);
}

export interface IstioReleaseArgs {
  readonly chart: IstioChart;
  readonly name: string;
  readonly namespace: string;
  readonly values: object;
}

/** `base`: the definitions. */
export const baseValues = () => ({ defaultRevision: "default" });

/** `cni`: redirects pods from the node, so that applications need no privileged container of the mesh. */
export const cniValues = ({ region }: IstioMeshSpec) => ({ global: { network: region } });

/** `istiod`: the control plane. Two copies at least, so that a drained node does not stop new pods. */
export const istiodValues = (spec: IstioMeshSpec) => ({
  global: {
    meshID: spec.meshId,
    network: spec.region,
    multiCluster: { clusterName: spec.region },
    meshNetworks: meshNetworks(spec),
  },
  pilot: {
    cni: { enabled: true },
    autoscaleMin: 2,
    autoscaleMax: 5,
    resources: { requests: { cpu: "500m", memory: "2Gi" } },
  },
  meshConfig: meshConfig(spec),
});

/** How each network but one's own is entered. */
const meshNetworks = ({ peers }: IstioMeshSpec) =>
  Object.fromEntries(
    peers.map(({ region, gateway }) => [
      region,
      { endpoints: [{ fromRegistry: region }], gateways: [{ address: gateway, port: EAST_WEST_PORT }] },
    ]),
  );

function meshConfig({ accessLog, tracing }: IstioMeshSpec) {
  return {
    enableAutoMtls: true,
    defaultConfig: {
      holdApplicationUntilProxyStarts: true,
      // Proxies answer for the names of ServiceEntries, which no DNS server knows.
      proxyMetadata: { ISTIO_META_DNS_CAPTURE: "true" },
      ...(tracing === undefined ? {} : { tracing: { sampling: tracing.percent } }),
    },
    ...(accessLog ? { accessLogFile: "/dev/stdout", accessLogEncoding: "JSON" } : {}),
    ...(tracing === undefined
      ? {}
      : {
          enableTracing: true,
          extensionProviders: [
            {
              name: "otlp",
              opentelemetry: { service: tracing.collector.host, port: tracing.collector.port },
            },
          ],
          defaultProviders: { tracing: ["otlp"] },
        }),
  };
}

/**
 * `gateway`, for traffic between regions: inside the private network only. Port 443 passes other services'
 * own TLS through by server name, such as the replication of databases.
 */
export const eastWestValues = ({ gatewayNames, region }: IstioMeshSpec) => ({
  labels: { ...EAST_WEST_GATEWAY, "topology.istio.io/network": region },
  env: { ISTIO_META_REQUESTED_NETWORK_VIEW: region },
  service: {
    type: "LoadBalancer",
    annotations: {
      "service.beta.kubernetes.io/aws-load-balancer-type": "nlb",
      "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
      "service.beta.kubernetes.io/aws-load-balancer-internal": "true",
      "external-dns.alpha.kubernetes.io/hostname": gatewayNames.join(","),
    },
    ports: [
      { name: "status-port", port: 15_021, targetPort: 15_021 },
      { name: "tls", port: EAST_WEST_PORT, targetPort: EAST_WEST_PORT },
      { name: "tls-passthrough", port: 443, targetPort: 443 },
    ],
  },
  autoscaling: { enabled: true, minReplicas: 2, maxReplicas: 5, targetCPUUtilizationPercentage: 70 },
  podDisruptionBudget: { minAvailable: 1 },
  resources: { requests: { cpu: "250m", memory: "256Mi" }, limits: { memory: "512Mi" } },
});
