/** The Tenant of MinIO's operator, and what it reads. */
import { all, type Output } from "@pulumi/pulumi";
import type { MinioTenantSpec } from "../../automation/fleet/specs/kubernetes/minio";
import type { ProgramContext } from "../program-context";
import { certificateSecret, configurationSecret } from "./minio-names";

/** The last release of the community edition that was published as an image. */
const IMAGE = "quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z";

const restricted = {
  runAsNonRoot: true,
  runAsUser: 1000,
  runAsGroup: 1000,
  seccompProfile: { type: "RuntimeDefault" },
};

/** The `spec` of the Tenant. */
export const tenantSpec = (spec: MinioTenantSpec) => ({
  image: IMAGE,
  configuration: { name: configurationSecret(spec.tenant) },
  pools: [poolOf(spec)],
  podManagementPolicy: "Parallel",
  // A certificate of one's own: other regions have to trust it, and know nothing of this Kubernetes cluster.
  requestAutoCert: false,
  externalCertSecret: [{ name: certificateSecret(spec.tenant), type: "cert-manager.io/v1" }],
  externalCaCertSecret: [{ name: certificateSecret(spec.tenant), type: "cert-manager.io/v1" }],
  exposeServices: { minio: spec.exposed, console: false },
  env: [
    { name: "MINIO_KMS_AUTO_ENCRYPTION", value: "on" },
    { name: "MINIO_SITE_NAME", value: spec.region },
  ],
});

const poolOf = ({ tenant, servers, volumesPerServer, volume }: MinioTenantSpec) => ({
  name: "pool-0",
  servers,
  volumesPerServer,
  volumeClaimTemplate: {
    metadata: { name: "data" },
    spec: {
      accessModes: ["ReadWriteOnce"],
      ...(volume.storageClass === undefined ? {} : { storageClassName: volume.storageClass }),
      resources: { requests: { storage: volume.size } },
    },
  },
  affinity: spreadOf(tenant),
  securityContext: { ...restricted, fsGroup: 1000, fsGroupChangePolicy: "OnRootMismatch" },
  containerSecurityContext: {
    ...restricted,
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
  },
});

/** One server a node where there are nodes enough: erasure coding bears the loss of one. */
const spreadOf = (tenant: string) => ({
  podAntiAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [
      {
        weight: 100,
        podAffinityTerm: {
          topologyKey: "kubernetes.io/hostname",
          labelSelector: { matchLabels: { "v1.min.io/tenant": tenant } },
        },
      },
    ],
  },
});

/** The operator's `config.env`: lines of a shell script. */
export const configuration = (
  { rootUser, rootPassword, encryptionKey }: MinioTenantSpec,
  { secret }: ProgramContext,
): Output<string> =>
  all([secret(rootPassword), secret(encryptionKey)]).apply(([password, key]) =>
    [
      `export MINIO_ROOT_USER="${rootUser}"`,
      `export MINIO_ROOT_PASSWORD="${password}"`,
      `export MINIO_KMS_SECRET_KEY="meridian:${key}"`,
      "",
    ].join("\n"),
  );
