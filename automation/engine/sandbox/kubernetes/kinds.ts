/**
 * Which Kubernetes kinds have no namespace, and which properties of a kind cannot be changed in place.
 * After pulumi-kubernetes, `provider/pkg/provider/diff.go`.
 */

/** Kinds of the whole cluster, those of common operators too. Any other kind lives in a namespace. */
export const clusterKinds: ReadonlySet<string> = new Set([
  "APIService",
  "CertificateSigningRequest",
  "ClusterExternalSecret",
  "ClusterImageCatalog",
  "ClusterIssuer",
  "ClusterPolicy",
  "ClusterRole",
  "ClusterRoleBinding",
  "ClusterSecretStore",
  "ClusterTriggerAuthentication",
  "CSIDriver",
  "CustomResourceDefinition",
  "FlowSchema",
  "GatewayClass",
  "IngressClass",
  "MutatingWebhookConfiguration",
  "Namespace",
  "Node",
  "PersistentVolume",
  "PriorityClass",
  "PriorityLevelConfiguration",
  "RuntimeClass",
  "StorageClass",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
  "ValidatingWebhookConfiguration",
  "VolumeSnapshotClass",
]);

/** Every cluster has them from the start. */
export const builtInNamespaces: ReadonlySet<string> = new Set([
  "default",
  "kube-node-lease",
  "kube-public",
  "kube-system",
]);

/** Of every object. */
export const immutableOfAll = ["apiVersion", "kind", "metadata.name", "metadata.namespace"] as const;

const workload = ["spec.selector"] as const;
const binding = ["roleRef"] as const;

/** By `group/Kind`, the core group without a slash; every custom resource may change all but its name. */
export const immutableOfKind: Readonly<Record<string, readonly string[]>> = {
  "apps/DaemonSet": workload,
  "apps/Deployment": workload,
  "apps/ReplicaSet": workload,
  "apps/StatefulSet": [
    "spec.podManagementPolicy",
    "spec.revisionHistoryLimit",
    "spec.selector",
    "spec.serviceName",
    "spec.volumeClaimTemplates",
  ],
  "batch/Job": ["spec.completions", "spec.parallelism", "spec.selector", "spec.template"],
  "rbac.authorization.k8s.io/ClusterRoleBinding": binding,
  "rbac.authorization.k8s.io/RoleBinding": binding,
  "storage.k8s.io/StorageClass": ["parameters", "provisioner", "reclaimPolicy", "volumeBindingMode"],
  ConfigMap: ["data", "binaryData"],
  PersistentVolume: ["spec.csi", "spec.hostPath", "spec.local", "spec.nfs"],
  PersistentVolumeClaim: ["spec.accessModes", "spec.selector", "spec.storageClassName", "spec.volumeName"],
  Pod: ["spec"],
  Secret: ["type", "data", "stringData"],
  Service: ["spec.clusterIP"],
};
