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
  parametersOf,
  parentId,
  parentPath,
  rowName,
  subscriptionOf,
} from "./path";
import { azureTypes } from "./types";

const RESOURCE_GROUP = "resources:ResourceGroup";

const isGroup = (type: string): boolean => rowName(type) === RESOURCE_GROUP;

function complete({ type, name, inputs, settings }: Asked, olds?: Properties): Properties {
  const row = azureType(type);
  const own = isGroup(type) ? "resourceGroupName" : parametersOf(row).at(-1);
  const wanted: Record<string, Properties[string]> = { ...inputs };
  if (own !== undefined && own !== "default" && wanted[own] === undefined) {
    wanted[own] = textAt(olds, own) ?? generatedName(type, name);
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
  const groupKey = keyOf(`azure-native:${RESOURCE_GROUP}`, groupId(settings, group), settings);
  const found = [
    { key: groupKey, missing: `resource group "${group}" could not be found (ResourceGroupNotFound)` },
  ];
  const parent = parentId(type, inputs, settings);
  if (parent === undefined) return found;
  const key = keyOf(parentTypeOf(type), parent, settings);
  return [
    ...found,
    { key, missing: `parent resource "${parent}" could not be found (ParentResourceNotFound)` },
  ];
}

/** A type token with the parent's path: only `global` of its row matters for the key. */
function parentTypeOf(type: string): string {
  const path = parentPath(type);
  const row = Object.entries(azureTypes).find(([, { path: other }]) => other === path)?.[0];
  return `azure-native:${row ?? RESOURCE_GROUP}`;
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
  problems: ({ type, inputs }) =>
    isGroup(type) ||
    inputs["resourceGroupName"] !== undefined ||
    inputs["scope"] !== undefined ||
    inputs["resourceUri"] !== undefined
      ? []
      : [{ property: "resourceGroupName", reason: "a resource group is required" }],
  forcesReplacement: (type, path) => {
    const row = azureType(type);
    const fixed = [...parametersOf(row), "resourceGroupName", "location", ...(row.immutable ?? [])];
    return fixed.some((root) => isUnder(path, root));
  },
  idOf: ({ type, inputs, settings }) => armId(type, inputs, settings),
  keyOf,
  parents,
  holdsOthers: (type) =>
    isGroup(type) ||
    Object.values(azureTypes).some(({ path }) => path.startsWith(`${azureType(type).path}/`)),
  contains: (parent, child) => child.id.toLowerCase().startsWith(`${parent.id.toLowerCase()}/`),
  shape,
  secretOutputs: (type) => azureSecrets[rowName(type)] ?? [],
  invoke: (token, args, settings) =>
    azureInvoke(token, args, { ...settings, subscriptionId: subscriptionOf(settings) }),
};
