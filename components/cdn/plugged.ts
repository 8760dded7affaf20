/** Delivery networks that Meridian brings no provider of: a plug point with a type, and a clear end without. */
import type { ComponentResource, ComponentResourceOptions } from "@pulumi/pulumi";
import type { PluggedCdnSpec } from "../../automation/fleet/specs/cdn";
import type { ProgramContext } from "../program-context";
import { ProgramError } from "../program-error";

/** Builds what a spec says with a provider of its own. */
export type CdnPlugin = (
  spec: PluggedCdnSpec,
  context: ProgramContext,
  opts?: ComponentResourceOptions,
) => ComponentResource;

/** What is plugged in, by the name a manifest says. */
const plugins = new Map<string, CdnPlugin>();

/** For a program of one's own that brings the provider: `plugCdn("fastly", …)` before the stack is built. */
export function plugCdn(name: string, plugin: CdnPlugin): void {
  plugins.set(name, plugin);
}

export function pluggedCdn(
  spec: PluggedCdnSpec,
  stack: string,
  context: ProgramContext,
  opts?: ComponentResourceOptions,
): ComponentResource {
  const plugin = plugins.get(spec.plugin);
  if (plugin === undefined) {
    throw new ProgramError(
      "MRD5016",
      stack,
      `the CDN is "${spec.plugin}", and no provider of it is plugged in`,
    );
  }
  return plugin(spec, context, opts);
}
