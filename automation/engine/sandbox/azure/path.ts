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

const GROUP = "resources:ResourceGroup";

/** True for resource groups, which every other path begins with. */
export const isGroup = (token: string): boolean => rowName(token) === GROUP;

const below = (path: string, inputs: Properties, settings: Settings): string =>
  path.startsWith("{")
    ? fill(path, inputs)
    : `${groupId(settings, textAt(inputs, "resourceGroupName") ?? "")}/providers/${fill(path, inputs)}`;

/** The ARM id. */
export const armId = (token: string, inputs: Properties, settings: Settings): string =>
  isGroup(token)
    ? groupId(settings, textAt(inputs, "resourceGroupName") ?? "")
    : below(azureType(token).path, inputs, settings);

/** The parameter that is the resource's own name; undefined for settings that have no name of their own. */
export function ownName(token: string): string | undefined {
  if (isGroup(token)) return "resourceGroupName";
  const row = azureType(token);
  return row.path.endsWith("}") ? parametersOf(row).at(-1) : undefined;
}

/** Paths are the same whatever their parameters are called: `redis/{name}` and `redis/{cacheName}`. */
const anonymous = (path: string): string => path.replaceAll(PARAMETER, "{}");

/** The row of the resource one step up, for example the site of a slot, and the path to it. */
function parentOf(token: string): { readonly row: string; readonly path: string } | undefined {
  const segments = azureType(token).path.split("/");
  for (let length = segments.length - 1; length > 2; length -= 1) {
    const path = segments.slice(0, length).join("/");
    const row = Object.entries(azureTypes).find(
      ([, other]) => anonymous(other.path) === anonymous(path),
    )?.[0];
    if (row !== undefined) return { row, path };
  }
  return undefined;
}

/** The parent as a type and an ARM id, when there is one. */
export function parentResource(
  token: string,
  inputs: Properties,
  settings: Settings,
): { readonly type: string; readonly id: string } | undefined {
  const parent = isGroup(token) ? undefined : parentOf(token);
  return parent && { type: `azure-native:${parent.row}`, id: below(parent.path, inputs, settings) };
}

/** True when some other type lives below this one. */
export const holdsOthers = (token: string): boolean =>
  isGroup(token) ||
  Object.values(azureTypes).some(({ path }) =>
    anonymous(path).startsWith(`${anonymous(azureType(token).path)}/`),
  );

/** The name azure-native makes up: the program's name and eight digits. */
export function generatedName(token: string, name: string, seed = ""): string {
  const made = `${name}${hex(8, seed, token, name)}`;
  return azureType(token).plainName === true
    ? made
        .toLowerCase()
        .replaceAll(/[^a-z0-9]/g, "")
        .slice(-24)
    : made;
}
