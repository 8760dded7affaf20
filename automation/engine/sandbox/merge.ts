import { isProperties, type Properties, type Value } from "./values";

/** `over` laid over `base`, object by object; arrays and leaves are taken whole. */
export function overlay(base: Properties, over: Properties): Properties {
  const merged: Record<string, Value> = { ...base };
  for (const [name, value] of Object.entries(over)) {
    const below = merged[name];
    merged[name] = isProperties(below) && isProperties(value) ? overlay(below, value) : value;
  }
  return merged;
}

/** Without the properties whose value is null: a cloud treats null as not given. */
export const given = (properties: Properties): Properties =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null));
