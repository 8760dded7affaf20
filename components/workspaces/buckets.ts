/**
 * The buckets of one shard of workspaces, by a Job on the MinIO tenant of their home region; sites that replicate
 * copy them. Deleting the Job deletes no bucket: what is in it may be the only copy.
 */
import { Job } from "@pulumi/kubernetes/batch/v1/job";
import { ComponentResource, type ComponentResourceOptions, type Resource } from "@pulumi/pulumi";
import type {
  WorkspaceBucket,
  WorkspaceBucketsSpec,
} from "../../automation/fleet/specs/kubernetes/workspaces";
import { runOnceSpec } from "../kubernetes/run-once";
import { labelsOf, type KubernetesSetting } from "../kubernetes/setting";
import { accessSecret, certificateSecret } from "../objectstore/minio-names";

const CLIENT = "quay.io/minio/mc:RELEASE.2025-08-13T08-35-41Z";

/** mc writes `GiB` where Kubernetes writes `Gi`. */
const linesOf = ({ name, quota }: WorkspaceBucket): readonly string[] => [
  `mc mb --ignore-existing self/${name}`,
  `mc version enable self/${name}`,
  `mc quota set self/${name} --size ${quota}B`,
];

/** Every line says what has to be, so it may run again at any time. */
export const bucketsScript = (buckets: readonly WorkspaceBucket[]): string =>
  [
    "mkdir -p /tmp/.mc/certs/CAs",
    "cat /tls/ca.crt > /tmp/.mc/certs/CAs/ca.crt",
    'for file in /access/*; do export "${file##*/}=$(cat "$file")"; done',
    "until mc ready self >/dev/null 2>&1; do sleep 5; done",
    ...buckets.flatMap(linesOf),
  ].join("\n");

export class WorkspaceBuckets extends ComponentResource {
  /** Done when every bucket is there. */
  readonly ready: readonly Resource[];

  constructor(spec: WorkspaceBucketsSpec, setting: KubernetesSetting, opts?: ComponentResourceOptions) {
    super("meridian:workspaces:Buckets", spec.name, {}, opts);
    const { buckets, name, namespace, tenant } = spec;
    const labels = labelsOf(setting, "minio");
    const job = runOnceSpec({
      image: CLIENT,
      script: bucketsScript(buckets),
      labels,
      secrets: { "/access": accessSecret(tenant), "/tls": certificateSecret(tenant) },
    });
    const metadata = { name, namespace, labels: { ...labels } };
    this.ready = [new Job(`${name}-make`, { metadata, spec: job }, { parent: this })];
    this.registerOutputs({ buckets: buckets.map((bucket) => bucket.name) });
  }
}
