/** What a Kubernetes stack can hold; each kind's own file says what its defaults promise. */
import type { AppsDeploymentSpec } from "./kubernetes/apps";
import type { KubernetesClusterSpec } from "./kubernetes/cluster";
import type { EnvoyGatewaySpec } from "./kubernetes/gateway";
import type { IstioMeshSpec } from "./kubernetes/mesh";
import type { MigrationsSpec } from "./kubernetes/migrations";
import type { MinioTenantSpec } from "./kubernetes/minio";
import type { MongodbCommunitySpec } from "./kubernetes/mongodb";
import type { MessagingAccountsSpec, MessagingNatsSpec } from "./kubernetes/nats";
import type { NamespacesSpec, WorkspaceNamespacesSpec } from "./kubernetes/namespaces";
import type { TelemetryOtelSpec } from "./kubernetes/otel";
import type { PglogicalSpec } from "./kubernetes/pglogical";
import type { PostgresCnpgSpec } from "./kubernetes/postgres";
import type { RedisEnterpriseSpec } from "./kubernetes/redis-enterprise";
import type { StorageClassSpec } from "./kubernetes/storage";
import type { PrometheusStackSpec } from "./kubernetes/telemetry";
import type { WorkflowNamespacesSpec, WorkflowTemporalSpec } from "./kubernetes/temporal";
import type { WorkspaceBucketsSpec, WorkspaceRoutingSpec } from "./kubernetes/workspaces";
import type { VaultSpec } from "./kubernetes/vault";

export type KubernetesComponentSpec =
  | KubernetesClusterSpec
  | NamespacesSpec
  | WorkspaceNamespacesSpec
  | WorkspaceRoutingSpec
  | WorkspaceBucketsSpec
  | WorkflowTemporalSpec
  | WorkflowNamespacesSpec
  | MessagingNatsSpec
  | MessagingAccountsSpec
  | TelemetryOtelSpec
  | PostgresCnpgSpec
  | PglogicalSpec
  | MongodbCommunitySpec
  | MinioTenantSpec
  | VaultSpec
  | MigrationsSpec
  | RedisEnterpriseSpec
  | IstioMeshSpec
  | EnvoyGatewaySpec
  | StorageClassSpec
  | PrometheusStackSpec
  | AppsDeploymentSpec;
