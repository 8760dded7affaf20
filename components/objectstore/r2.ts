import { R2Bucket as Bucket } from "@pulumi/cloudflare/r2bucket";
import { R2BucketLifecycle } from "@pulumi/cloudflare/r2bucketLifecycle";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import type { R2BucketSpec } from "../../automation/fleet/specs/cloudflare";
import type { CloudflareSetting } from "../cloudflare/account";
import { protectedBy } from "../deletion";

const SECONDS_A_DAY = 86_400;

/** A bucket whose jurisdiction is a guarantee and whose location is a hint. */
export class R2Bucket extends ComponentResource {
  readonly bucket: Output<string>;

  constructor(
    spec: R2BucketSpec,
    { accountId, context }: CloudflareSetting,
    opts?: ComponentResourceOptions,
  ) {
    super("meridian:objectstore:R2", spec.name, {}, opts);
    const { jurisdiction, locationHint, retentionDays } = spec;
    const bucket = new Bucket(
      spec.name,
      {
        accountId,
        name: spec.bucket,
        jurisdiction,
        ...(locationHint === undefined ? {} : { location: locationHint }),
      },
      { parent: this, protect: protectedBy(spec.deletion, context) },
    );
    if (retentionDays !== undefined) {
      new R2BucketLifecycle(
        `${spec.name}-lifecycle`,
        { accountId, bucketName: bucket.name, jurisdiction, rules: [expiry(retentionDays)] },
        { parent: this },
      );
    }
    this.bucket = bucket.name;
    this.registerOutputs({ bucket: this.bucket });
  }
}

const expiry = (days: number) => ({
  id: `expire-after-${String(days)}-days`,
  enabled: true,
  conditions: { prefix: "" },
  deleteObjectsTransition: { condition: { type: "Age", maxAge: days * SECONDS_A_DAY } },
  // Parts of broken uploads cost as much as whole ones.
  abortMultipartUploadsTransition: { condition: { type: "Age", maxAge: 7 * SECONDS_A_DAY } },
});
