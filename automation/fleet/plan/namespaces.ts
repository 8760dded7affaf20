import type { NamespaceSpec, NamespacesSpec, WorkspaceNamespacesSpec } from "../specs/kubernetes/namespaces";
import type { WorkspaceManifest } from "../../manifest/schema/manifest";
import { MESHED } from "./mesh";
import { MINIO_NAMESPACE, MINIO_PORT } from "./minio";
import { NATS_NAMESPACE, NATS_PORTS } from "./nats";
import { OTEL_NAMESPACE, OTEL_PORTS } from "./otel";
import type { PlanInput } from "./plan-input";
import { TEMPORAL_NAMESPACE, TEMPORAL_PORT } from "./temporal";
import { VAULT_NAMESPACE, VAULT_PORTS } from "./vault";

const label = (platform: string): Readonly<Record<string, string>> => ({ "meridian.dev/platform": platform });

const POSTGRES_PORT = 5432;
const MONGODB_PORT = 27_017;
/** Namespace of the operator, which talks to every instance it runs. */
const CNPG_OPERATOR = "cnpg-system";

type Services = PlanInput["fleet"]["platform"]["spec"]["services"];

/** Namespace of each database, with the ports that other regions reach it by. */
function databaseNamespaces(
  { postgres, mongodb }: Services,
  shared: boolean,
): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, readonly number[]>();
  const add = (namespace: string, port: number): void => {
    found.set(namespace, [...(found.get(namespace) ?? []), ...(shared ? [port] : [])]);
  };
  if (postgres?.engine === "cnpg") add(postgres.namespace, POSTGRES_PORT);
  if (mongodb !== undefined) add(mongodb.namespace, MONGODB_PORT);
  return found;
}

/**
 * Services that workspaces use too, with the ports they answer on. A workspace's pods come from a namespace that
 * no list here knows, so these are open to anybody who shows a certificate or credentials.
 */
function sharedNamespaces({
  messaging,
  objectStore,
  secrets,
  telemetry,
  workflow,
}: Services): readonly (readonly [string, readonly number[]])[] {
  return [
    ...(objectStore?.engine === "minio" ? [[MINIO_NAMESPACE, [MINIO_PORT]] as const] : []),
    ...(secrets?.engine === "vault" ? [[VAULT_NAMESPACE, VAULT_PORTS] as const] : []),
    ...(workflow === undefined ? [] : [[TEMPORAL_NAMESPACE, [TEMPORAL_PORT]] as const]),
    ...(messaging === undefined ? [] : [[NATS_NAMESPACE, NATS_PORTS] as const]),
    ...(telemetry?.engine === "otel-collector" ? [[OTEL_NAMESPACE, OTEL_PORTS] as const] : []),
  ];
}

/** Databases admit the applications, and the other regions by port; applications are reached by anybody. */
export function namespacesSpec({ fleet, regions }: PlanInput): NamespacesSpec | undefined {
  const { services } = fleet.platform.spec;
  const labels = label(fleet.platform.metadata.name);
  const apps = services.apps?.engine === "deployment" ? services.apps : undefined;
  const operators = services.postgres?.engine === "cnpg" ? [CNPG_OPERATOR] : [];
  const admits = [...(apps === undefined ? [] : [apps.namespace]), ...operators];
  const databases = [...databaseNamespaces(services, regions.length > 1)].filter(
    ([name]) => name !== apps?.namespace,
  );
  const namespaces: readonly NamespaceSpec[] = [
    ...[...databases, ...sharedNamespaces(services)].map(([name, publicPorts]): NamespaceSpec => ({
      name,
      labels,
      podSecurity: "baseline",
      ingress: "namespace",
      admits,
      publicPorts,
    })),
    ...(apps === undefined
      ? []
      : [appsNamespace(apps, services.mesh === undefined ? labels : { ...labels, ...MESHED })]),
  ];
  return namespaces.length === 0
    ? undefined
    : { kind: "kubernetes/namespaces", name: "namespaces", namespaces };
}

const appsNamespace = (
  { namespace, services }: Extract<NonNullable<Services["apps"]>, { engine: "deployment" }>,
  labels: NamespaceSpec["labels"],
): NamespaceSpec => ({
  name: namespace,
  labels,
  podSecurity: "restricted",
  ingress: "namespace",
  admits: [],
  publicPorts: [...new Set(services.map(({ port }) => port))],
});

/** A shard of workspaces. */
export function workspacesSpec(
  { fleet }: PlanInput,
  shard: string,
  workspaces: readonly WorkspaceManifest[],
): WorkspaceNamespacesSpec {
  const { metadata, spec } = fleet.platform;
  const admits = spec.services.apps?.engine === "deployment" ? [spec.services.apps.namespace] : [];
  return {
    kind: "workspaces/namespaces",
    name: shard,
    workspaces: workspaces.map(({ metadata: { name }, spec: { tier, quota } }) => ({
      workspace: name,
      namespace: `ws-${name}`,
      labels: { ...label(metadata.name), "meridian.dev/workspace": name, "meridian.dev/tier": tier },
      quota: { cpu: quota.cpu, memory: quota.memory, storage: quota.storage, pods: quota.pods },
      admits,
    })),
  };
}
