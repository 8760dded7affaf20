import type { StorageClassSpec } from "../../../automation/fleet/specs/kubernetes/storage";
import { EbsStorageClass } from "../../../components/kubernetes/storage-class";
import { context, find, registered } from "../registered";

const spec: StorageClassSpec = {
  kind: "kubernetes/storage-class",
  name: "gp3",
  type: "gp3",
  deletion: "protected",
};

describe("the class of volumes", () => {
  test.each([
    { target: "sandbox", reclaimPolicy: "Delete" },
    { target: "cloud", reclaimPolicy: "Retain" },
  ] as const)("encrypted, where the pod is; $target: $reclaimPolicy", async ({ target, reclaimPolicy }) => {
    const setting = { platform: "eden", region: "us-east-1", context: context(target) };
    const all = await registered(() => new EbsStorageClass(spec, setting));
    const { inputs, parent } = find(all, "gp3", "v1:StorageClass");
    expect({ parent, ...inputs }).toMatchObject({
      parent: "gp3",
      provisioner: "ebs.csi.aws.com",
      parameters: { type: "gp3", encrypted: "true" },
      allowVolumeExpansion: true,
      volumeBindingMode: "WaitForFirstConsumer",
      reclaimPolicy,
    });
  });
});
