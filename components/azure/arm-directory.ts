import { interpolate, type CustomResource, type Output } from "@pulumi/pulumi";
import type { AzureResourceRef } from "../../automation/fleet/specs/azure/subscription";

/** ARM types that stacks refer to each other by. */
export type ArmType =
  | "Microsoft.Web/sites"
  | "Microsoft.Cache/redis"
  | "Microsoft.DocumentDB/databaseAccounts"
  | "Microsoft.Insights/components"
  | "Microsoft.Network/trafficManagerProfiles"
  | "Microsoft.OperationalInsights/workspaces";

/**
 * ARM ids by type and name. A resource of this stack gives its own id; one of another stack gives the
 * same text built from the subscription, so stacks need no references to each other.
 */
export class ArmDirectory {
  readonly #made = new Map<string, Output<string>>();

  constructor(readonly subscriptionId: Output<string>) {}

  /** Notes a resource of this stack. */
  add(type: ArmType, ref: AzureResourceRef, resource: CustomResource): void {
    this.#made.set(keyOf(type, ref), resource.id);
  }

  /** The id of a resource, wherever it was made. */
  id(type: ArmType, ref: AzureResourceRef): Output<string> {
    const { group, name } = ref;
    return (
      this.#made.get(keyOf(type, ref)) ??
      interpolate`/subscriptions/${this.subscriptionId}/resourceGroups/${group}/providers/${type}/${name}`
    );
  }
}

const keyOf = (type: ArmType, { group, name }: AzureResourceRef): string =>
  `${type}/${group}/${name}`.toLowerCase();
