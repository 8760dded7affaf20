/** Redis in cluster mode on ElastiCache: an independent cluster in each region. */
import type { Deletion } from "../deletion";
import type { SecretRef } from "../secret-ref";

/** Outputs of a region's stack that other stacks read. */
export const redisOutput = { userGroup: "redisUserGroup", sessions: "redisSessions" } as const;

/** One master with its hash slots and replicas. */
export interface RedisShard {
  /** Four digits, as ElastiCache writes it: `0001`. */
  readonly id: string;
  /** For example `0-5460`. */
  readonly slots: string;
  readonly replicas: number;
}

/** ElastiCache takes one or the other: a token all share, or users who reach their own keys only. */
export type RedisAccess =
  | { readonly kind: "token"; readonly token: SecretRef }
  | { readonly kind: "users"; readonly app: { readonly user: string; readonly password: SecretRef } };

/** Sessions that all regions read; written where `lead` is, for a follower takes no writes. */
export type RedisSessions =
  | { readonly kind: "lead"; readonly nodeType: string }
  /** `of` names the region, and so the stack, of the lead. */
  | { readonly kind: "follower"; readonly of: string };

export interface RedisClusterSpec {
  readonly kind: "redis/cluster";
  readonly name: string;
  readonly region: string;
  /** The replication group's id, 40 characters at most, for example `hse-us-east-redis`. */
  readonly group: string;
  /** Its name in the platform's private zone, for example `redis.us-east.hse.internal`. */
  readonly host?: string;
  /** Of Valkey, which is what Redis is called since its licence changed. */
  readonly version: string;
  readonly nodeType: string;
  readonly shards: readonly RedisShard[];
  readonly multiZone: boolean;
  readonly access: RedisAccess;
  /** None where the cache may be lost. */
  readonly snapshots?: { readonly retentionDays: number; readonly window: string };
  /** UTC, for example `sun:05:00-sun:06:00`. */
  readonly maintenance: string;
  readonly sessions?: RedisSessions;
  readonly deletion: Deletion;
}

export interface RedisTenant {
  readonly tenant: string;
  /** Unique in the account and region, 40 characters at most. */
  readonly user: string;
}

/** Users of tenants, who reach the keys under their own prefix and nothing else. */
export interface RedisTenantsSpec {
  readonly kind: "redis/tenants";
  readonly name: string;
  /** The regions whose cluster a tenant uses, each with the tenants there. */
  readonly regions: readonly {
    readonly region: string;
    readonly group: string;
    readonly tenants: readonly RedisTenant[];
  }[];
}
