/** A namespace with its quota and its network policy: what platform and workspace namespaces share. */
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace";
import { ResourceQuota } from "@pulumi/kubernetes/core/v1/resourceQuota";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy";
import type { ComponentResource } from "@pulumi/pulumi";
import type { NamespaceSpec, QuotaSpec } from "../../automation/fleet/specs/kubernetes/namespaces";

/** Registers them as children of `parent`, under `name`. */
export function isolatedNamespace(
  name: string,
  spec: NamespaceSpec,
  labels: Readonly<Record<string, string>>,
  parent: ComponentResource,
): Namespace {
  const enforce = { "pod-security.kubernetes.io/enforce": spec.podSecurity };
  const namespace = new Namespace(
    name,
    { metadata: { name: spec.name, labels: { ...labels, ...spec.labels, ...enforce } } },
    { parent },
  );
  const inside = { parent, dependsOn: [namespace] };
  if (spec.quota !== undefined) {
    const metadata = { name: "quota", namespace: spec.name, labels: { ...labels } };
    new ResourceQuota(`${name}-quota`, { metadata, spec: { hard: hardLimits(spec.quota) } }, inside);
  }
  if (spec.ingress === "namespace") {
    const metadata = { name: "ingress", namespace: spec.name, labels: { ...labels } };
    new NetworkPolicy(`${name}-ingress`, { metadata, spec: ingressPolicy(spec) }, inside);
  }
  return namespace;
}

const hardLimits = ({ cpu, memory, storage, pods }: QuotaSpec) => ({
  "requests.cpu": cpu,
  "requests.memory": memory,
  "limits.memory": memory,
  "requests.storage": storage,
  pods: String(pods),
});

/** Selecting every pod denies what no rule admits. */
const ingressPolicy = ({ admits, publicPorts }: NamespaceSpec) => ({
  podSelector: {},
  policyTypes: ["Ingress"],
  ingress: [
    { from: [{ podSelector: {} }, ...admits.map(podsOfNamespace)] },
    ...publicPorts.map((port) => ({ ports: [{ protocol: "TCP", port }] })),
  ],
});

/** The API server sets this label on every namespace, so a pod cannot claim another's. */
const podsOfNamespace = (name: string) => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
});
