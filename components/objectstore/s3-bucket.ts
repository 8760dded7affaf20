import { Bucket } from "@pulumi/aws/s3/bucket";
import { BucketLifecycleConfiguration } from "@pulumi/aws/s3/bucketLifecycleConfiguration";
import { BucketOwnershipControls } from "@pulumi/aws/s3/bucketOwnershipControls";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning";
import {
  ComponentResource,
  interpolate,
  type ComponentResourceOptions,
  type Output,
  type Resource,
} from "@pulumi/pulumi";
import type { AwsBucketsSpec } from "../../automation/fleet/specs/aws/bucket";
import { encryptionKey } from "../aws/encryption-key";
import { policy } from "../aws/policies";
import { tagsOf, type Tagged } from "../aws/tags";
import { protectedBy } from "../deletion";
import type { ProgramContext } from "../program-context";

/** One bucket in one region, original or copy. */
export interface BucketPlace {
  readonly bucket: string;
  readonly noncurrentDays: number;
  readonly tagged: Tagged;
  readonly context: ProgramContext;
}

/** A bucket nobody reaches in clear or without an identity, whose objects can be had back. */
export class S3Bucket extends ComponentResource {
  readonly bucket: Output<string>;
  readonly arn: Output<string>;
  /** Of the platform's own key, where there is one. */
  readonly keyArn: Output<string> | undefined;
  /** What a replication to or from it waits for. */
  readonly versioning: Resource;

  constructor(
    name: string,
    spec: AwsBucketsSpec,
    { bucket, noncurrentDays, tagged, context }: BucketPlace,
    opts?: ComponentResourceOptions,
  ) {
    super("meridian:objectstore:S3Bucket", name, {}, opts);
    const child = { parent: this };
    const made = new Bucket(
      name,
      { bucket, forceDestroy: spec.deletion === "free", tags: tagsOf(tagged, name, "customer") },
      { parent: this, protect: protectedBy(spec.deletion, context) },
    );
    const of = { bucket: made.bucket };
    this.versioning = new BucketVersioning(
      name,
      { ...of, versioningConfiguration: { status: "Enabled" } },
      child,
    );
    const closed = new BucketPublicAccessBlock(
      name,
      {
        ...of,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      child,
    );
    new BucketOwnershipControls(name, { ...of, rule: { objectOwnership: "BucketOwnerEnforced" } }, child);
    this.keyArn = this.#encrypt(name, spec, of.bucket, bucket, tagged);
    new BucketPolicy(
      name,
      { ...of, policy: onlyTls(made.arn) },
      // S3 takes one such change at a time.
      { parent: this, dependsOn: [closed] },
    );
    new BucketLifecycleConfiguration(
      name,
      { ...of, rules: lifecycle(spec, noncurrentDays) },
      // Without versions there are no old ones to remove.
      { parent: this, dependsOn: [this.versioning] },
    );
    this.bucket = made.bucket;
    this.arn = made.arn;
    this.registerOutputs({ bucket: made.bucket });
  }

  #encrypt(
    name: string,
    { encryption }: AwsBucketsSpec,
    bucket: Output<string>,
    physical: string,
    tagged: Tagged,
  ): Output<string> | undefined {
    const own =
      encryption === "aws:kms"
        ? encryptionKey(
            { name, alias: physical, purpose: `Objects of ${physical}` },
            tagsOf(tagged, `${name}-key`),
            this,
          ).arn
        : undefined;
    const how =
      own === undefined ? { sseAlgorithm: "AES256" } : { sseAlgorithm: "aws:kms", kmsMasterKeyId: own };
    new BucketServerSideEncryptionConfiguration(
      name,
      // One data key for many objects: a call to KMS for each would cost more than the storage.
      { bucket, rules: [{ applyServerSideEncryptionByDefault: how, bucketKeyEnabled: own !== undefined }] },
      { parent: this },
    );
    return own;
  }
}

const onlyTls = (arn: Output<string>): Output<string> =>
  policy([
    {
      effect: "Deny",
      principal: "*",
      actions: ["s3:*"],
      resources: [arn, interpolate`${arn}/*`],
      condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ]);

const BROKEN_UPLOAD_DAYS = 7;

/** Cold objects answer in hours; who reads one pays for it. */
const COLD = "GLACIER";

function lifecycle({ coldAfterDays }: AwsBucketsSpec, noncurrentDays: number) {
  const everything = { prefix: "" };
  const old = {
    id: "old-versions",
    status: "Enabled",
    filter: everything,
    noncurrentVersionExpiration: { noncurrentDays },
    abortIncompleteMultipartUpload: { daysAfterInitiation: BROKEN_UPLOAD_DAYS },
  };
  if (coldAfterDays === undefined) return [old];
  const cold = {
    id: "cold-storage",
    status: "Enabled",
    filter: everything,
    transitions: [{ days: coldAfterDays, storageClass: COLD }],
  };
  return [old, cold];
}
