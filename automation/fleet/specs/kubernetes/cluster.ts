import type { SecretRef } from "../secret-ref";

/** Access to a cluster that another stack of the platform makes on AWS: tokens of minutes, by these keys. */
export interface EksAccess {
  /** Stack that made it: its outputs say where it is. */
  readonly stack: string;
  /** For example `us-east-1`. */
  readonly location: string;
  readonly accessKeyId: SecretRef;
  readonly secretAccessKey: SecretRef;
  readonly sessionToken?: SecretRef;
}

/** The cluster a stack talks to: exactly one in each Kubernetes stack, and no resource of its own. */
export interface KubernetesClusterSpec {
  readonly kind: "kubernetes/cluster";
  /** For example `europe`. */
  readonly name: string;
  readonly kubeconfig: SecretRef | EksAccess;
  /** Context of the kubeconfig; default: its current one. */
  readonly context?: string;
}
