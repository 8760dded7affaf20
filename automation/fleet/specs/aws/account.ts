/** Where AWS resources live: an account, and the regions a stack works in. */
import type { SecretRef } from "../secret-ref";

/** One region, by its name in the platform and in AWS. */
export interface AwsRegionRef {
  /** For example `eu-west`. */
  readonly region: string;
  /** For example `eu-west-1`. */
  readonly location: string;
}

/**
 * The account a stack works on: exactly one in each AWS stack, and no resource of its own.
 *
 * Its keys are secrets like any other, never the machine's own login: what an apply may do depends on what it
 * was given, not on who runs it where.
 */
export interface AwsAccountSpec {
  readonly kind: "aws/account";
  /** For example `aws`. */
  readonly name: string;
  readonly accessKeyId: SecretRef;
  readonly secretAccessKey: SecretRef;
  /** Of keys that are only lent: an SSO session, an assumed role. */
  readonly sessionToken?: SecretRef;
  /** The keys of any other account are refused. */
  readonly accountId?: SecretRef;
  /** One provider each, `aws-<region>`; the first is the one components use that name no region. */
  readonly regions: readonly AwsRegionRef[];
}
