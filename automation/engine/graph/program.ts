import { secret } from "@pulumi/pulumi";
import type { ProgramContext } from "../../../components/program-context";
import type { SecretRef } from "../../fleet/specs/secret-ref";
import type { StackSpec } from "../../fleet/stack-spec";
import type { Target } from "../engine";

/** What turns a StackSpec into registrations; the components' `buildStack`, or a test's own. */
export type StackProgram = (spec: StackSpec, context: ProgramContext) => Promise<unknown>;

/** The program of every real stack, loaded when the first one is built. */
export const componentsProgram: StackProgram = async (spec, context) => {
  const { buildStack } = await import("../../../components/program");
  return buildStack(spec, context);
};

/** What a program may ask for; secrets are Pulumi secrets, which the graph never shows. */
export const programContext = (target: Target, valueOf: (ref: SecretRef) => string): ProgramContext => ({
  target,
  secret: (ref) => secret(valueOf(ref)),
});
