import type { Deletion } from "../deletion";

/** The class of volumes that stateful services of a cluster on AWS name: EBS, encrypted. */
export interface StorageClassSpec {
  readonly kind: "kubernetes/storage-class";
  /** Of the component and of the class, for example `gp3`. */
  readonly name: string;
  readonly type: "gp3";
  /** `protected` keeps a volume when its claim goes. */
  readonly deletion: Deletion;
}
