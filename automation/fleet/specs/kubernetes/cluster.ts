import type { SecretRef } from "../secret-ref";

/** The cluster a stack talks to: exactly one in each Kubernetes stack, and no resource of its own. */
export interface KubernetesClusterSpec {
  readonly kind: "kubernetes/cluster";
  /** For example `europe`. */
  readonly name: string;
  readonly kubeconfig: SecretRef;
  /** Context of the kubeconfig; default: its current one. */
  readonly context?: string;
}
