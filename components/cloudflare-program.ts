import type { Provider } from "@pulumi/cloudflare/provider";
import type { Output } from "@pulumi/pulumi";
import type { ComponentSpec } from "../automation/fleet/specs/component-spec";
import { stackId, type StackSpec } from "../automation/fleet/stack-spec";
import { CloudflareCdn } from "./cdn/cloudflare";
import { pluggedCdn } from "./cdn/plugged";
import { accountOf, type CloudflareSetting } from "./cloudflare/account";
import { CloudflareDns } from "./cloudflare/dns";
import { EdgeRouter } from "./edge/router";
import { R2Bucket } from "./objectstore/r2";
import type { ProgramContext, ProgramOutputs } from "./program-context";
import { ProgramError } from "./program-error";
import { CloudflareLoadBalancer } from "./traffic/cloudflare-load-balancer";

/** Registers a Cloudflare stack: traffic over the regions, names, buckets. */
export function buildCloudflare(spec: StackSpec, context: ProgramContext): ProgramOutputs {
  const account = spec.components.find((component) => component.kind === "cloudflare/account");
  if (account === undefined) {
    throw new ProgramError("MRD5011", stackId(spec), "the stack names no cloudflare/account");
  }
  const { provider, setting } = accountOf(account, spec.platform, context);
  const outputs: Record<string, Output<unknown> | string> = { zone: account.zone };
  for (const component of spec.components) {
    Object.assign(outputs, build(component, spec, setting, { providers: [provider] }));
  }
  return outputs;
}

function build(
  component: ComponentSpec,
  stack: StackSpec,
  setting: CloudflareSetting,
  opts: { readonly providers: Provider[] },
): Readonly<Record<string, Output<unknown> | string>> {
  switch (component.kind) {
    case "cloudflare/account":
      return {};
    case "traffic/cloudflare-load-balancer":
      return { [component.name]: new CloudflareLoadBalancer(component, setting, opts).hostname };
    case "cloudflare/dns":
      new CloudflareDns(component, setting, opts);
      return {};
    case "objectstore/r2":
      return { [component.name]: new R2Bucket(component, setting, opts).bucket };
    case "edge/router":
      return { [component.name]: new EdgeRouter(component, setting, opts).hostname };
    case "cdn/cloudflare":
      new CloudflareCdn(component, setting, opts);
      return {};
    case "cdn/plugged":
      pluggedCdn(component, stackId(stack), setting.context);
      return {};
    default:
      throw new ProgramError(
        "MRD5012",
        stackId(stack),
        `a Cloudflare stack cannot hold a "${component.kind}"`,
      );
  }
}
