import type { Settings } from "../cloud";
import { hex, uuid } from "../digest";
import { textAt, type Properties } from "../values";
import { azureTypes, type AzureType } from "./types";

/** `web:WebApp` of `azure-native:web/v20240401:WebApp`. */
export function rowName(token: string): string {
  const [, module = "", resource = ""] = token.split(":");
  return `${module.split("/")[0] ?? module}:${resource}`;
}

/** The row of a type; one that is not in the table gets the path most Azure types have. */
export function azureType(token: string): AzureType {
  const row = rowName(token);
  const known = azureTypes[row];
  if (known !== undefined) return known;
  const [module = "", resource = ""] = row.split(":");
  const plural = `${resource.slice(0, 1).toLowerCase()}${resource.slice(1)}s`;
  return { path: `Microsoft.${module}/${plural}/{${plural.slice(0, -1)}Name}` };
}

const PARAMETER = /\{(\w+)\}/g;

/** The inputs that make up the path, outermost first. */
export const parametersOf = (row: AzureType): readonly string[] =>
  [...row.path.matchAll(PARAMETER)].map((match) => match[1] ?? "");

/** The subscription of the provider, or one made up for the sandbox. */
export const subscriptionOf = (settings: Settings): string =>
  settings["subscriptionId"] ?? uuid("azure", "subscription", "sandbox");

/** `/subscriptions/…/resourceGroups/…`. */
export const groupId = (settings: Settings, group: string): string =>
  `/subscriptions/${subscriptionOf(settings)}/resourceGroups/${group}`;

const fill = (path: string, inputs: Properties): string =>
  path.replaceAll(PARAMETER, (_, name: string) => {
    const value = textAt(inputs, name) ?? name;
    // Azure writes an endpoint's type in lower camel case where the input has it in upper.
    return name === "endpointType" ? `${value.slice(0, 1).toLowerCase()}${value.slice(1)}` : value;
  });

/** The ARM id; a resource with a `scope` or `resourceUri` lives below another resource. */
export function armId(token: string, inputs: Properties, settings: Settings): string {
  const group = textAt(inputs, "resourceGroupName") ?? "";
  if (rowName(token) === "resources:ResourceGroup") return groupId(settings, group);
  const extended = extensionId(token, inputs);
  return extended ?? `${groupId(settings, group)}/providers/${fill(azureType(token).path, inputs)}`;
}

function extensionId(token: string, inputs: Properties): string | undefined {
  switch (rowName(token)) {
    case "monitor:DiagnosticSetting":
      return `${textAt(inputs, "resourceUri") ?? ""}/providers/Microsoft.Insights/diagnosticSettings/${textAt(inputs, "name") ?? ""}`;
    case "authorization:RoleAssignment":
      return `${textAt(inputs, "scope") ?? ""}/providers/Microsoft.Authorization/roleAssignments/${textAt(inputs, "roleAssignmentName") ?? ""}`;
    default:
      return undefined;
  }
}

/** The resource one step up, for example the site of a slot; undefined for what is directly in a group. */
export function parentPath(token: string): string | undefined {
  const segments = azureType(token).path.split("/").slice(0, -1);
  while (segments.length > 2) {
    const above = segments.slice(0, -1);
    if (segments.at(-1)?.startsWith("{") === true && !segments.at(-1)?.includes("endpointType")) {
      return segments.join("/");
    }
    segments.splice(0, segments.length, ...above);
  }
  return undefined;
}

/** The parent's ARM id, when there is one. */
export function parentId(token: string, inputs: Properties, settings: Settings): string | undefined {
  const path = parentPath(token);
  if (path === undefined || extensionId(token, inputs) !== undefined) return undefined;
  return `${groupId(settings, textAt(inputs, "resourceGroupName") ?? "")}/providers/${fill(path, inputs)}`;
}

/** The name azure-native makes up: the program's name and eight digits. */
export function generatedName(token: string, name: string): string {
  const made = `${name}${hex(8, token, name)}`;
  return azureType(token).plainName === true
    ? made
        .toLowerCase()
        .replaceAll(/[^a-z0-9]/g, "")
        .slice(-24)
    : made;
}
