/** Where Azure resources live: a subscription, its service principal, and resource groups. */
import type { SecretRef } from "../secret-ref";

/** The subscription a stack works on: exactly one in each Azure stack, and no resource of its own. */
export interface AzureSubscriptionSpec {
  readonly kind: "azure/subscription";
  /** For example `azure`. */
  readonly name: string;
  /** Part of every ARM id, so Azure itself does not treat it as confidential. */
  readonly subscriptionId: SecretRef;
  readonly tenantId: SecretRef;
  readonly clientId: SecretRef;
  readonly clientSecret: SecretRef;
  /** Where resources go that do not say: `eastus`. */
  readonly location: string;
}

export interface ResourceGroupSpec {
  readonly kind: "azure/resource-group";
  /** Of the component, for example `group`. */
  readonly name: string;
  /** Of the group itself, for example `castiel-east-us`. */
  readonly group: string;
  /**
   * Holds the group's metadata: while that location is down nothing in the group can be changed. So a
   * group of global resources belongs outside the region they fail over from. Changing it replaces the group.
   */
  readonly location: string;
}

/** A resource by the names ARM knows it by; its id needs nothing else but the subscription. */
export interface AzureResourceRef {
  readonly group: string;
  readonly name: string;
}
