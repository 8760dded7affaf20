import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import { BucketReplicationConfig } from "@pulumi/aws/s3/bucketReplicationConfig";
import { ComponentResource, interpolate, type ComponentResourceOptions } from "@pulumi/pulumi";
import type { AwsBucketsSpec, AwsBucketSpec } from "../../automation/fleet/specs/aws/bucket";
import { assumedBy, type Grant, policy } from "../aws/policies";
import type { AwsSetting } from "../aws/setting";
import { tagsOf } from "../aws/tags";
import { S3Bucket } from "./s3-bucket";

/** A copy of a bucket, and where it is. */
interface Copy {
  readonly region: string;
  readonly made: S3Bucket;
}

/** The platform's buckets: originals in one region, copies made and fed from there. */
export class S3Buckets extends ComponentResource {
  constructor(spec: AwsBucketsSpec, setting: AwsSetting, opts?: ComponentResourceOptions) {
    super("meridian:objectstore:S3", spec.name, {}, opts);
    for (const one of spec.buckets) {
      const name = `${spec.name}-${one.key}`;
      const original = this.#bucket(name, spec, one, one.bucket, spec.region, setting);
      setting.directory.add(`bucket/${one.key}`, original.arn);
      const copies = one.copies.map(({ region, bucket }): Copy => {
        const made = this.#bucket(`${name}-${region}`, spec, one, bucket, region, setting);
        return { region, made };
      });
      if (copies.length > 0) this.#replicate(name, `${spec.prefix}-${one.key}`, original, copies, setting);
    }
    this.registerOutputs({});
  }

  #bucket(
    name: string,
    spec: AwsBucketsSpec,
    { noncurrentDays }: AwsBucketSpec,
    bucket: string,
    region: string,
    { platform, context, providers }: AwsSetting,
  ): S3Bucket {
    const place = { bucket, noncurrentDays, tagged: { platform, scope: region }, context };
    return new S3Bucket(name, spec, place, { parent: this, providers: [providers.of(region)] });
  }

  /** New objects and changes reach the copies in 15 minutes, and AWS says so when they do not. */
  #replicate(
    name: string,
    physical: string,
    original: S3Bucket,
    copies: readonly Copy[],
    setting: AwsSetting,
  ): void {
    const key = `${name}-replication`;
    const role = new Role(
      key,
      {
        name: `${physical}-replication`,
        assumeRolePolicy: assumedBy("s3.amazonaws.com"),
        tags: tagsOf(setting, key),
      },
      { parent: this },
    );
    const allowed = new RolePolicy(
      key,
      { name: "replicate", role: role.name, policy: policy(grants(original, copies)) },
      { parent: this },
    );
    new BucketReplicationConfig(
      key,
      {
        bucket: original.bucket,
        role: role.arn,
        rules: copies.map((copy, priority) => rule(original, copy, priority)),
      },
      {
        parent: this,
        dependsOn: [allowed, original.versioning, ...copies.map(({ made }) => made.versioning)],
      },
    );
  }
}

const MINUTES = 15;

const rule = (original: S3Bucket, { region, made }: Copy, priority: number) => ({
  id: `to-${region}`,
  priority,
  status: "Enabled",
  filter: { prefix: "" },
  deleteMarkerReplication: { status: "Enabled" },
  ...(original.keyArn === undefined
    ? {}
    : { sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } } }),
  destination: {
    bucket: made.arn,
    storageClass: "STANDARD_IA",
    ...(made.keyArn === undefined ? {} : { encryptionConfiguration: { replicaKmsKeyId: made.keyArn } }),
    replicationTime: { status: "Enabled", time: { minutes: MINUTES } },
    metrics: { status: "Enabled", eventThreshold: { minutes: MINUTES } },
  },
});

function grants(original: S3Bucket, copies: readonly Copy[]): readonly Grant[] {
  const objects = copies.map(({ made }) => interpolate`${made.arn}/*`);
  const keys = copies.flatMap(({ made }) => (made.keyArn === undefined ? [] : [made.keyArn]));
  return [
    { actions: ["s3:GetReplicationConfiguration", "s3:ListBucket"], resources: [original.arn] },
    {
      actions: ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"],
      resources: [interpolate`${original.arn}/*`],
    },
    {
      actions: ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"],
      resources: objects,
    },
    ...(original.keyArn === undefined ? [] : [{ actions: ["kms:Decrypt"], resources: [original.keyArn] }]),
    ...(keys.length === 0 ? [] : [{ actions: ["kms:Encrypt", "kms:GenerateDataKey"], resources: keys }]),
  ];
}
