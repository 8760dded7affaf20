/**
 * What an AWS stack can hold. Three kinds of stack, in this order:
 * `network` (VPCs and what joins them) → one a region (balancer, cluster, data, secrets) → `global` (DNS, CDN).
 *
 * Ids that AWS makes up are outputs of the stack that made them: see aws/outputs.ts.
 */
import type { AwsAccountSpec } from "./aws/account";
import type { InstancesSpec } from "./aws/instances";
import type { AlarmChannelsSpec, RegionMetricsSpec } from "./aws/metrics";
import type { AwsBucketsSpec } from "./aws/bucket";
import type { EksClusterSpec } from "./aws/eks";
import type { AwsLoadBalancerSpec } from "./aws/load-balancer";
import type { PglogicalDatabaseSpec } from "./aws/pglogical-database";
import type { AwsNetworkSpec } from "./aws/network";
import type { RedisClusterSpec, RedisTenantsSpec } from "./aws/redis-cluster";
import type { AwsSecretsSpec } from "./aws/secrets";
import type { StreamingPostgresSpec } from "./aws/streaming";
import type { Route53Spec, Route53ZoneSpec } from "./aws/route53";

export type AwsComponentSpec =
  | AwsAccountSpec
  | AwsNetworkSpec
  | Route53ZoneSpec
  | Route53Spec
  | AwsLoadBalancerSpec
  | EksClusterSpec
  | AwsBucketsSpec
  | AwsSecretsSpec
  | StreamingPostgresSpec
  | PglogicalDatabaseSpec
  | RedisClusterSpec
  | RedisTenantsSpec
  | InstancesSpec
  | AlarmChannelsSpec
  | RegionMetricsSpec;
