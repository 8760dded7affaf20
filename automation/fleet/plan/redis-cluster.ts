/** Redis by ElastiCache: as many masters and replicas as the manifest says, with its slots. */
import type { PlatformManifest, WorkspaceManifest } from "../../manifest/schema/manifest";
import type {
  RedisAccess,
  RedisClusterSpec,
  RedisSessions,
  RedisShard,
  RedisTenantsSpec,
} from "../specs/aws/redis-cluster";
import { fingerprint } from "../canonical";
import { exactGibOf, maintenanceWindow, snapshotWindow } from "./aws-quantities";
import { hostIn } from "./internal-host";
import { cellOf, type PlanInput, type PlannedRegion, writerOf } from "./plan-input";

type Services = PlatformManifest["spec"]["services"];
export type RedisCluster = Extract<NonNullable<Services["redis"]>, { engine: "cluster" }>;

const SLOTS = 16_384;
/** ElastiCache keeps a quarter of a node for itself: replication, snapshots. */
const USABLE = 0.75;
/** Node types by their memory in GiB. */
const NODE_TYPES = [
  { type: "cache.t4g.small", gib: 1.37 },
  { type: "cache.t4g.medium", gib: 3.09 },
  { type: "cache.m7g.large", gib: 6.38 },
  { type: "cache.r7g.large", gib: 13.07 },
  { type: "cache.r7g.xlarge", gib: 26.32 },
  { type: "cache.r7g.2xlarge", gib: 52.82 },
  { type: "cache.r7g.4xlarge", gib: 105.81 },
  { type: "cache.r7g.8xlarge", gib: 209.55 },
] as const;
const LARGEST = "cache.r7g.16xlarge";
/** The smallest that ElastiCache joins across regions. */
const SESSIONS_NODE = "cache.m7g.large";
/** A few hours after the database, so that the two backups do not meet. */
const SNAPSHOTS_AT = "0 0 5 * * *";
const SNAPSHOT_DAYS = 7;
/** ElastiCache takes 100 users in a group; one is the application. */
const MOST_TENANTS = 99;
const LONGEST_USER = 40;

/** The smallest node that holds this much data. */
export const nodeTypeFor = (memory: string): string =>
  NODE_TYPES.find(({ gib }) => gib * USABLE >= exactGibOf(memory))?.type ?? LARGEST;

/** Replicas in all, spread evenly; the first masters get what is left over. */
const replicasOf = ({ masters, replicas }: RedisCluster, at: number): number =>
  Math.floor(replicas / masters) + (at < replicas % masters ? 1 : 0);

function evenSlots(masters: number, at: number): string {
  const begin = Math.ceil((SLOTS * at) / masters);
  const end = Math.ceil((SLOTS * (at + 1)) / masters) - 1;
  return `${String(begin)}-${String(end)}`;
}

/** Masters with their slots: the manifest's own, or even shares. */
export const shardsOf = (redis: RedisCluster): readonly RedisShard[] =>
  Array.from({ length: redis.masters }, (_, at) => {
    const own = redis.slots[at];
    return {
      id: String(at + 1).padStart(4, "0"),
      slots: own === undefined ? evenSlots(redis.masters, at) : `${String(own.from)}-${String(own.to)}`,
      replicas: replicasOf(redis, at),
    };
  });

const accessOf = ({ tenantNamespaces }: RedisCluster, region: string): RedisAccess =>
  tenantNamespaces
    ? { kind: "users", app: { user: "app", password: { secret: `redis-password-${region}` } } }
    : { kind: "token", token: { secret: `redis-token-${region}` } };

function sessionsOf(
  input: PlanInput,
  { sessionSync }: RedisCluster,
  region: string,
): RedisSessions | undefined {
  if (!sessionSync) return undefined;
  const lead = writerOf(cellOf(input, region));
  return lead === region ? { kind: "lead", nodeType: SESSIONS_NODE } : { kind: "follower", of: lead };
}

/** Physical id of a region's cluster. */
export const redisGroup = (input: PlanInput, region: string): string =>
  `${input.fleet.platform.metadata.name}-${region}-redis`.slice(0, 40);

/** The Redis of one region. */
export function redisClusterSpec(
  input: PlanInput,
  redis: RedisCluster,
  { name: region, manifest }: PlannedRegion,
): RedisClusterSpec {
  const sessions = sessionsOf(input, redis, region);
  return {
    kind: "redis/cluster",
    name: "redis",
    region,
    group: redisGroup(input, region),
    version: "8.0",
    nodeType: nodeTypeFor(redis.memory),
    shards: shardsOf(redis),
    multiZone: manifest.spec.capacity.zones > 1 && redis.replicas >= redis.masters,
    access: accessOf(redis, region),
    ...(redis.persistence
      ? { snapshots: { retentionDays: SNAPSHOT_DAYS, window: snapshotWindow(SNAPSHOTS_AT) } }
      : {}),
    maintenance: maintenanceWindow(SNAPSHOTS_AT),
    ...(sessions === undefined ? {} : { sessions }),
    ...hostIn(input, region, "redis"),
    deletion: redis.persistence ? "protected" : "free",
  };
}

/** Where a tenant's keys may be: at home and where its replicas are. */
const isServedIn = ({ spec }: WorkspaceManifest, region: string): boolean =>
  spec.homeRegion === region || spec.replicaRegions.includes(region);

/** Long names end in what tells them apart. */
function userOf(group: string, tenant: string): string {
  const whole = `${group}-${tenant}`;
  return whole.length <= LONGEST_USER
    ? whole
    : `${whole.slice(0, LONGEST_USER - 9)}-${fingerprint([group, tenant]).slice(0, 8)}`;
}

/**
 * Users of a shard's tenants; none where the platform has more tenants than a group takes users: there the
 * applications alone keep prefixes apart.
 */
export function redisTenantsSpec(
  input: PlanInput,
  redis: RedisCluster,
  members: readonly WorkspaceManifest[],
): RedisTenantsSpec | undefined {
  if (!redis.tenantNamespaces || input.fleet.workspaces.length > MOST_TENANTS) return undefined;
  const regions = input.regions.flatMap(({ name: region }) => {
    const group = redisGroup(input, region);
    const tenants = members
      .filter((one) => isServedIn(one, region))
      .map(({ metadata: { name: tenant } }) => ({ tenant, user: userOf(group, tenant) }));
    return tenants.length === 0 ? [] : [{ region, group, tenants }];
  });
  return regions.length === 0 ? undefined : { kind: "redis/tenants", name: "redis-tenants", regions };
}
