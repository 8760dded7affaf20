import type { NamespaceSpec, NamespacesSpec, WorkspaceNamespacesSpec } from "../specs/kubernetes/namespaces";
import type { WorkspaceManifest } from "../../manifest/schema/manifest";
import type { PlanInput } from "./plan-input";

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
    ...databases.map(([name, publicPorts]): NamespaceSpec => ({
      name,
      labels,
      podSecurity: "baseline",
      ingress: "namespace",
      admits,
      publicPorts,
    })),
    ...(apps === undefined ? [] : [appsNamespace(apps, labels)]),
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
