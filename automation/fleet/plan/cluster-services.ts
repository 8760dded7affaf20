/** What runs inside the Kubernetes cluster of a region whose cluster is itself planned: a mesh and all in it. */
import type { KubernetesComponentSpec } from "../specs/kubernetes";
import type { NamespaceSpec, NamespacesSpec } from "../specs/kubernetes/namespaces";
import { appsSpec } from "./apps";
import { envoyGatewaySpec, GATEWAY_NAMESPACE, gatewayNamespace } from "./gateway";
import { istioMeshSpec, MESH_NAMESPACE, MESHED, meshNamespace } from "./mesh";
import { pglogicalNamespace, pglogicalSpec } from "./pglogical";
import type { PlanInput, PlannedRegion } from "./plan-input";
import { telemetryServices } from "./prometheus";
import { redisEnterpriseSpec, redisNamespace } from "./redis-enterprise";

const TELEMETRY_NAMESPACE = "telemetry";

const present = <T>(value: T | undefined): readonly T[] => (value === undefined ? [] : [value]);

/** Each admits those who call it: the gateways, the applications, and what reads metrics. */
function clusterNamespaces({ fleet }: PlanInput, { name }: PlannedRegion): NamespacesSpec | undefined {
  const { metadata, spec } = fleet.platform;
  const { apps, gateway, mesh, postgres, redis, telemetry } = spec.services;
  const labels = { "meridian.dev/platform": metadata.name };
  const deployment = apps?.engine === "deployment" ? apps.namespace : undefined;
  const readers = telemetry?.engine === "prometheus-stack" ? [TELEMETRY_NAMESPACE] : [];
  const gateways = [
    ...(mesh === undefined ? [] : [MESH_NAMESPACE]),
    ...(gateway === undefined ? [] : [GATEWAY_NAMESPACE]),
  ];
  const callers = [...present(deployment), ...gateways, ...readers];
  const meshed = mesh === undefined ? labels : { ...labels, ...MESHED };
  const namespaces: readonly NamespaceSpec[] = [
    ...(mesh === undefined ? [] : [meshNamespace(labels, name)]),
    ...(redis?.engine === "enterprise" ? [redisNamespace(labels, callers)] : []),
    ...(postgres?.engine === "pglogical" ? [pglogicalNamespace(labels, readers)] : []),
    ...present(deployment).map((namespace): NamespaceSpec => ({
      name: namespace,
      labels: meshed,
      podSecurity: "restricted",
      ingress: "namespace",
      admits: [...gateways, ...readers],
      publicPorts: [],
    })),
    ...(gateway === undefined ? [] : [gatewayNamespace(labels, readers)]),
  ];
  return namespaces.length === 0
    ? undefined
    : { kind: "kubernetes/namespaces", name: "namespaces", namespaces };
}

/** Those of what a mesh brings along, for a cluster whose other namespaces are planned elsewhere. */
function meshNamespaces(input: PlanInput, region: PlannedRegion): NamespacesSpec | undefined {
  const { apps, postgres } = input.fleet.platform.spec.services;
  const elsewhere = new Set([
    ...(apps?.engine === "deployment" ? [apps.namespace] : []),
    ...(postgres?.engine === "pglogical" ? [pglogicalNamespace({}, []).name] : []),
  ]);
  const all = clusterNamespaces(input, region)?.namespaces ?? [];
  const namespaces = all.filter(({ name }) => !elsewhere.has(name));
  return namespaces.length === 0
    ? undefined
    : { kind: "kubernetes/namespaces", name: "mesh-namespaces", namespaces };
}

/** Mesh, cache and gateway of one region, on any Kubernetes; what joins the mesh goes between them. */
export function meshServices(
  input: PlanInput,
  region: PlannedRegion,
): {
  readonly namespaces: NamespacesSpec | undefined;
  readonly before: readonly KubernetesComponentSpec[];
  readonly after: readonly KubernetesComponentSpec[];
} {
  const { gateway, mesh, redis } = input.fleet.platform.spec.services;
  return {
    namespaces: meshNamespaces(input, region),
    before: [
      ...(mesh === undefined ? [] : [istioMeshSpec(input, mesh, region)]),
      ...(redis?.engine === "enterprise" ? present(redisEnterpriseSpec(input, redis, region)) : []),
    ],
    after: gateway === undefined ? [] : present(envoyGatewaySpec(input, gateway, region)),
  };
}

/** Telemetry, mesh, databases, applications and gateway of one region, with their namespaces; without its connection. */
export function clusterServices(input: PlanInput, region: PlannedRegion): readonly KubernetesComponentSpec[] {
  const { apps, postgres } = input.fleet.platform.spec.services;
  const { after, before } = meshServices(input, region);
  return [
    ...present(clusterNamespaces(input, region)),
    ...telemetryServices(input, region),
    ...before,
    ...(postgres?.engine === "pglogical" ? present(pglogicalSpec(input, postgres, region)) : []),
    ...(apps?.engine === "deployment" ? [appsSpec(input, apps, region)] : []),
    ...after,
  ];
}
