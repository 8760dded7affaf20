import type { PlatformManifest } from "../../manifest/schema/manifest";
import type {
  AppsDeploymentSpec,
  AppServiceSpec,
  MongodbConnection,
  FeatureFlags,
  PostgresConnection,
  RedisConnection,
  ServiceDatabase,
} from "../specs/kubernetes/apps";
import type { HostPort } from "../specs/kubernetes/quantities";
import { type Community, mongodbEncrypted, mongodbHosts, mongodbMembers } from "./mongodb";
import { redisAuthority, redisEndpoint, redisPassword } from "./redis-enterprise";
import { cellOf, isWriter, type PlanInput, type PlannedRegion, writerOf } from "./plan-input";
import { clusterName, type Cnpg, postgresEndpoint } from "./postgres";

type Services = PlatformManifest["spec"]["services"];
export type Deployment = Extract<NonNullable<Services["apps"]>, { engine: "deployment" }>;

const PORT = 5432;

const inCluster = (postgres: Cnpg, region: string, role: "rw" | "ro" | "r"): HostPort => ({
  host: `${clusterName(region)}-${role}.${postgres.namespace}.svc`,
  port: PORT,
});

/** Its own cluster where it writes; else the write owner, over the network. */
function primaryHost(input: PlanInput, postgres: Cnpg, region: string): HostPort {
  const cell = cellOf(input, region);
  if (isWriter(cell, region)) return inCluster(postgres, region, "rw");
  const owner = input.regions.find(({ name }) => name === writerOf(cell));
  return (owner === undefined ? undefined : postgresEndpoint(owner)) ?? inCluster(postgres, region, "rw");
}

/** `-ro` leaves the primary alone but answers only when there is a replica beside it; `-r` is any instance. */
function replicaHost(input: PlanInput, postgres: Cnpg, region: string): HostPort {
  const writes = isWriter(cellOf(input, region), region);
  return inCluster(postgres, region, writes && postgres.instances > 1 ? "ro" : "r");
}

function postgresConnection(
  input: PlanInput,
  postgres: Cnpg,
  region: string,
  reads: Deployment["reads"],
): PostgresConnection {
  const primary = primaryHost(input, postgres, region);
  const verified = input.regions.length > 1;
  return {
    user: postgres.owner,
    password: postgres.ownerPassword,
    database: postgres.database,
    primary,
    replica: reads === "nearest" ? replicaHost(input, postgres, region) : primary,
    sslMode: verified ? postgres.replication.tls : "require",
    ...(verified ? { caCertificate: postgres.replication.ca.certificate } : {}),
    ...(postgres.poolSize === undefined ? {} : { poolSize: postgres.poolSize }),
  };
}

function mongodbConnection(input: PlanInput, mongodb: Community, region: string): MongodbConnection {
  const members = mongodbMembers(input, mongodb);
  return {
    user: mongodb.user,
    password: mongodb.password,
    database: mongodb.database,
    replicaSet: mongodb.resource,
    hosts: mongodbHosts(mongodb, members),
    readPreference: mongodb.readPreference,
    ...(mongodb.readPreference === "primary" ? {} : { preferRegion: region }),
    writeConcern: mongodb.writeConcern,
    ...(mongodbEncrypted(input, members)
      ? { tls: true, caCertificate: mongodb.tls.caCertificate }
      : { tls: false }),
  };
}

/** Every region takes writes: its own host is the first that is asked. */
function serviceDatabase(
  input: PlanInput,
  region: string,
  database: string | undefined,
): ServiceDatabase | undefined {
  const { postgres } = input.fleet.platform.spec.services;
  if (postgres?.engine !== "pglogical" || database === undefined) return undefined;
  const { hosts, port } = postgres;
  const others = input.regions.map(({ name }) => name).filter((name) => name !== region);
  return {
    user: database,
    password: { secret: `postgres-${database.replaceAll("_", "-")}-password` },
    database,
    hosts: [region, ...others].flatMap((name): readonly HostPort[] => {
      const host = hosts[name];
      return host === undefined ? [] : [{ host, port }];
    }),
    // RDS shows a certificate of its own name, not of the platform's: proven is whose it is, not which one.
    sslMode: "verify-ca",
    caCertificate: { secret: "rds-ca-bundle" },
  };
}

function redisConnection({ fleet }: PlanInput, region: string): RedisConnection | undefined {
  const { redis } = fleet.platform.spec.services;
  const endpoint = redis?.engine === "enterprise" ? redisEndpoint(redis, region) : undefined;
  return endpoint === undefined
    ? undefined
    : { endpoint, password: redisPassword, caCertificate: redisAuthority };
}

const flagsOf = ({ featureFlags }: Deployment): FeatureFlags | undefined =>
  featureFlags === undefined
    ? undefined
    : { provider: featureFlags.provider, key: { secret: `${featureFlags.provider}-sdk-key` } };

/** Hosts of a public service: the platform's own name, and the region's. */
function publicHosts({ fleet }: PlanInput, { manifest }: PlannedRegion): readonly string[] {
  const { traffic } = fleet.platform.spec;
  const global = traffic !== undefined && "hostname" in traffic ? [traffic.hostname] : [];
  const own = manifest.spec.endpoints["api"];
  return [...global, ...(own === undefined ? [] : [own])];
}

function serviceSpec(
  input: PlanInput,
  apps: Deployment,
  region: PlannedRegion,
  service: Deployment["services"][number],
): AppServiceSpec {
  const { instances, maximum } = region.manifest.spec.capacity;
  const database = serviceDatabase(input, region.name, service.database);
  // A gateway in front serves the hosts itself.
  const exposed = service.public && input.fleet.platform.spec.services.gateway === undefined;
  const steady = service.replicas ?? (instances > 0 ? instances : apps.scaling.minimum);
  return {
    name: service.name,
    image: service.image ?? `${apps.registry}/${service.name}:stable`,
    port: service.port,
    health: service.health,
    resources: { cpu: service.cpu, memory: service.memory },
    replicas: { minimum: steady, maximum: Math.max(steady, maximum > 0 ? maximum : apps.scaling.maximum) },
    cpuPercent: apps.scaling.cpuPercent,
    hosts: exposed ? publicHosts(input, region) : [],
    ...(database === undefined ? {} : { database }),
  };
}

/** The applications of one region, each knowing where to read and where to write. */
export function appsSpec(input: PlanInput, apps: Deployment, region: PlannedRegion): AppsDeploymentSpec {
  const { mesh, mongodb, postgres } = input.fleet.platform.spec.services;
  const redis = redisConnection(input, region.name);
  const featureFlags = flagsOf(apps);
  return {
    kind: "apps/deployment",
    name: "apps",
    namespace: apps.namespace,
    region: region.name,
    regionVariable: apps.regionVariable,
    services: apps.services.map((service) => serviceSpec(input, apps, region, service)),
    environment: {},
    ...(postgres?.engine === "cnpg"
      ? { postgres: postgresConnection(input, postgres, region.name, apps.reads) }
      : {}),
    ...(mongodb === undefined ? {} : { mongodb: mongodbConnection(input, mongodb, region.name) }),
    ...(redis === undefined ? {} : { redis }),
    ...(featureFlags === undefined ? {} : { featureFlags }),
    ...(mesh === undefined ? {} : { hardened: true }),
  };
}
