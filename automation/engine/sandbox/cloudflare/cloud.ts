/** Cloudflare's API as the sandbox imitates it: ids of 32 hex digits, zones, timestamps. */
import type { Asked, Cloud } from "../cloud";
import { isUnder } from "../difference";
import { hex, timestamp } from "../digest";
import { overlay } from "../merge";
import { textAt, valueAt, type Properties } from "../values";
import { cloudflareTypes, otherType, type CloudflareType } from "./types";

/** `LoadBalancer` of `cloudflare:index/loadBalancer:LoadBalancer`. */
const resourceOf = (type: string): string => type.split(":").at(-1) ?? type;

const rowOf = (type: string): CloudflareType => cloudflareTypes[resourceOf(type)] ?? otherType;

function idOf({ type, name, inputs, seed = "" }: Asked): string {
  const { unique, id } = rowOf(type);
  if (id !== undefined) return textAt(inputs, id) ?? hex(32, type, name);
  if (resourceOf(type) === "Zone") return zoneId(textAt(inputs, "name") ?? name);
  const scope = textAt(inputs, "zoneId") ?? textAt(inputs, "accountId") ?? "";
  const identity = unique.length === 0 ? [seed, name] : unique.map((part) => textAt(inputs, part) ?? "");
  return hex(32, "cloudflare", resourceOf(type), scope, ...identity);
}

/** A zone's id follows from its name, so that a look-up finds zones nobody created here. */
const zoneId = (name: string): string => hex(32, "cloudflare", "zone", name.toLowerCase());

function shape({ type, inputs }: Asked, id: string, olds?: Properties): Properties {
  const created = textAt(olds, "createdOn") ?? timestamp(id);
  const base = overlay(rowOf(type).defaults ?? {}, inputs);
  const times: Properties =
    resourceOf(type) === "R2Bucket"
      ? { creationDate: created }
      : { createdOn: created, modifiedOn: timestamp(id, JSON.stringify(inputs)) };
  return { ...base, ...extras(type, id, inputs), ...times };
}

function extras(type: string, id: string, inputs: Properties): Properties {
  switch (resourceOf(type)) {
    case "Zone":
      return {
        nameServers: nameServers(id),
        originalNameServers: [],
        verificationKey: hex(20, id, "verify"),
      };
    case "LoadBalancer":
      return { zoneName: textAt(inputs, "name")?.split(".").slice(-2).join(".") ?? "" };
    case "Ruleset":
      return { version: "1", lastUpdated: timestamp(id) };
    case "WorkersScript":
      return { etag: hex(64, JSON.stringify(inputs)), hasModules: true };
    default:
      return {};
  }
}

const nameServers = (id: string): readonly string[] => [
  `${hex(5, id, "a")}.ns.cloudflare.com`,
  `${hex(5, id, "b")}.ns.cloudflare.com`,
];

function zone(args: Properties): Properties {
  const name = textAt(args, "filter", "name") ?? textAt(args, "name") ?? "example.com";
  const id = textAt(args, "zoneId") ?? zoneId(name);
  const account = textAt(args, "filter", "account", "id") ?? hex(32, "cloudflare", "account", "sandbox");
  return {
    ...args,
    id,
    zoneId: id,
    name,
    status: "active",
    account: { id: account, name: "sandbox" },
    nameServers: nameServers(id),
    createdOn: timestamp(id),
    modifiedOn: timestamp(id, "modified"),
  };
}

/** Cloudflare, by the bridged provider. */
export const cloudflareCloud: Cloud = {
  name: "cloudflare",
  settings: () => ({}),
  identitySettings: [],
  complete: ({ inputs }) => inputs,
  problems: ({ type, inputs }) =>
    rowOf(type).immutable.length === 1 && inputs[rowOf(type).immutable[0] ?? ""] === undefined
      ? [{ property: rowOf(type).immutable[0] ?? "", reason: "is required" }]
      : [],
  forcesReplacement: (type, path) => rowOf(type).immutable.some((root) => isUnder(path, root)),
  idOf,
  keyOf: (type, id, _settings, properties) => {
    const row = rowOf(type);
    // An account's id may be a secret, and keys are written in clear.
    const account = textAt(properties, "accountId");
    const scope = row.id === undefined ? "" : `${account === undefined ? "zone" : hex(12, account)}/`;
    return `cloudflare/${resourceOf(type)}/${scope}${id}`;
  },
  parents: () => [],
  // Cloudflare deletes a zone's records with it, but a sandbox id does not say its zone: Pulumi deletes them first.
  holdsOthers: () => false,
  contains: () => false,
  shape,
  secretOutputs: (type) =>
    resourceOf(type) === "AccountToken" || resourceOf(type) === "ApiToken" ? ["value"] : [],
  invoke: (token, args) => {
    switch (token.split(":").at(-1)) {
      case "getZone":
        return zone(args);
      case "getZones":
        return { ...args, results: [valueAt(args, "name") === undefined ? zone({}) : zone(args)] };
      case "getIpRanges":
        return { ipv4Cidrs: ["192.0.2.0/24", "198.51.100.0/24"], ipv6Cidrs: ["2001:db8::/32"] };
      default:
        return undefined;
    }
  },
};
