/** The MinIO tenant of each region, and which of them may hold the same data. */
import type { PlatformManifest } from "../../manifest/schema/manifest";
import type {
  EvidenceCheck,
  MinioBucket,
  MinioReplication,
  MinioSite,
  MinioTenantSpec,
  MinioUser,
} from "../specs/kubernetes/minio";
import type { AuthoritySpec } from "../specs/kubernetes/authority";
import type { MinioBackup } from "../specs/kubernetes/postgres";
import { membersOf } from "../cells";
import { cellOf, isWriter, type PlanInput, type PlannedRegion, writerOf } from "./plan-input";

type ObjectStore = NonNullable<PlatformManifest["spec"]["services"]["objectStore"]>;
export type Minio = Extract<ObjectStore, { engine: "minio" }>;

export const MINIO_NAMESPACE = "objectstore";
/** Other regions and applications reach the tenant's service here; its pods listen on 9000. */
export const MINIO_PORT = 9000;
const TENANT = "minio";
/** The bucket that PostgreSQL's backups and WAL archive go to, where the manifest has it. */
const BACKUPS = "postgres-backups";
const MINIO_AUTHORITY: AuthoritySpec = {
  certificate: { secret: "minio-ca-certificate" },
  key: { secret: "minio-ca-key" },
};
const SECONDS_A_DAY = 86_400;
/** Once a night, after the backups. */
const VERIFY_AT = "30 3 * * *";

const days = (seconds: number): number => Math.ceil(seconds / SECONDS_A_DAY);
const key = (name: string) => ({
  accessKeyId: { secret: `minio-${name}-access-key-id` },
  secretAccessKey: { secret: `minio-${name}-secret-access-key` },
});

/** Inside its Kubernetes cluster; the certificate names it. */
const serviceEndpoint = `https://${TENANT}.${MINIO_NAMESPACE}.svc.cluster.local`;

/** Where PostgreSQL archives to, when the tenant has a bucket for it. */
export function minioBackup(
  { buckets }: Minio,
  plan: Pick<MinioBackup, "schedule" | "retentionDays" | "walArchive">,
): MinioBackup | undefined {
  if (!buckets.some(({ name }) => name === BACKUPS)) return undefined;
  const caCertificate = MINIO_AUTHORITY.certificate;
  return { bucket: BACKUPS, endpoint: serviceEndpoint, caCertificate, ...key("postgres"), ...plan };
}

function bucketOf({ name, versioning, objectLock, retention }: Minio["buckets"][number]): MinioBucket {
  // Locked versions stay that long; unlocked ones go after it, once something newer has taken their place.
  return {
    name,
    versioning: versioning || objectLock,
    ...(retention === undefined
      ? {}
      : objectLock
        ? { lockDays: days(retention) }
        : { expireReplacedDays: days(retention) }),
  };
}

const isChained = ({ integrity }: Minio["buckets"][number]): boolean => integrity === "sha256-chain";

function usersOf({ buckets }: Minio): readonly MinioUser[] {
  return buckets.flatMap((bucket): readonly MinioUser[] => [
    ...(bucket.name === BACKUPS
      ? [{ name: "postgres", bucket: bucket.name, access: "write" as const, ...key("postgres") }]
      : []),
    ...(isChained(bucket)
      ? [
          {
            name: `${bucket.name}-verifier`,
            bucket: bucket.name,
            access: "read" as const,
            ...key(`${bucket.name}-verifier`),
          },
        ]
      : []),
  ]);
}

const checksOf = ({ buckets }: Minio): readonly EvidenceCheck[] =>
  buckets
    .filter(isChained)
    .map(({ name }) => ({ bucket: name, schedule: VERIFY_AT, ...key(`${name}-verifier`) }));

function siteOf({ name, manifest, place }: PlannedRegion): MinioSite | undefined {
  const host = manifest.spec.endpoints["objectstore"];
  return host === undefined
    ? undefined
    : { region: name, endpoint: `https://${host}`, jurisdictions: place.jurisdictions };
}

/** Sites of the region's cell in one jurisdiction with its writer, the writer first; undefined when it is alone. */
export function minioReplication(input: PlanInput, region: string): MinioReplication | undefined {
  const cell = cellOf(input, region);
  const writer = writerOf(cell);
  const members = membersOf(cell);
  const sites = input.regions
    .filter(({ name }) => members.includes(name))
    .sort((one, other) => Number(other.name === writer) - Number(one.name === writer))
    .flatMap((one) => siteOf(one) ?? []);
  const jurisdiction = sites[0]?.jurisdictions[0];
  if (jurisdiction === undefined) return undefined;
  const inside = sites.filter(({ jurisdictions }) => jurisdictions.includes(jurisdiction));
  return inside.length > 1 && inside.some((site) => site.region === region)
    ? { jurisdiction, sites: inside }
    : undefined;
}

/** The tenant of one region. */
export function minioSpec(input: PlanInput, store: Minio, region: PlannedRegion): MinioTenantSpec {
  const { platform } = input.fleet;
  const { postgres, telemetry } = platform.spec.services;
  const replication = store.siteReplication ? minioReplication(input, region.name) : undefined;
  const cell = cellOf(input, region.name);
  // A site must be empty to join, so only the first one makes buckets: the others receive them.
  const makes = replication === undefined || isWriter(cell, region.name);
  return {
    kind: "objectstore/minio",
    name: "objectstore",
    tenant: TENANT,
    namespace: MINIO_NAMESPACE,
    region: region.name,
    servers: store.servers,
    volumesPerServer: store.volumesPerServer,
    volume: {
      size: store.volumeSize,
      // The same machines, so the same disks.
      ...(postgres?.engine === "cnpg" ? { storageClass: postgres.storage.class } : {}),
    },
    rootUser: platform.metadata.name,
    rootPassword: store.credentials ?? { secret: "minio-root" },
    encryptionKey: { secret: `minio-encryption-key-${cell.name}` },
    authority: MINIO_AUTHORITY,
    exposed: replication !== undefined,
    buckets: makes ? store.buckets.map(bucketOf) : [],
    users: makes ? usersOf(store) : [],
    ...(replication === undefined ? {} : { replication }),
    verified: checksOf(store),
    monitoring: telemetry !== undefined,
    deletion: store.deletion,
  };
}
