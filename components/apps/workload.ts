import { createHash } from "node:crypto";
import type { AppsDeploymentSpec, AppServiceSpec } from "../../automation/fleet/specs/kubernetes/apps";
import { ownKey, TRUST_PATH, type Connections } from "./connections";

export const connectionsSecret = (apps: string): string => `${apps}-connections`;
export const trustSecret = (apps: string): string => `${apps}-trust`;

export const selectorOf = (service: string) => ({ "app.kubernetes.io/name": service });

/** What the pods of one service are. */
export interface Workload {
  readonly apps: AppsDeploymentSpec;
  readonly service: AppServiceSpec;
  /** What its pods are called: the service's name, or its canary's. */
  readonly as: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly connections: Connections;
}

/** The `spec` of the Deployment: never fewer ready pods than before while it rolls. */
export function deploymentSpec(workload: Workload) {
  const { as, service } = workload;
  const { minimum, maximum } = service.replicas;
  return {
    // Where the autoscaler decides, a number here would undo its decision at every apply.
    ...(minimum === maximum ? { replicas: minimum } : {}),
    selector: { matchLabels: selectorOf(as) },
    strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    template: {
      metadata: {
        labels: { ...workload.labels },
        annotations: { "meridian.dev/connections": connectionsPrint(workload) },
      },
      spec: podSpec(workload),
    },
  };
}

/** Moves when a connection leads elsewhere, as after a failover, so pods restart; made of no secret. */
const connectionsPrint = ({ apps: { mongodb, postgres, redis }, service: { database } }: Workload): string =>
  createHash("sha256")
    .update(JSON.stringify({ postgres, mongodb, redis, database }))
    .digest("hex")
    .slice(0, 16);

/** Lost zones are what pods are spread for; where nodes have none, over the nodes. */
const spreadOf = ({ hardened }: AppsDeploymentSpec, service: string) => ({
  maxSkew: 1,
  topologyKey: hardened === true ? "topology.kubernetes.io/zone" : "kubernetes.io/hostname",
  whenUnsatisfiable: "ScheduleAnyway",
  labelSelector: { matchLabels: selectorOf(service) },
});

function podSpec(workload: Workload) {
  const { apps, as, connections } = workload;
  const trusts = Object.keys(connections.certificates).length > 0;
  const volumes = [
    ...(trusts ? [{ name: "trust", secret: { secretName: trustSecret(apps.name) } }] : []),
    ...(apps.hardened === true ? [{ name: "tmp", emptyDir: { sizeLimit: "256Mi" } }] : []),
  ];
  const volumeMounts = [
    ...(trusts ? [{ name: "trust", mountPath: TRUST_PATH, readOnly: true }] : []),
    ...(apps.hardened === true ? [{ name: "tmp", mountPath: "/tmp" }] : []),
  ];
  return {
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    topologySpreadConstraints: [spreadOf(apps, as)],
    containers: [
      {
        ...containerOf(workload),
        ...(volumeMounts.length === 0 ? {} : { volumeMounts }),
      },
    ],
    ...(volumes.length === 0 ? {} : { volumes }),
  };
}

function containerOf({ apps, connections, service }: Workload) {
  const probe = { httpGet: { path: service.health, port: "http" }, timeoutSeconds: 5 };
  return {
    name: service.name,
    image: service.image,
    ports: [{ name: "http", containerPort: service.port }],
    env: [
      { name: apps.regionVariable, value: apps.region },
      ...Object.entries(apps.environment).map(([name, value]) => ({ name, value })),
      ...Object.keys(connections.variables).map((name) => ({
        name,
        valueFrom: { secretKeyRef: { name: connectionsSecret(apps.name), key: name } },
      })),
      ...connections.own
        .filter((own) => own.service === service.name)
        .map(({ variable }) => ({
          name: variable,
          valueFrom: {
            secretKeyRef: { name: connectionsSecret(apps.name), key: ownKey(service.name, variable) },
          },
        })),
    ],
    resources: { requests: { ...service.resources }, limits: { memory: service.resources.memory } },
    readinessProbe: { ...probe, periodSeconds: 10, failureThreshold: 3 },
    // Slower than readiness: a pod that cannot reach its database leaves the service, it need not restart.
    livenessProbe: { ...probe, periodSeconds: 30, failureThreshold: 6 },
    securityContext: {
      allowPrivilegeEscalation: false,
      ...(apps.hardened === true ? { readOnlyRootFilesystem: true } : {}),
      capabilities: { drop: ["ALL"] },
    },
  };
}

/** The `spec` of the autoscaler: by CPU, down slowly. */
export const autoscalerSpec = ({ name, replicas, cpuPercent }: AppServiceSpec) => ({
  scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
  minReplicas: replicas.minimum,
  maxReplicas: replicas.maximum,
  metrics: [
    {
      type: "Resource",
      resource: { name: "cpu", target: { type: "Utilization", averageUtilization: cpuPercent } },
    },
  ],
  behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
});

/** The `spec` of the Ingress: every host leads to the service. */
export const ingressSpec = ({ name, hosts }: AppServiceSpec, tlsSecret: string | undefined) => ({
  rules: hosts.map((host) => ({
    host,
    http: {
      paths: [{ path: "/", pathType: "Prefix", backend: { service: { name, port: { name: "http" } } } }],
    },
  })),
  tls: [{ hosts: [...hosts], ...(tlsSecret === undefined ? {} : { secretName: tlsSecret }) }],
});
