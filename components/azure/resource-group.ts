import { ResourceGroup as ArmResourceGroup } from "@pulumi/azure-native/resources/resourceGroup";
import { ComponentResource, type ComponentResourceOptions } from "@pulumi/pulumi";
import type { ResourceGroupSpec } from "../../automation/fleet/specs/azure/subscription";
import { tagsOf, type AzureSetting } from "./setting";

/** A resource group with the platform's tags; what lives in it is made after it. */
export class ResourceGroup extends ComponentResource {
  constructor(spec: ResourceGroupSpec, setting: AzureSetting, opts?: ComponentResourceOptions) {
    super("meridian:azure:ResourceGroup", spec.name, {}, opts);
    new ArmResourceGroup(
      spec.name,
      { resourceGroupName: spec.group, location: spec.location, tags: tagsOf(setting) },
      { parent: this },
    );
    this.registerOutputs({ group: spec.group });
  }
}
