/** The mesh of a platform: every service of the applications, in every region. */
import type { PlatformManifest } from "../../manifest/schema/manifest";
import type { IstioMeshSpec, MeshService } from "../specs/kubernetes/mesh";
import type { NamespaceSpec } from "../specs/kubernetes/namespaces";
import type { PlanInput, PlannedRegion } from "./plan-input";
import { redisGatewayNames } from "./redis-enterprise";

type Spec = PlatformManifest["spec"];
export type Istio = NonNullable<Spec["services"]["mesh"]>;

/** Where Istio lives; its own charts and objects expect this name. */
export const MESH_NAMESPACE = "istio-system";
/** Services of the applications answer here, whatever their containers listen on. */
const SERVICE_PORT = 80;
/** The regional collector's OTLP port. */
const COLLECTOR = { host: "traces-collector.telemetry.svc.cluster.local", port: 4317 } as const;

const gatewayName = (region: string, suffix: string): string => `mesh.${region}${suffix}`;

const servicesOf = ({ services: { apps } }: Spec): readonly MeshService[] =>
  apps?.engine === "deployment"
    ? apps.services.map(({ name, port }) => ({
        name,
        namespace: apps.namespace,
        port: SERVICE_PORT,
        targetPort: port,
      }))
    : [];

/** The control plane of one region, and what it knows of the others. */
export function istioMeshSpec(input: PlanInput, mesh: Istio, { name: region }: PlannedRegion): IstioMeshSpec {
  const { metadata, spec } = input.fleet.platform;
  const { gateway, redis, telemetry } = spec.services;
  const { crossRegion, suffix } = mesh.discovery;
  const others = input.regions.filter(({ name }) => name !== region);
  const stack = telemetry?.engine === "prometheus-stack" ? telemetry : undefined;
  const traced = gateway?.observability.tracing !== false && stack !== undefined;
  return {
    kind: "mesh/istio",
    name: "mesh",
    namespace: MESH_NAMESPACE,
    meshId: metadata.name,
    region,
    gatewayNames: [
      gatewayName(region, suffix),
      ...(redis?.engine === "enterprise" ? redisGatewayNames(input, redis, region) : []),
    ],
    peers: crossRegion
      ? others.map(({ name }) => ({ region: name, gateway: gatewayName(name, suffix) }))
      : [],
    mtls: mesh.mtls,
    trust: {
      root: { secret: "mesh-root-certificate" },
      certificate: { secret: `mesh-ca-certificate-${region}` },
      key: { secret: `mesh-ca-key-${region}` },
      chain: { secret: `mesh-ca-chain-${region}` },
    },
    services: servicesOf(spec),
    policy: {
      timeoutSeconds: mesh.timeout,
      retries: mesh.retries,
      consecutiveErrors: mesh.outlier.consecutiveErrors,
    },
    discovery: { suffix },
    // The manifest's share of 1 is Istio's percent.
    ...(traced ? { tracing: { collector: COLLECTOR, percent: stack.tracing.sampling * 100 } } : {}),
    accessLog: gateway?.observability.requestLogging ?? false,
  };
}

/** Its namespace: the node agent changes what pods of a node may reach, and gateways are called from outside. */
export const meshNamespace = (labels: NamespaceSpec["labels"], region: string): NamespaceSpec => ({
  name: MESH_NAMESPACE,
  labels: { ...labels, "topology.istio.io/network": region },
  podSecurity: "privileged",
  ingress: "open",
  admits: [],
  publicPorts: [],
});

/** Of a namespace whose pods are in the mesh. */
export const MESHED: Readonly<Record<string, string>> = { "istio-injection": "enabled" };
