/** Redis Enterprise: a cluster in each region, one database over all of them. */
import type { PlatformManifest } from "../../manifest/schema/manifest";
import { EAST_WEST_GATEWAY } from "../specs/kubernetes/mesh";
import type { NamespaceSpec } from "../specs/kubernetes/namespaces";
import type { HostPort } from "../specs/kubernetes/quantities";
import type { RedisEnterpriseSpec, RedisMember } from "../specs/kubernetes/redis-enterprise";
import type { SecretRef } from "../specs/secret-ref";
import { cellOf, type PlanInput, type PlannedRegion, writerOf } from "./plan-input";

type Services = PlatformManifest["spec"]["services"];
export type Enterprise = Extract<NonNullable<Services["redis"]>, { engine: "enterprise" }>;

const NAMESPACE = "redis";
/** Port of the operator's admission webhook, which the API server calls from outside the pods' network. */
const WEBHOOK_PORT = 8443;
/** Cores of a node, and what of its memory is the cluster's own. */
const NODE = { cpu: "1", ownMemory: 2, leastMemory: 4 } as const;
/** Of disk for each of memory: files are rewritten beside the old ones. */
const DISK = 5;
const GIBIBYTES: Readonly<Record<string, number>> = { Ki: 1 / 1024 ** 2, Mi: 1 / 1024, Gi: 1, Ti: 1024 };
const STORAGE_CLASS = "gp3";
/** A master for each of two nodes of three, so that one lost node never holds everything. */
const SHARDS = 2;

/** Password of the platform's database. */
export const redisPassword: SecretRef = { secret: "redis-password" };
/** Authority of the certificates that clusters show to applications. */
export const redisAuthority: SecretRef = { secret: "redis-ca-certificate" };

/** `redis.us-east-1.eden.internal` at 6379, by which a region's applications know its cluster. */
export function redisEndpoint({ hosts, port }: Enterprise, region: string): HostPort | undefined {
  const host = hosts[region];
  return host === undefined ? undefined : { host, port };
}

const clusterName = (region: string): string => `redis-${region}`;

/** Regions with a host, in the platform's order. */
const membersOf = ({ regions }: PlanInput, { hosts }: Enterprise): readonly RedisMember[] =>
  regions.flatMap(({ name }) => {
    const host = hosts[name];
    return host === undefined ? [] : [memberOf(name, host)];
  });

const memberOf = (region: string, host: string): RedisMember => ({
  region,
  cluster: clusterName(region),
  api: `api.${host}`,
  suffix: `-db.${host}`,
  password: { secret: `redis-cluster-password-${region}` },
});

/** Names under which the region's gateway passes replication through. */
export function redisGatewayNames(input: PlanInput, redis: Enterprise, region: string): readonly string[] {
  const member = membersOf(input, redis).find((one) => one.region === region);
  const database = input.fleet.platform.metadata.name;
  return member === undefined ? [] : [member.api, `${database}${member.suffix}`];
}

/** Gibibytes of a node that holds its share of the database; one that does not fit is refused. */
function nodeMemory({ memory, nodes }: Pick<Enterprise, "memory" | "nodes">): number {
  const [, amount = "0", unit = "Mi"] = /^(\d+)(\w+)$/.exec(memory) ?? [];
  const share = Math.ceil((Number(amount) * (GIBIBYTES[unit] ?? 1)) / nodes);
  return Math.max(NODE.leastMemory, share + NODE.ownMemory);
}

/** `4Gi` as Redis Enterprise writes it; its gigabyte is 1024³ bytes, too. */
export function redisMemory(quantity: string): string {
  const [, amount = "0", unit = "Mi"] = /^(\d+)(Ki|Mi|Gi|Ti)$/.exec(quantity) ?? [];
  switch (unit) {
    case "Ti":
      return `${String(Number(amount) * 1024)}GB`;
    case "Gi":
      return `${amount}GB`;
    case "Ki":
      return `${String(Math.ceil(Number(amount) / 1024))}MB`;
    default:
      return `${amount}MB`;
  }
}

/** The cluster of one region; the database is declared where the first writer is. */
export function redisEnterpriseSpec(
  input: PlanInput,
  redis: Enterprise,
  { name: region }: PlannedRegion,
): RedisEnterpriseSpec | undefined {
  const { metadata, spec } = input.fleet.platform;
  const members = membersOf(input, redis);
  const member = members.find((one) => one.region === region);
  const endpoint = redisEndpoint(redis, region);
  if (member === undefined || endpoint === undefined) return undefined;
  const declares = redis.crdt && writerOf(cellOf(input, region)) === region;
  return {
    kind: "redis/enterprise",
    name: "redis",
    namespace: NAMESPACE,
    region,
    member,
    members,
    nodes: redis.nodes,
    resources: { cpu: NODE.cpu, memory: `${String(nodeMemory(redis))}Gi` },
    storage: { size: `${String(nodeMemory(redis) * DISK)}Gi`, storageClass: STORAGE_CLASS },
    license: { secret: "redis-enterprise-license" },
    certificate: {
      certificate: { secret: `redis-certificate-${region}` },
      key: { secret: `redis-key-${region}` },
    },
    databaseName: metadata.name,
    databasePassword: redisPassword,
    endpoint,
    ...(declares
      ? {
          database: {
            members: members.map(({ cluster }) => cluster),
            memory: redisMemory(redis.memory),
            shards: SHARDS,
            syncIntervalMs: Math.round(redis.syncInterval * 1000),
          },
        }
      : {}),
    ...(spec.services.mesh === undefined ? {} : { gateway: EAST_WEST_GATEWAY }),
    // Rules are objects of the Prometheus operator: without telemetry nobody knows them.
    ...(spec.services.telemetry?.engine === "prometheus-stack"
      ? {
          alerts: { lagMs: Math.round(redis.alerts.lag * 1000), syncFailures: redis.alerts.syncFailures },
        }
      : {}),
    deletion: "protected",
  };
}

/** Its namespace: reached by those of `admits` alone. Redis Enterprise needs more than restricted pods have. */
export const redisNamespace = (
  labels: NamespaceSpec["labels"],
  admits: readonly string[],
): NamespaceSpec => ({
  name: NAMESPACE,
  labels,
  podSecurity: "baseline",
  ingress: "namespace",
  admits,
  publicPorts: [WEBHOOK_PORT],
});
