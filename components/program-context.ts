import type { Output } from "@pulumi/pulumi";
import type { SecretRef } from "../automation/fleet/specs/secret-ref";

/** What a stack's program may ask for besides its StackSpec. */
export interface ProgramContext {
  readonly target: "sandbox" | "cloud";
  /** A Pulumi secret output: never in state or logs in clear. */
  readonly secret: (ref: SecretRef) => Output<string>;
}

/** Stack outputs by name. */
export type ProgramOutputs = Readonly<Record<string, Output<unknown> | string>>;
