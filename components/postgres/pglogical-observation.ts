/** Metrics of pglogical by postgres_exporter, and rules for what the platform's own lag and conflict rules miss. */
import type { PglogicalSpec } from "../../automation/fleet/specs/kubernetes/pglogical";
import { LOGINS, RESTRICTED, RESTRICTED_POD } from "./pglogical-pods";

export const METRICS_PORT = 9187;

/** Of the exporter; the platform's telemetry reads `pglogical_replication_lag_seconds` and `pglogical_conflicts_total`. */
export const QUERIES = `pglogical_replication:
  query: |
    select current_database() as datname, peer, lag_seconds, receiving, sending, lost, retained_bytes
      from meridian.replication
  metrics:
    - datname: { usage: LABEL, description: "Node group" }
    - peer: { usage: LABEL, description: "The other region" }
    - lag_seconds: { usage: GAUGE, description: "Age of the oldest write the other region has not confirmed" }
    - receiving: { usage: GAUGE, description: "1 while the other region's changes are applied here" }
    - sending: { usage: GAUGE, description: "1 while the other region takes changes from here" }
    - lost: { usage: GAUGE, description: "1 when the other region missed changes and must be copied anew" }
    - retained_bytes: { usage: GAUGE, description: "WAL held back for the other region" }
pglogical_conflicts:
  query: "select current_database() as datname, peer, conflicts as total from meridian.replication"
  metrics:
    - datname: { usage: LABEL, description: "Node group" }
    - peer: { usage: LABEL, description: "The region whose value was kept" }
    - total: { usage: COUNTER, description: "Values of this region that another region's later write replaced" }
`;

/** libpq's own way: the password comes from the environment, so no connection string holds it. */
const sourceOf = ({ endpoint, admin }: PglogicalSpec, database: string): string =>
  `postgresql://${admin.user}@${endpoint.host}:${String(endpoint.port)}/${database}?sslmode=require`;

export const exporterPod = (spec: PglogicalSpec, queries: string) => ({
  automountServiceAccountToken: false,
  securityContext: { ...RESTRICTED_POD, runAsUser: 65_534, fsGroup: 65_534 },
  containers: [
    {
      name: "exporter",
      image: "quay.io/prometheuscommunity/postgres-exporter:v0.17.1",
      args: [
        "--extend.query-path=/queries/queries.yaml",
        "--disable-default-metrics",
        "--disable-settings-metrics",
      ],
      env: [
        {
          name: "DATA_SOURCE_NAME",
          value: spec.nodeGroups.map(({ database }) => sourceOf(spec, database)).join(","),
        },
        { name: "PGPASSWORD", valueFrom: { secretKeyRef: { name: LOGINS, key: "admin" } } },
      ],
      ports: [{ name: "metrics", containerPort: METRICS_PORT }],
      readinessProbe: { httpGet: { path: "/", port: "metrics" } },
      resources: { requests: { cpu: "20m", memory: "64Mi" }, limits: { memory: "256Mi" } },
      securityContext: RESTRICTED,
      volumeMounts: [{ name: "queries", mountPath: "/queries", readOnly: true }],
    },
  ],
  volumes: [{ name: "queries", configMap: { name: queries } }],
});

/** The `spec` of a PodMonitor: often enough that lag is known well before its limit. */
export const pglogicalMonitorSpec = (labels: Readonly<Record<string, string>>) => ({
  selector: { matchLabels: { ...labels } },
  podMetricsEndpoints: [{ port: "metrics", interval: "15s" }],
});

const MIB = 1_048_576;

/** The `spec` of a PrometheusRule. */
export function pglogicalRulesSpec(spec: PglogicalSpec) {
  const rule = (alert: string, expr: string, wait: string, severity: string, summary: string) => ({
    alert,
    expr,
    for: wait,
    labels: { severity, region: spec.region },
    annotations: { summary: `${spec.region}: ${summary}` },
  });
  const half = String((spec.heldMib * MIB) / 2);
  const from = "{{ $labels.datname }} and {{ $labels.peer }}";
  return {
    groups: [
      {
        name: "pglogical",
        rules: [
          rule(
            "PglogicalNotReceiving",
            "pglogical_replication_receiving == 0",
            "2m",
            "critical",
            `changes do not arrive: ${from}`,
          ),
          rule(
            "PglogicalSlotLost",
            "pglogical_replication_lost == 1",
            "0m",
            "critical",
            `a region missed changes and must be copied anew: ${from}`,
          ),
          rule(
            "PglogicalWalHeld",
            `pglogical_replication_retained_bytes > ${half}`,
            "5m",
            "high",
            `half of what a region may hold back is used: ${from}`,
          ),
          rule(
            "PglogicalUnwatched",
            "absent(pglogical_replication_lag_seconds)",
            "5m",
            "high",
            "nobody reads the state of replication",
          ),
        ],
      },
    ],
  };
}
