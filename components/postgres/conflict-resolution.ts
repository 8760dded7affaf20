import { Job } from "@pulumi/kubernetes/batch/v1/job";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import { createHash } from "node:crypto";
import type { PostgresCnpgSpec } from "../../automation/fleet/specs/kubernetes/postgres";
import { ownerSecret } from "./cnpg-names";
import { lastWriteWins } from "./last-write-wins";

/** Installs the rules for conflicts in one database; changed rules are a new Job, equal ones do not run again. */
export function conflictResolution(
  spec: PostgresCnpgSpec,
  { database, clock }: { readonly database: string; readonly clock: string },
  labels: Readonly<Record<string, string>>,
  options: CustomResourceOptions,
): Job {
  const sql = lastWriteWins(clock);
  const print = createHash("sha256").update(sql).digest("hex").slice(0, 8);
  const metadata = {
    name: `${spec.cluster}-conflicts-${database}-${print}`,
    namespace: spec.namespace,
    labels: { ...labels },
  };
  const rules = new ConfigMap(
    `${spec.name}-conflict-rules-${database}`,
    { metadata, data: { "conflicts.sql": sql } },
    options,
  );
  return new Job(
    `${spec.name}-conflicts-${database}`,
    { metadata, spec: { backoffLimit: 6, template: { spec: psqlPod(spec, database, metadata.name) } } },
    { ...options, dependsOn: [rules] },
  );
}

const psqlPod = ({ cluster, version }: PostgresCnpgSpec, database: string, rules: string) => ({
  restartPolicy: "OnFailure",
  securityContext: { runAsNonRoot: true, runAsUser: 26, seccompProfile: { type: "RuntimeDefault" } },
  containers: [
    {
      name: "psql",
      image: `ghcr.io/cloudnative-pg/postgresql:${version}`,
      command: [
        "sh",
        "-c",
        "until pg_isready -q; do sleep 5; done; exec psql -v ON_ERROR_STOP=1 -f /rules/conflicts.sql",
      ],
      env: [
        { name: "PGHOST", value: `${cluster}-rw` },
        { name: "PGDATABASE", value: database },
        { name: "PGSSLMODE", value: "require" },
        loginVariable("PGUSER", cluster, "username"),
        loginVariable("PGPASSWORD", cluster, "password"),
      ],
      volumeMounts: [{ name: "rules", mountPath: "/rules", readOnly: true }],
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
    },
  ],
  volumes: [{ name: "rules", configMap: { name: rules } }],
});

const loginVariable = (name: string, cluster: string, key: string) => ({
  name,
  valueFrom: { secretKeyRef: { name: ownerSecret(cluster), key } },
});
