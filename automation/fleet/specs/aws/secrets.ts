/** Secrets of a region in AWS Secrets Manager. */
import type { SecretRef } from "../secret-ref";

/**
 * `given`: a person's, stored as it is. `generated`: random, made by AWS and changed by it every so many days;
 * whoever uses it reads the current version and accepts the one before.
 */
export type AwsSecretSource =
  | { readonly kind: "given"; readonly value: SecretRef }
  | { readonly kind: "generated"; readonly everyDays: number };

export interface AwsSecretSpec {
  /** What other components find it by, for example `application`. */
  readonly key: string;
  /** In AWS, for example `eden/application`. */
  readonly secret: string;
  readonly source: AwsSecretSource;
  /** AWS locations it is copied to under the same name: a new version reaches all of them. */
  readonly replicas: readonly string[];
}

export interface AwsSecretsSpec {
  readonly kind: "secrets/regional";
  /** Of the component, for example `secrets`. */
  readonly name: string;
  readonly region: string;
  /** Begins physical names: `eden-us-east-1`. */
  readonly prefix: string;
  readonly secrets: readonly AwsSecretSpec[];
  /** Days in which a deleted secret can be had back: 7 to 30. */
  readonly recoveryDays: number;
}
