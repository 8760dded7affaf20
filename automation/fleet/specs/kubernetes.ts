/** What a Kubernetes stack can hold; each kind's own file says what its defaults promise. */
import type { AppsDeploymentSpec } from "./kubernetes/apps";
import type { KubernetesClusterSpec } from "./kubernetes/cluster";
import type { MongodbCommunitySpec } from "./kubernetes/mongodb";
import type { NamespacesSpec, WorkspaceNamespacesSpec } from "./kubernetes/namespaces";
import type { PostgresCnpgSpec } from "./kubernetes/postgres";

export type KubernetesComponentSpec =
  | KubernetesClusterSpec
  | NamespacesSpec
  | WorkspaceNamespacesSpec
  | PostgresCnpgSpec
  | MongodbCommunitySpec
  | AppsDeploymentSpec;
