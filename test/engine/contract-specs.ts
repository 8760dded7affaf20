/** Small real stacks for the engine contract. */
import { fingerprint } from "../../automation/fleet/canonical";
import type { ComponentSpec } from "../../automation/fleet/specs/component-spec";
import type { AppsDeploymentSpec } from "../../automation/fleet/specs/kubernetes/apps";
import type { NamespaceSpec } from "../../automation/fleet/specs/kubernetes/namespaces";
import type { StackSpec } from "../../automation/fleet/stack-spec";

/** What a case may change in a stack. */
export interface StackChanges {
  readonly namespaces?: readonly NamespaceSpec[];
  readonly apps?: Partial<AppsDeploymentSpec> | "none";
  readonly connected?: boolean;
}

/** A namespace with a quota; no network policy. */
export const namespaceOf = (name: string, pods = 10): NamespaceSpec => ({
  name,
  labels: { tier: "test" },
  podSecurity: "restricted",
  ingress: "open",
  admits: [],
  publicPorts: [],
  quota: { cpu: "2", memory: "4Gi", storage: "10Gi", pods },
});

const endpoint = { host: "pg.example.test", port: 5432 };

const appsOf = (stack: string): AppsDeploymentSpec => ({
  kind: "apps/deployment",
  name: "apps",
  namespace: "shop",
  region: stack,
  regionVariable: "REGION",
  services: [
    {
      name: "web",
      image: "registry.example.test/web:1",
      port: 8080,
      health: "/healthz",
      resources: { cpu: "100m", memory: "128Mi" },
      replicas: { minimum: 1, maximum: 1 },
      cpuPercent: 70,
      hosts: [],
    },
  ],
  environment: {},
  postgres: {
    user: "shop",
    password: { secret: "shop-password" },
    database: "shop",
    primary: endpoint,
    replica: endpoint,
    sslMode: "require",
  },
});

/** A stack on its own sandbox cluster: two namespaces with quotas, and one application that has a password. */
export function contractStack(platform: string, stack: string, changes: StackChanges = {}): StackSpec {
  const { namespaces = [namespaceOf("shop"), namespaceOf("tools")], apps = {}, connected = true } = changes;
  const cluster: readonly ComponentSpec[] = connected
    ? [{ kind: "kubernetes/cluster", name: stack, kubeconfig: { secret: "kubeconfig" }, context: stack }]
    : [];
  const components: readonly ComponentSpec[] = [
    ...cluster,
    { kind: "kubernetes/namespaces", name: "namespaces", namespaces },
    ...(apps === "none" ? [] : [{ ...appsOf(stack), ...apps }]),
  ];
  const rest = {
    platform,
    stack,
    kind: "region",
    region: stack,
    provider: "kubernetes",
    after: [],
    components,
  };
  return { ...rest, kind: "region", provider: "kubernetes", hash: fingerprint(rest) };
}
