import type { ComputeSpec } from "./quantities";

/** The most a namespace may ask for. */
export interface QuotaSpec extends ComputeSpec {
  readonly storage: string;
  readonly pods: number;
}

export interface NamespaceSpec {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly podSecurity: "privileged" | "baseline" | "restricted";
  /** `namespace`: only its own pods, `admits` and `publicPorts` connect; `open`: no network policy. */
  readonly ingress: "open" | "namespace";
  /** Namespaces whose pods may also connect. */
  readonly admits: readonly string[];
  /** Ports anybody may reach, for example 5432 for replicas in other regions. */
  readonly publicPorts: readonly number[];
  readonly quota?: QuotaSpec;
}

/** The namespaces a platform's own services live in. */
export interface NamespacesSpec {
  readonly kind: "kubernetes/namespaces";
  readonly name: string;
  readonly namespaces: readonly NamespaceSpec[];
}

/** One workspace: a namespace with its quota that only its own pods and the applications reach. */
export interface WorkspaceNamespaceSpec {
  readonly workspace: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly quota: QuotaSpec;
  /** Namespaces whose pods may connect, for example `apps`. */
  readonly admits: readonly string[];
}

/** A shard of workspaces of one home region. */
export interface WorkspaceNamespacesSpec {
  readonly kind: "workspaces/namespaces";
  /** For example `workspaces-europe-000`. */
  readonly name: string;
  readonly workspaces: readonly WorkspaceNamespaceSpec[];
}
