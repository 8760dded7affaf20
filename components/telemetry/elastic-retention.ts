/** How long logs and traces stay: nothing of ECK's free resources says it, so Elasticsearch is told. */
import { CronJob } from "@pulumi/kubernetes/batch/v1/cronJob";
import { Job } from "@pulumi/kubernetes/batch/v1/job";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import type { PrometheusStackSpec } from "../../automation/fleet/specs/kubernetes/telemetry";
import { LOGS_HTTP_CA, logsUrl, userSecret, type LogsUser } from "./prometheus-names";

const CURL = "docker.io/curlimages/curl:8.15.0";
const CLEANER = "docker.io/jaegertracing/jaeger-es-index-cleaner:1.73.0";
const CA = "/etc/elastic/ca.crt";

/** A new index each day or 50 GB; its days count from when it was closed, so a log lives a day longer at most. */
const policy = (days: number) => ({
  policy: {
    phases: {
      hot: { actions: { rollover: { max_age: "1d", max_primary_shard_size: "50gb" } } },
      delete: { min_age: `${String(days)}d`, actions: { delete: {} } },
    },
  },
});

/** The part of Elasticsearch's own template for `logs-*` that is ours to fill. */
const component = { template: { settings: { "index.lifecycle.name": "meridian-logs" } } };

const PUT =
  'put() { curl --fail-with-body --silent --show-error --retry 60 --retry-delay 10 --retry-all-errors --cacert "$CA" --user "keeper:$PASSWORD" --header "Content-Type: application/json" --request PUT "$URL/$1" --data "$2"; }';
const SCRIPT = `set -eu\n${PUT}\nput _ilm/policy/meridian-logs "$POLICY"\nput _component_template/logs@custom "$COMPONENT"\n`;

type Labels = Readonly<Record<string, string>>;

/** Registers both; each may run again at any time. */
export function logsRetention(spec: PrometheusStackSpec, labels: Labels, opts: CustomResourceOptions): void {
  const metadata = (name: string) => ({ name, namespace: spec.namespace, labels: { ...labels } });
  const days = spec.logs.retentionDays;
  new Job(
    `${spec.name}-logs-retention`,
    {
      metadata: metadata("logs-retention"),
      spec: { backoffLimit: 6, template: { spec: pod(putContainer(spec, days)) } },
    },
    opts,
  );
  new CronJob(
    `${spec.name}-traces-retention`,
    {
      metadata: metadata("traces-retention"),
      spec: {
        schedule: "15 2 * * *",
        concurrencyPolicy: "Forbid",
        jobTemplate: { spec: { backoffLimit: 3, template: { spec: pod(cleanContainer(spec, days)) } } },
      },
    },
    opts,
  );
}

const password = (user: LogsUser) => ({
  secretKeyRef: { name: userSecret(user), key: "password" },
});

const SAFE = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};
const MOUNTS = [{ name: "ca", mountPath: "/etc/elastic", readOnly: true }];
const SMALL = { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "128Mi" } };

type Container = ReturnType<typeof putContainer> | ReturnType<typeof cleanContainer>;

const pod = (container: Container) => ({
  restartPolicy: "OnFailure",
  automountServiceAccountToken: false,
  securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: "RuntimeDefault" } },
  containers: [{ ...container, volumeMounts: MOUNTS, securityContext: SAFE, resources: SMALL }],
  volumes: [{ name: "ca", secret: { secretName: LOGS_HTTP_CA } }],
});

const putContainer = ({ namespace }: PrometheusStackSpec, days: number) => ({
  name: "retention",
  image: CURL,
  command: ["sh", "-c", SCRIPT],
  env: [
    { name: "URL", value: logsUrl(namespace) },
    { name: "CA", value: CA },
    { name: "POLICY", value: JSON.stringify(policy(days)) },
    { name: "COMPONENT", value: JSON.stringify(component) },
    { name: "PASSWORD", valueFrom: password("keeper") },
  ],
});

/** Jaeger writes an index a day; this deletes those that are too old. */
const cleanContainer = ({ namespace }: PrometheusStackSpec, days: number) => ({
  name: "cleaner",
  image: CLEANER,
  args: [String(days), logsUrl(namespace)],
  env: [
    { name: "ES_USERNAME", value: "tracer" },
    { name: "ES_PASSWORD", valueFrom: password("tracer") },
    { name: "ES_TLS_ENABLED", value: "true" },
    { name: "ES_TLS_CA", value: CA },
  ],
});
