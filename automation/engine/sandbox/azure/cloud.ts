/** Azure Resource Manager as the sandbox imitates it: ids, resource groups, names unique in the world. */
import type { Asked, Cloud, Settings } from "../cloud";
import { isUnder } from "../difference";
import { overlay } from "../merge";
import { textAt, valueAt, type Properties } from "../values";
import { azureInvoke } from "./invoke";
import { azureOutputs, azureSecrets } from "./outputs";
import {
  armId,
  azureType,
  generatedName,
  groupId,
  holdsOthers,
  isGroup,
  ownName,
  parametersOf,
  parentResource,
  rowName,
  subscriptionOf,
} from "./path";

function complete({ type, name, inputs, settings, seed }: Asked, olds?: Properties): Properties {
  const row = azureType(type);
  const own = ownName(type);
  const wanted: Record<string, Properties[string]> = { ...inputs };
  if (own !== undefined && wanted[own] === undefined) {
    wanted[own] = textAt(olds, own) ?? generatedName(type, name, seed);
  }
  if (wanted["location"] === undefined && row.location === undefined && settings["location"] !== undefined) {
    wanted["location"] = settings["location"];
  }
  if (wanted["location"] === undefined && row.location === "global") wanted["location"] = "global";
  return wanted;
}

/** The last piece of the id; it is what outputs call `name`. */
const lastOf = (id: string): string => id.split("/").at(-1) ?? id;

/** `Microsoft.Web/sites/slots` of an ARM id. */
function armType(id: string): string {
  const [namespace = "", ...rest] = id.split("/providers/").at(-1)?.split("/") ?? [];
  if (!id.includes("/providers/")) return "Microsoft.Resources/resourceGroups";
  return [namespace, ...rest.filter((_, at) => at % 2 === 0)].join("/");
}

function shape({ type, inputs, settings }: Asked, id: string, olds?: Properties): Properties {
  const base = { ...inputs, name: lastOf(id), type: armType(id), azureApiVersion: "sandbox" };
  const rest = azureOutputs[rowName(type)]?.({ id, name: lastOf(id), inputs, settings }) ?? {
    provisioningState: "Succeeded",
  };
  const shaped = overlay(base, rest);
  // A slot's input `name` is its site; Azure answers `site/slot`.
  if (rowName(type) === "web:WebAppSlot") {
    return { ...shaped, name: `${textAt(inputs, "name") ?? ""}/${textAt(inputs, "slot") ?? ""}` };
  }
  return olds === undefined ? shaped : { ...shaped, ...kept(olds) };
}

const kept = (olds: Properties): Properties => {
  const created = valueAt(olds, "creationTime");
  return created === undefined ? {} : { creationTime: created };
};

function keyOf(type: string, id: string, settings: Settings): string {
  if (azureType(type).global === true && !isGroup(type)) {
    return `azure-native/global/${armType(id).toLowerCase()}/${lastOf(id).toLowerCase()}`;
  }
  return `azure-native${(id.startsWith("/") ? id : groupId(settings, id)).toLowerCase()}`;
}

function parents({ type, inputs, settings }: Asked): ReturnType<Cloud["parents"]> {
  const group = textAt(inputs, "resourceGroupName");
  if (isGroup(type) || group === undefined) return [];
  const groupKey = keyOf("azure-native:resources:ResourceGroup", groupId(settings, group), settings);
  const found = [
    { key: groupKey, missing: `resource group "${group}" could not be found (ResourceGroupNotFound)` },
  ];
  const parent = parentResource(type, inputs, settings);
  if (parent === undefined) return found;
  const key = keyOf(parent.type, parent.id, settings);
  return [
    ...found,
    { key, missing: `parent resource "${parent.id}" could not be found (ParentResourceNotFound)` },
  ];
}

/** Azure, by azure-native. */
export const azureCloud: Cloud = {
  name: "azure-native",
  settings: (config) =>
    Object.fromEntries(
      ["subscriptionId", "tenantId", "location"].flatMap((name) => {
        const value = textAt(config, name);
        return value === undefined ? [] : [[name, value]];
      }),
    ),
  identitySettings: ["subscriptionId"],
  complete,
  problems: ({ type, inputs }) => {
    const needed = azureType(type).path.startsWith("{")
      ? (parametersOf(azureType(type))[0] ?? "")
      : "resourceGroupName";
    if (isGroup(type) || inputs[needed] !== undefined) return [];
    return [{ property: needed, reason: `${needed} is required` }];
  },
  forcesReplacement: (type, path) => {
    const row = azureType(type);
    const fixed = [...parametersOf(row), "resourceGroupName", "location", ...(row.immutable ?? [])];
    return fixed.some((root) => isUnder(path, root));
  },
  idOf: ({ type, inputs, settings }) => armId(type, inputs, settings),
  keyOf,
  parents,
  holdsOthers,
  contains: (parent, child) => child.id.toLowerCase().startsWith(`${parent.id.toLowerCase()}/`),
  shape,
  secretOutputs: (type) => azureSecrets[rowName(type)] ?? [],
  invoke: (token, args, settings) =>
    azureInvoke(token, args, { ...settings, subscriptionId: subscriptionOf(settings) }),
};
