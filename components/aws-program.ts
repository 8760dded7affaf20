import type { ComponentResourceOptions } from "@pulumi/pulumi";
import type { AwsAccountSpec } from "../automation/fleet/specs/aws/account";
import type { ComponentSpec } from "../automation/fleet/specs/component-spec";
import { stackId, type StackSpec } from "../automation/fleet/stack-spec";
import { AwsDirectory } from "./aws/directory";
import { AwsNetwork } from "./aws/network";
import { AwsProviders } from "./aws/providers";
import { StackReferences } from "./aws/references";
import type { AwsSetting } from "./aws/setting";
import type { ProgramContext, ProgramOutputs } from "./program-context";
import { ProgramError } from "./program-error";

/** Registers an AWS stack: networks and keys first, then what stands in them, then what watches it. */
export function buildAws(spec: StackSpec, context: ProgramContext): ProgramOutputs {
  const stack = stackId(spec);
  const setting: AwsSetting = {
    platform: spec.platform,
    scope: spec.region ?? spec.stack,
    context,
    providers: new AwsProviders(stack, accountOf(spec), context),
    references: new StackReferences(spec.platform, stack),
    directory: new AwsDirectory(stack),
  };
  const opts = { providers: [setting.providers.first] };
  const outputs = STAGES.flatMap((stage) =>
    spec.components
      .filter((component) => stageOf(component, spec) === stage)
      .map((component) => build(component, setting, opts)),
  );
  return { region: setting.scope, ...(Object.assign({}, ...outputs) as ProgramOutputs) };
}

type Stage = "account" | "foundation" | "cluster" | "data" | "apps" | "traffic" | "alerts";
const STAGES: readonly Stage[] = ["foundation", "cluster", "data", "apps", "traffic", "alerts"];

/** Nothing is made before what it finds in the setting's directory. */
function stageOf({ kind }: ComponentSpec, stack: StackSpec): Stage {
  switch (kind) {
    case "aws/account":
      return "account";
    case "aws/network":
      return "foundation";
    default:
      throw new ProgramError("MRD5012", stackId(stack), `an AWS stack cannot hold a "${kind}"`);
  }
}

function accountOf(stack: StackSpec): AwsAccountSpec {
  const found = stack.components.find((component) => component.kind === "aws/account");
  if (found !== undefined) return found;
  throw new ProgramError("MRD5011", stackId(stack), "the stack names no aws/account");
}

/** Makes one component and returns what other stacks may read of it. */
function build(
  component: ComponentSpec,
  setting: AwsSetting,
  opts: ComponentResourceOptions,
): ProgramOutputs {
  switch (component.kind) {
    case "aws/network":
      return new AwsNetwork(component, setting, opts).outputs;
    default:
      return {};
  }
}
