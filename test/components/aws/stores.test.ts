import type { AwsBucketsSpec } from "../../../automation/fleet/specs/aws/bucket";
import type { AwsSecretsSpec } from "../../../automation/fleet/specs/aws/secrets";
import { find, outline } from "../registered";
import { graphed, regionStack, TAGS } from "./stacks";

const buckets: AwsBucketsSpec = {
  kind: "objectstore/s3",
  name: "objects",
  region: "us-east",
  prefix: "hse-us-east",
  buckets: [
    {
      key: "assets",
      bucket: "hse-assets-us-east",
      noncurrentDays: 30,
      copies: [{ region: "eu-west", bucket: "hse-assets-eu-west" }],
    },
  ],
  encryption: "AES-256",
  coldAfterDays: 180,
  deletion: "protected",
};

const secrets: AwsSecretsSpec = {
  kind: "secrets/regional",
  name: "secrets",
  region: "us-east",
  prefix: "hse-us-east",
  secrets: [
    {
      key: "platform",
      secret: "hse/application",
      source: { kind: "generated", everyDays: 90 },
      replicas: ["eu-west-1"],
    },
    {
      key: "slack",
      secret: "hse/slack",
      source: { kind: "given", value: { secret: "slack-webhook" } },
      replicas: [],
    },
  ],
  recoveryDays: 30,
};

describe("buckets", () => {
  const made = (spec = buckets, target: "sandbox" | "cloud" = "sandbox") =>
    graphed(regionStack([spec]), target);

  test("hold exactly this", async () => {
    expect(outline(await made())).toMatchInlineSnapshot(`
      [
        "aws:iam/role:Role objects-assets-replication < objects",
        "aws:iam/rolePolicy:RolePolicy objects-assets-replication < objects",
        "aws:s3/bucket:Bucket objects-assets < objects-assets",
        "aws:s3/bucket:Bucket objects-assets-eu-west < objects-assets-eu-west",
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration objects-assets < objects-assets",
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration objects-assets-eu-west < objects-assets-eu-west",
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls objects-assets < objects-assets",
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls objects-assets-eu-west < objects-assets-eu-west",
        "aws:s3/bucketPolicy:BucketPolicy objects-assets < objects-assets",
        "aws:s3/bucketPolicy:BucketPolicy objects-assets-eu-west < objects-assets-eu-west",
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock objects-assets < objects-assets",
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock objects-assets-eu-west < objects-assets-eu-west",
        "aws:s3/bucketReplicationConfig:BucketReplicationConfig objects-assets-replication < objects",
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration objects-assets < objects-assets",
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration objects-assets-eu-west < objects-assets-eu-west",
        "aws:s3/bucketVersioning:BucketVersioning objects-assets < objects-assets",
        "aws:s3/bucketVersioning:BucketVersioning objects-assets-eu-west < objects-assets-eu-west",
        "meridian:objectstore:S3 objects",
        "meridian:objectstore:S3Bucket objects-assets < objects",
        "meridian:objectstore:S3Bucket objects-assets-eu-west < objects",
        "pulumi:providers:aws aws-eu-west",
        "pulumi:providers:aws aws-us-east",
      ]
    `);
  });

  test("an original is protected, versioned, encrypted and closed", async () => {
    const all = await made(buckets, "cloud");
    expect(find(all, "objects-assets", ":Bucket")).toMatchObject({
      protect: true,
      inputs: {
        bucket: "hse-assets-us-east",
        forceDestroy: false,
        tags: TAGS("objects-assets", "us-east", "customer"),
      },
    });
    expect(find(all, "objects-assets", ":BucketVersioning").inputs["versioningConfiguration"]).toEqual({
      status: "Enabled",
    });
    expect(find(all, "objects-assets", "EncryptionConfiguration").inputs["rules"]).toEqual([
      { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" }, bucketKeyEnabled: false },
    ]);
    expect(find(all, "objects-assets", ":BucketPublicAccessBlock").inputs).toEqual({
      bucket: "hse-assets-us-east",
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
  });

  test("objects are cold after half a year, old versions gone after a month", async () => {
    const { inputs } = find(await made(), "objects-assets", ":BucketLifecycleConfiguration");
    expect(inputs["rules"]).toMatchObject([
      { id: "old-versions", noncurrentVersionExpiration: { noncurrentDays: 30 } },
      { id: "cold-storage", transitions: [{ days: 180, storageClass: "GLACIER" }] },
    ]);
  });

  test("a copy is fed from the original, deletions too", async () => {
    const { inputs } = find(await made(), "objects-assets-replication", ":BucketReplicationConfig");
    expect(inputs).toMatchObject({
      bucket: "hse-assets-us-east",
      role: "arn:aws:iam::111122223333:role/hse-us-east-assets-replication",
      rules: [
        {
          id: "to-eu-west",
          status: "Enabled",
          deleteMarkerReplication: { status: "Enabled" },
          destination: { bucket: "arn:aws:s3:::hse-assets-eu-west" },
        },
      ],
    });
  });

  test("with KMS every region has a key of its own", async () => {
    const all = await made({ ...buckets, encryption: "aws:kms" });
    expect(all.filter(({ type }) => type.endsWith(":Key")).map(({ name }) => name)).toEqual([
      "objects-assets-key",
      "objects-assets-eu-west-key",
    ]);
  });
});

describe("secrets", () => {
  const made = () => graphed(regionStack([secrets]));

  test("hold exactly this", async () => {
    expect(outline(await made())).toMatchInlineSnapshot(`
      [
        "aws:cloudwatch/logGroup:LogGroup secrets-rotation < secrets-rotation",
        "aws:iam/role:Role secrets-rotation < secrets-rotation",
        "aws:iam/rolePolicy:RolePolicy secrets-rotation < secrets-rotation",
        "aws:lambda/function:Function secrets-rotation < secrets-rotation",
        "aws:lambda/permission:Permission secrets-rotation < secrets-rotation",
        "aws:secretsmanager/secret:Secret secrets-platform < secrets",
        "aws:secretsmanager/secret:Secret secrets-slack < secrets",
        "aws:secretsmanager/secretRotation:SecretRotation secrets-platform < secrets",
        "aws:secretsmanager/secretVersion:SecretVersion secrets-slack < secrets",
        "meridian:secrets:Regional secrets",
        "meridian:secrets:Rotation secrets-rotation < secrets",
        "pulumi:providers:aws aws-eu-west",
        "pulumi:providers:aws aws-us-east",
      ]
    `);
  });

  test("what is generated is changed by AWS, and its copies with it", async () => {
    const all = await made();
    expect(find(all, "secrets-platform", ":Secret").inputs).toEqual({
      name: "hse/application",
      recoveryWindowInDays: 30,
      replicas: [{ region: "eu-west-1" }],
      tags: TAGS("secrets-platform", "us-east", "credentials"),
    });
    expect(find(all, "secrets-platform", ":SecretRotation").inputs).toMatchObject({
      rotationRules: { automaticallyAfterDays: 90 },
      rotateImmediately: true,
    });
  });

  test("what is given is stored as a secret", async () => {
    expect(find(await made(), "secrets-slack", ":SecretVersion").secrets).toEqual(["secretString"]);
  });
});
