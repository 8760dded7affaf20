import { output, type Input, type Output } from "@pulumi/pulumi";
import { ProgramError } from "../program-error";

/** What components of one stack find each other's things by. */
export type AwsEntry =
  | "cluster-security-group"
  | "load-balancer-security-group"
  /** Followed by `/` and the name of the service behind it. */
  | `target-group/${string}`
  /** ARN of a secret in this region, by the name it has in the manifest. */
  | `secret/${string}`
  /** ARN of a bucket, by the name it has in the manifest. */
  | `bucket/${string}`
  /** What applications need of the region's database and cache. */
  | `database/${string}`
  | `cache/${string}`
  /** ARN of the region's load balancer. */
  | "load-balancer"
  /** Name of the group of application instances. */
  | "apps/group"
  /** ARN of the topic of an alert channel; `first` is the one that takes what has only one. */
  | `topic/${string}`;

/** Ids and ARNs of one stack: a component adds what later ones need. */
export class AwsDirectory {
  readonly #made = new Map<AwsEntry, Output<string>>();

  constructor(private readonly stack: string) {}

  add(entry: AwsEntry, value: Input<string>): void {
    this.#made.set(entry, output(value));
  }

  /** Undefined when the stack has no such thing. */
  find(entry: AwsEntry): Output<string> | undefined {
    return this.#made.get(entry);
  }

  /** What a component cannot be made without. */
  get(entry: AwsEntry): Output<string> {
    const found = this.find(entry);
    if (found !== undefined) return found;
    throw new ProgramError("MRD5014", this.stack, `the stack makes no ${entry} before it is needed`);
  }
}
