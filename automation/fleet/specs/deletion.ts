/**
 * Whether data may be destroyed with its stack. `protected` becomes Pulumi's `protect` on the cloud
 * target; the sandbox holds nothing worth keeping, so it destroys both alike.
 */
export type Deletion = "protected" | "free";
