import type { KubernetesComponentSpec } from "../specs/kubernetes";
import { appsSpec } from "./apps";
import { meshServices } from "./cluster-services";
import { migrationsSpec } from "./migrations";
import { minioSpec } from "./minio";
import { mongodbSpec } from "./mongodb";
import { namespacesSpec } from "./namespaces";
import type { PlanInput, PlannedRegion } from "./plan-input";
import { postgresSpec } from "./postgres";
import { queryReplicaSpec } from "./postgres-query";
import { sharedServices } from "./shared-services";
import { vaultSpec } from "./vault";

const present = <T>(value: T | undefined): readonly T[] => (value === undefined ? [] : [value]);

/** The region's cluster: whose credentials a stack needs. */
export function clusterSpec(
  { fleet }: PlanInput,
  { name, manifest }: PlannedRegion,
): KubernetesComponentSpec {
  const { kubernetes } = manifest.spec;
  const kubeconfig = kubernetes?.kubeconfig ?? fleet.platform.spec.credentials[name];
  return {
    kind: "kubernetes/cluster",
    name,
    kubeconfig: kubeconfig ?? { secret: `kubeconfig-${name}` },
    ...(kubernetes?.context === undefined ? {} : { context: kubernetes.context }),
  };
}

/** Everything one Kubernetes region holds. */
export function kubernetesRegion(
  input: PlanInput,
  region: PlannedRegion,
): readonly KubernetesComponentSpec[] {
  const { postgres, mongodb, apps, objectStore, secrets } = input.fleet.platform.spec.services;
  const mesh = meshServices(input, region);
  return [
    clusterSpec(input, region),
    ...present(namespacesSpec(input)),
    ...present(mesh.namespaces),
    ...mesh.before,
    ...(objectStore?.engine === "minio" ? [minioSpec(input, objectStore, region)] : []),
    ...(secrets?.engine === "vault" ? [vaultSpec(input, secrets, region)] : []),
    ...(postgres?.engine === "cnpg"
      ? [
          postgresSpec(input, postgres, region),
          ...present(queryReplicaSpec(input, postgres, region)),
          ...present(migrationsSpec(input, postgres, region)),
        ]
      : []),
    ...(mongodb === undefined ? [] : present(mongodbSpec(input, mongodb, region))),
    ...sharedServices(input, region),
    ...(apps?.engine === "deployment" ? [appsSpec(input, apps, region)] : []),
    ...mesh.after,
  ];
}
