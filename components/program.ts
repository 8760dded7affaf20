/**
 * The whole Pulumi program of any Meridian stack: a StackSpec in, resources out.
 *
 * Each provider's half is loaded only when a stack uses it: an SDK costs hundreds of milliseconds.
 */
import type { StackSpec } from "../automation/fleet/stack-spec";
import type { ProgramContext, ProgramOutputs } from "./program-context";

/** Registers every resource of the stack; call it inside a Pulumi runtime, real or mocked. */
export async function buildStack(spec: StackSpec, context: ProgramContext): Promise<ProgramOutputs> {
  switch (spec.provider) {
    case "kubernetes":
      return (await import("./kubernetes-program")).buildKubernetes(spec, context);
    case "cloudflare":
      return (await import("./cloudflare-program")).buildCloudflare(spec, context);
    case "azure-native":
      return (await import("./azure-program")).buildAzure(spec, context);
    case "aws":
      return (await import("./aws-program")).buildAws(spec, context);
  }
}
