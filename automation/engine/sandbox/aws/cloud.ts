/** AWS as the sandbox imitates it: ids and ARNs by region and account, names taken once, nothing made on what is not there. */
import type { Asked, Cloud, Problem, Settings } from "../cloud";
import { isUnder } from "../difference";
import { hex } from "../digest";
import { overlay } from "../merge";
import { isProperties, revealAll, textAt, UNKNOWN, type Properties, type Value } from "../values";
import { accountOf, arnOf, idOf, keyOf, regionOf } from "./identity";
import { awsInvoke } from "./invoke";
import { awsOutputs, awsSecrets } from "./outputs";
import { parentsOf } from "./presence";
import { awsType, rowName } from "./types";

function settings(config: Properties): Settings {
  const region = textAt(config, "region");
  const [account] = listed(config["allowedAccountIds"]);
  return {
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { account }),
  };
}

/** A provider's lists come as JSON; a secret in one comes with its mark. */
function listed(value: Value | undefined): readonly string[] {
  const plain = typeof value === "string" && value.startsWith("[") ? (JSON.parse(value) as Value) : value;
  const { items } = revealAll({ items: plain ?? [] });
  return Array.isArray(items) ? (items as readonly Value[]).filter((item) => typeof item === "string") : [];
}

function complete({ type, name, inputs, seed = "" }: Asked, olds?: Properties): Properties {
  const { auto } = awsType(type);
  if (auto === undefined || inputs[auto] !== undefined) return inputs;
  const prefix = textAt(inputs, `${auto}Prefix`) ?? `${name}-`;
  return { ...inputs, [auto]: textAt(olds, auto) ?? `${prefix}${hex(7, seed, type, name)}` };
}

function problems({ type, inputs }: Asked): readonly Problem[] {
  const { required = [], forms = {} } = awsType(type);
  const missing = required
    .filter((property) => inputs[property] === undefined)
    .map((property) => ({ property, reason: `${property} is required` }));
  const wrong = Object.entries(forms).flatMap(([property, { pattern, says }]) => {
    const value = textAt(inputs, property);
    if (value === undefined || value.includes(UNKNOWN) || pattern.test(value)) return [];
    return [{ property, reason: `"${value}" is no ${property}: ${says}` }];
  });
  return [...missing, ...wrong];
}

function shape(asked: Asked, id: string, olds?: Properties): Properties {
  const { type, inputs } = asked;
  const region = regionOf(inputs, asked.settings);
  const arn = arnOf(asked, id);
  const facts = { id, arn, region, account: accountOf(asked.settings), inputs };
  const own = { name: asked.name, ...inputs, arn, region, tagsAll: inputs["tags"] ?? {} };
  const made = overlay(own, awsOutputs[rowName(type)]?.(facts) ?? {});
  return { ...made, ...versionAfter(type, inputs, olds) };
}

/** A launch template counts its changes: what uses the latest one is told. */
function versionAfter(type: string, inputs: Properties, olds: Properties | undefined): Properties {
  const before = olds?.["latestVersion"];
  if (rowName(type) !== "ec2:LaunchTemplate" || typeof before !== "number") return {};
  const latest = before + 1;
  return { latestVersion: latest, defaultVersion: inputs["updateDefaultVersion"] === true ? latest : 1 };
}

/** AWS, by the classic provider. */
export const awsCloud: Cloud = {
  name: "aws",
  settings,
  identitySettings: ["region", "account"],
  complete,
  problems,
  forcesReplacement: (type, path) =>
    ["region", ...(awsType(type).immutable ?? [])].some((root) => isUnder(path, root)),
  idOf,
  keyOf,
  parents: parentsOf,
  // AWS deletes nothing with something else: it refuses, and Pulumi deletes in the right order.
  holdsOthers: () => false,
  contains: () => false,
  shape,
  secretOutputs: (type) => awsSecrets[rowName(type)] ?? [],
  invoke: (token, args, of) => (isProperties(args) ? awsInvoke(token, args, of) : undefined),
};
