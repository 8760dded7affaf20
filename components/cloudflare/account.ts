import { Provider } from "@pulumi/cloudflare/provider";
import type { Output } from "@pulumi/pulumi";
import type { CloudflareAccountSpec } from "../../automation/fleet/specs/cloudflare";
import type { ProgramContext } from "../program-context";

/** Where a Cloudflare component stands: what its spec alone does not say. */
export interface CloudflareSetting {
  readonly platform: string;
  readonly accountId: Output<string>;
  readonly zoneId: Output<string>;
  readonly context: ProgramContext;
}

/** The provider of a Cloudflare stack, and the account and zone its resources belong to. */
export function accountOf(
  spec: CloudflareAccountSpec,
  platform: string,
  context: ProgramContext,
): { readonly provider: Provider; readonly setting: CloudflareSetting } {
  const provider = new Provider(spec.name, { apiToken: context.secret(spec.apiToken) });
  const accountId = context.secret(spec.accountId);
  const zoneId = context.secret(spec.zoneId);
  return { provider, setting: { platform, accountId, zoneId, context } };
}
