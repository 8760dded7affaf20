/** Pods that set pglogical up and keep it: psql with the SQL of this project, restricted, without a token. */
import type { PglogicalSpec } from "../../automation/fleet/specs/kubernetes/pglogical";
import { installSql, PREPARE_SQL, STEP_SQL } from "./sql/pglogical/install";
import { SCRIPT } from "./sql/pglogical/script";

/** The Secret with the passwords: `admin`, and one by the name of each database. */
export const LOGINS = "pglogical-logins";

/** RDS says who it is by certificates that psql of the image does not know, and pglogical cannot be told. */
const SSL_MODE = "require";

/** Files beside psql, by name. */
export const filesOf = (spec: PglogicalSpec): Readonly<Record<string, string>> => ({
  "run.sh": SCRIPT,
  "prepare.sql": PREPARE_SQL,
  "install.sql": installSql(spec.conflicts.table),
  "step.sql": STEP_SQL,
  "settings.json": JSON.stringify({
    region: spec.region,
    index: spec.index,
    stride: spec.stride,
    host: spec.endpoint.host,
    port: spec.endpoint.port,
    user: spec.admin.user,
    sslmode: SSL_MODE,
    seed: spec.seed.region,
    localSchemas: spec.localSchemas,
    logging: String(spec.conflicts.logging),
    peers: spec.peers.map(({ region, endpoint }) => ({ region, ...endpoint })),
  }),
});

/** A pod that runs `run.sh` with these words; `files` names the ConfigMap. */
export const podOf = (spec: PglogicalSpec, files: string, args: readonly string[]) => ({
  automountServiceAccountToken: false,
  securityContext: RESTRICTED_POD,
  containers: [
    {
      name: "psql",
      image: `docker.io/library/postgres:${spec.version}-alpine`,
      command: ["sh", "/pglogical/run.sh", ...args],
      env: Object.entries(environmentOf(spec)).map(([name, value]) => ({ name, value })),
      resources: { requests: { cpu: "20m", memory: "64Mi" }, limits: { memory: "256Mi" } },
      securityContext: RESTRICTED,
      volumeMounts: [
        { name: "files", mountPath: "/pglogical", readOnly: true },
        { name: "logins", mountPath: "/logins", readOnly: true },
        { name: "scratch", mountPath: "/tmp" },
      ],
    },
  ],
  volumes: [
    { name: "files", configMap: { name: files } },
    { name: "logins", secret: { secretName: LOGINS } },
    { name: "scratch", emptyDir: {} },
  ],
});

const environmentOf = ({ admin, endpoint, seed }: PglogicalSpec): Readonly<Record<string, string>> => ({
  PGHOST: endpoint.host,
  PGPORT: String(endpoint.port),
  PGUSER: admin.user,
  PGSSLMODE: SSL_MODE,
  PGCONNECT_TIMEOUT: "10",
  SEED_HOST: seed.endpoint.host,
  SEED_PORT: String(seed.endpoint.port),
  MERIDIAN_SQL: "/pglogical",
  MERIDIAN_SETTINGS: "/pglogical/settings.json",
  MERIDIAN_SECRETS: "/logins",
});

/** User and group `postgres` of the image. */
const POSTGRES = 70;
export const RESTRICTED_POD = {
  runAsNonRoot: true,
  runAsUser: POSTGRES,
  fsGroup: POSTGRES,
  seccompProfile: { type: "RuntimeDefault" },
};
export const RESTRICTED = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};
