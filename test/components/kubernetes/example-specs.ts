/** Specs of the platform of ADR-036, one function a phase, for tests to start from. */
import type { AppsDeploymentSpec } from "../../../automation/fleet/specs/kubernetes/apps";
import type { KubernetesClusterSpec } from "../../../automation/fleet/specs/kubernetes/cluster";
import type { MongodbCommunitySpec } from "../../../automation/fleet/specs/kubernetes/mongodb";
import type {
  NamespacesSpec,
  WorkspaceNamespacesSpec,
} from "../../../automation/fleet/specs/kubernetes/namespaces";
import type { PostgresCnpgSpec, PostgresMember } from "../../../automation/fleet/specs/kubernetes/postgres";
import type { ComponentSpec } from "../../../automation/fleet/specs/component-spec";
import type { StackSpec } from "../../../automation/fleet/stack-spec";

export type Region = "europe" | "india";
export type Phase = "single" | "read-replicas" | "active-active";

const member = (region: Region): PostgresMember => ({
  cluster: `postgresql-${region}`,
  region,
  endpoint: { host: `pg-${region}.openova.io`, port: 5432 },
});

export const MEMBERS: readonly PostgresMember[] = [member("europe"), member("india")];

export const clusterSpec = (region: Region): KubernetesClusterSpec => ({
  kind: "kubernetes/cluster",
  name: region,
  kubeconfig: { secret: `kubeconfig-${region}` },
});

export const namespacesSpec = (): NamespacesSpec => ({
  kind: "kubernetes/namespaces",
  name: "namespaces",
  namespaces: [
    {
      name: "databases",
      labels: {},
      podSecurity: "baseline",
      ingress: "namespace",
      admits: ["apps", "cnpg-system"],
      publicPorts: [5432],
    },
    { name: "apps", labels: {}, podSecurity: "restricted", ingress: "open", admits: [], publicPorts: [] },
  ],
});

/** PostgreSQL of a region in a phase; `primary` owns the writes of the phases with one writer. */
export const postgresSpec = (
  region: Region = "europe",
  phase: Phase = "read-replicas",
  primary: Region = "europe",
): PostgresCnpgSpec => ({
  kind: "postgres/cnpg",
  name: "postgres",
  cluster: `postgresql-${region}`,
  namespace: "databases",
  version: "17",
  instances: 3,
  storage: { size: "50Gi", storageClass: "local-path" },
  resources: { cpu: "1", memory: "2Gi" },
  parameters: {},
  database: "app",
  owner: "app",
  ownerPassword: { secret: "postgres-app-password" },
  topology: topology(region, phase, primary),
  bootstrap:
    phase !== "single" && region !== primary
      ? { kind: "basebackup", from: `postgresql-${primary}` }
      : { kind: "initdb" },
  ...(phase === "single"
    ? {}
    : {
        tls: {
          mode: "verify-full",
          caCertificate: { secret: "postgres-ca-certificate" },
          caKey: { secret: "postgres-ca-key" },
        },
        endpoint: member(region).endpoint,
      }),
  backup: {
    bucket: "openova-backups",
    accountId: { secret: "cloudflare-account-id" },
    jurisdiction: "eu",
    accessKeyId: { secret: "r2-access-key-id" },
    secretAccessKey: { secret: "r2-secret-access-key" },
    schedule: "0 0 2 * * *",
    retentionDays: 30,
    walArchive: true,
  },
  monitoring: true,
  alerts: { lagSeconds: 60, conflicts: 10 },
  deletion: "protected",
});

function topology(region: Region, phase: Phase, primary: Region): PostgresCnpgSpec["topology"] {
  const password = { secret: "pg-replication-credentials" };
  switch (phase) {
    case "single":
      return { kind: "single" };
    case "read-replicas":
      return {
        kind: "distributed",
        members: MEMBERS,
        primary: `postgresql-${primary}`,
        source: `postgresql-${region === "europe" ? "india" : "europe"}`,
        replication: { user: "streaming_replica", password },
      };
    case "active-active":
      return {
        kind: "multi-writer",
        members: MEMBERS,
        replication: { user: "logical_replica", password, databases: ["app"] },
        conflict: { policy: "last-write-wins", column: "updated_at" },
      };
  }
}

export const mongodbSpec = (phase: Phase = "read-replicas"): MongodbCommunitySpec => ({
  kind: "mongodb/community",
  name: "mongodb",
  resource: "mongodb-global",
  namespace: "databases",
  version: "7.0.5",
  hosting: "europe",
  members: [
    { region: "europe", votes: 1 as const, priority: 10 },
    { region: "europe", votes: 1 as const, priority: 9 },
    { region: "europe", votes: 1 as const, priority: 8 },
    { region: "india", votes: 1 as const, priority: 5 },
    { region: "india", votes: 1 as const, priority: 4 },
  ].filter(({ region }) => phase !== "single" || region === "europe"),
  database: "app",
  user: "app",
  password: { secret: "mongodb-app-password" },
  storage: { size: "20Gi", storageClass: "local-path" },
  resources: { cpu: "500m", memory: "1Gi" },
  spread: phase === "single" ? "nodes" : "regions",
  deletion: "protected",
});

export const appsSpec = (region: Region = "india"): AppsDeploymentSpec => ({
  kind: "apps/deployment",
  name: "apps",
  namespace: "apps",
  region,
  regionVariable: "REGION",
  services: [
    {
      name: "api",
      image: "ghcr.io/openova/api:1.0.0",
      port: 8080,
      health: "/health",
      resources: { cpu: "250m", memory: "256Mi" },
      replicas: { minimum: 3, maximum: 6 },
      cpuPercent: 70,
      hosts: ["api.openova.io"],
    },
  ],
  environment: {},
  postgres: {
    user: "app",
    password: { secret: "postgres-app-password" },
    database: "app",
    primary: { host: "pg-europe.openova.io", port: 5432 },
    replica: { host: `postgresql-${region}-r.databases.svc`, port: 5432 },
    sslMode: "verify-full",
    caCertificate: { secret: "postgres-ca-certificate" },
  },
  mongodb: {
    user: "app",
    password: { secret: "mongodb-app-password" },
    database: "app",
    replicaSet: "mongodb-global",
    hosts: [0, 1, 2, 3, 4].map((ordinal) => ({
      host: `mongodb-global-${String(ordinal)}.mongodb-global-svc.databases.svc`,
      port: 27017,
    })),
    readPreference: "nearest",
    preferRegion: region,
    writeConcern: "majority",
    tls: false,
  },
});

export const workspacesSpec = (
  workspaces: readonly string[] = ["acme", "globex"],
): WorkspaceNamespacesSpec => ({
  kind: "workspaces/namespaces",
  name: "workspaces-europe-000",
  workspaces: workspaces.map((workspace) => ({
    workspace,
    namespace: `ws-${workspace}`,
    labels: {},
    quota: { cpu: "4", memory: "8Gi", storage: "50Gi", pods: 50 },
    admits: ["apps"],
  })),
});

/** A region's whole stack in a phase. MongoDB's resource lives in Europe alone. */
export const stackSpec = (
  region: Region = "europe",
  phase: Phase = "read-replicas",
  components: readonly ComponentSpec[] = [
    clusterSpec(region),
    namespacesSpec(),
    postgresSpec(region, phase),
    ...(region === "europe" ? [mongodbSpec(phase)] : []),
    appsSpec(region),
  ],
): StackSpec => ({
  platform: "openova",
  stack: region,
  kind: "region",
  region,
  provider: "kubernetes",
  after: [],
  components,
  hash: "",
});
