import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import type { AppServicesSpec } from "../../automation/fleet/specs/azure/app-service";
import { identityName, webAppHost } from "../../automation/fleet/specs/azure/names";
import { tagsOf, type AzureSetting } from "../azure/setting";
import { dataAccess } from "./app-access";
import { appServicePlan } from "./app-service-plan";
import { webApp } from "./web-app";

export interface AppServiceOptions extends ComponentResourceOptions {
  /** Of the stack's Application Insights. */
  readonly connectionString?: Output<string>;
}

/**
 * The applications of one region on one App Service plan, each with its deployment slots.
 *
 * All apps and slots act as one identity, with rights on the platform's data and nothing else: swapping
 * a release in never changes what it may do.
 */
export class AppService extends ComponentResource {
  constructor(
    spec: AppServicesSpec,
    setting: AzureSetting,
    { connectionString, ...opts }: AppServiceOptions = {},
  ) {
    super("meridian:apps:AppService", spec.name, {}, opts);
    const { name, group, location } = spec;
    const actor = identityName(setting.platform, spec.region);
    const identity = new UserAssignedIdentity(
      `${name}-identity`,
      { resourceGroupName: group, resourceName: actor, location, tags: tagsOf(setting) },
      { parent: this },
    );
    dataAccess(spec, { actor, principalId: identity.principalId }, setting, this);
    const facts = {
      planId: appServicePlan(spec, setting, this).id,
      identityId: identity.id,
      clientId: identity.clientId,
      ...(connectionString === undefined ? {} : { connectionString }),
    };
    for (const service of spec.services) webApp(spec, service, facts, setting, this);
    this.registerOutputs({ hosts: spec.services.map(({ app }) => webAppHost(app)) });
  }
}
