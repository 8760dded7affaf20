/** A CronJob that verifies the chains of hashes of one bucket, and the rule that tells when it found one broken. */
import { CronJob } from "@pulumi/kubernetes/batch/v1/cronJob";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap";
import { Secret } from "@pulumi/kubernetes/core/v1/secret";
import type { ComponentResource, Resource } from "@pulumi/pulumi";
import { createHash } from "node:crypto";
import type { EvidenceCheck, MinioTenantSpec } from "../../automation/fleet/specs/kubernetes/minio";
import type { ProgramContext } from "../program-context";
import { verifierFiles } from "./evidence-program";
import { certificateSecret, serviceEndpoint } from "./minio-names";

const IMAGE = "docker.io/library/node:22.20.0-alpine";
type Labels = Readonly<Record<string, string>>;

/** Its children: the program, the key to read with, the schedule. */
export function evidenceCheck(
  spec: MinioTenantSpec,
  check: EvidenceCheck,
  { labels, context, parent }: { labels: Labels; context: ProgramContext; parent: ComponentResource },
  after: readonly Resource[],
): void {
  const name = `${check.bucket}-verifier`;
  const metadata = (suffix: string) => ({
    name: `${name}${suffix}`,
    namespace: spec.namespace,
    labels: { ...labels },
  });
  const files = verifierFiles();
  const print = createHash("sha256").update(JSON.stringify(files)).digest("hex").slice(0, 8);
  const program = new ConfigMap(
    `${spec.name}-${name}-program`,
    { metadata: metadata(`-${print}`), data: { ...files } },
    { parent },
  );
  const stringData = {
    AWS_ACCESS_KEY_ID: context.secret(check.accessKeyId),
    AWS_SECRET_ACCESS_KEY: context.secret(check.secretAccessKey),
  };
  const key = new Secret(`${spec.name}-${name}-key`, { metadata: metadata(""), stringData }, { parent });
  new CronJob(
    `${spec.name}-${name}`,
    { metadata: metadata(""), spec: cronJobSpec(spec, check, metadata(`-${print}`).name) },
    { parent, dependsOn: [program, key, ...after] },
  );
}

const cronJobSpec = (spec: MinioTenantSpec, { bucket, schedule }: EvidenceCheck, program: string) => ({
  schedule,
  concurrencyPolicy: "Forbid",
  startingDeadlineSeconds: 3600,
  failedJobsHistoryLimit: 3,
  jobTemplate: {
    spec: {
      // A broken chain stays broken: trying again would only tell it later. Unreadable is tried again.
      podFailurePolicy: { rules: [{ action: "FailJob", onExitCodes: { operator: "In", values: [1] } }] },
      backoffLimit: 3,
      template: { spec: verifierPod(spec, bucket, program) },
    },
  },
});

const verifierPod = (spec: MinioTenantSpec, bucket: string, program: string) => ({
  restartPolicy: "Never",
  automountServiceAccountToken: false,
  securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: "RuntimeDefault" } },
  containers: [
    {
      name: "verifier",
      image: IMAGE,
      command: ["node", "/verifier/verify.js"],
      env: [
        { name: "S3_ENDPOINT", value: serviceEndpoint(spec) },
        { name: "S3_BUCKET", value: bucket },
        { name: "NODE_EXTRA_CA_CERTS", value: "/trust/ca.crt" },
      ],
      envFrom: [{ secretRef: { name: `${bucket}-verifier` } }],
      resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } },
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      },
      volumeMounts: [
        { name: "program", mountPath: "/verifier", readOnly: true },
        { name: "trust", mountPath: "/trust", readOnly: true },
      ],
    },
  ],
  volumes: [
    { name: "program", configMap: { name: program } },
    {
      name: "trust",
      secret: { secretName: certificateSecret(spec.tenant), items: [{ key: "ca.crt", path: "ca.crt" }] },
    },
  ],
});

/** The `spec` of a PrometheusRule: a chain is broken, or nobody has looked for two days. */
export function evidenceAlertsSpec({ namespace, verified }: MinioTenantSpec) {
  const rules = verified.flatMap(({ bucket }) => [
    {
      alert: "EvidenceChainBroken",
      expr: `max(kube_job_status_failed{namespace="${namespace}",job_name=~"${bucket}-verifier-.+"}) > 0`,
      labels: { severity: "critical", bucket },
      annotations: {
        summary: `A chain of hashes in ${bucket} is broken or cannot be read: see the Job's log`,
      },
    },
    {
      alert: "EvidenceUnverified",
      expr: `time() - max(kube_cronjob_status_last_successful_time{namespace="${namespace}",cronjob="${bucket}-verifier"}) > 172800`,
      for: "1h",
      labels: { severity: "warning", bucket },
      annotations: { summary: `No verification of ${bucket} has succeeded for two days` },
    },
  ]);
  return { groups: [{ name: "objectstore.evidence", rules }] };
}
