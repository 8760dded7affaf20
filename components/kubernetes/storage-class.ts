import { StorageClass } from "@pulumi/kubernetes/storage/v1/storageClass";
import { ComponentResource, type ComponentResourceOptions, type Resource } from "@pulumi/pulumi";
import type { StorageClassSpec } from "../../automation/fleet/specs/kubernetes/storage";
import { protectedBy } from "../deletion";
import { labelsOf, type KubernetesSetting } from "./setting";

/** Volumes of EBS, encrypted, in the zone their pod was given, larger whenever their claim is. */
export class EbsStorageClass extends ComponentResource {
  /** What claims volumes waits for these. */
  readonly ready: readonly Resource[];

  constructor(spec: StorageClassSpec, setting: KubernetesSetting, opts?: ComponentResourceOptions) {
    super("meridian:kubernetes:StorageClass", spec.name, {}, opts);
    const made = new StorageClass(
      spec.name,
      {
        metadata: { name: spec.name, labels: { ...labelsOf(setting, spec.name) } },
        provisioner: "ebs.csi.aws.com",
        parameters: { type: spec.type, encrypted: "true" },
        allowVolumeExpansion: true,
        volumeBindingMode: "WaitForFirstConsumer",
        reclaimPolicy: protectedBy(spec.deletion, setting.context) ? "Retain" : "Delete",
      },
      { parent: this },
    );
    this.ready = [made];
    this.registerOutputs({ class: spec.name });
  }
}
