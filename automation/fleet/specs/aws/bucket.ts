/** Object storage of a region: buckets, with copies of each in other regions. */
import type { Deletion } from "../deletion";

/** A bucket of another region that objects are copied to. */
export interface AwsBucketCopy {
  readonly region: string;
  /** Name of the copy's bucket, in that region. */
  readonly bucket: string;
}

export interface AwsBucketSpec {
  /** Of the bucket in the manifest, for example `uploads`. */
  readonly key: string;
  /** Unique in the world: `hse-uploads-us-east`. */
  readonly bucket: string;
  /** Old versions of an object are kept this long after it was changed or deleted. */
  readonly noncurrentDays: number;
  readonly copies: readonly AwsBucketCopy[];
}

export interface AwsBucketsSpec {
  readonly kind: "objectstore/s3";
  /** Of the component, for example `objects`. */
  readonly name: string;
  readonly region: string;
  /** Keeps the names of roles and keys apart: `hse-us-east`. */
  readonly prefix: string;
  readonly buckets: readonly AwsBucketSpec[];
  /** `AES-256` with S3's own keys, or with one of the platform's in KMS. */
  readonly encryption: "AES-256" | "aws:kms";
  /** Days after which an object goes to cold storage; absent keeps it at hand. */
  readonly coldAfterDays?: number;
  readonly deletion: Deletion;
}
