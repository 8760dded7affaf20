/** What a Kubernetes stack can hold; each kind's own file says what its defaults promise. */
import type { AppsDeploymentSpec } from "./kubernetes/apps";
import type { KubernetesClusterSpec } from "./kubernetes/cluster";
import type { EnvoyGatewaySpec } from "./kubernetes/gateway";
import type { IstioMeshSpec } from "./kubernetes/mesh";
import type { MongodbCommunitySpec } from "./kubernetes/mongodb";
import type { NamespacesSpec, WorkspaceNamespacesSpec } from "./kubernetes/namespaces";
import type { PostgresCnpgSpec } from "./kubernetes/postgres";
import type { RedisEnterpriseSpec } from "./kubernetes/redis-enterprise";

export type KubernetesComponentSpec =
  | KubernetesClusterSpec
  | NamespacesSpec
  | WorkspaceNamespacesSpec
  | PostgresCnpgSpec
  | MongodbCommunitySpec
  | RedisEnterpriseSpec
  | IstioMeshSpec
  | EnvoyGatewaySpec
  | AppsDeploymentSpec;
