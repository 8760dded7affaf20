/**
 * What an AWS stack can hold. Three kinds of stack, in this order:
 * `network` (VPCs and what joins them) → one a region (balancer, cluster, data, secrets) → `global` (DNS, CDN).
 *
 * Ids that AWS makes up are outputs of the stack that made them: see aws/outputs.ts.
 */
import type { AwsAccountSpec } from "./aws/account";
import type { AwsNetworkSpec } from "./aws/network";

export type AwsComponentSpec = AwsAccountSpec | AwsNetworkSpec;
