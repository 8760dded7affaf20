/** What a resource refers to by id, ARN or name, and so must be there first. */
import type { Asked, Parent } from "../cloud";
import { isProperties, textAt, UNKNOWN, type Properties, type Value } from "../values";
import { accountOf, keyOf, regionOf } from "./identity";
import { awsType, awsTypes } from "./types";

/** `vpc` → `aws:ec2/vpc:Vpc`, from the ids of the tables. */
const typeOfPrefix: ReadonlyMap<string, string> = new Map(
  Object.entries(awsTypes).flatMap(([row, { id }]) => {
    const prefix = /^([a-z]+)-0\{made\}$/.exec(id ?? "")?.[1];
    return prefix === undefined ? [] : [[prefix, `aws:${row}`] as const];
  }),
);

/** Ids that begin with 1 belong to what is made with its owner: default groups and tables. */
const ID = /^([a-z]+)-0[0-9a-f]{16}$/;
const ARN = /^arn:aws:([a-z0-9-]+):([a-z0-9-]*):(\d{12}|):(.+)$/;

/** Made by AWS itself, or part of something else. */
const NOT_OURS = /^arn:aws:(iam::\d{12}:(role\/aws-service-role\/|root$)|kms:[^:]*:\d{12}:alias\/aws\/)/;

/** Where the other end of a peering stands, or a VPC that a private zone is for. */
const regionOfInput = (name: string, asked: Asked, beside: Properties): string =>
  (name.startsWith("peer") ? textAt(asked.inputs, "peerRegion") : undefined) ??
  textAt(beside, "vpcRegion") ??
  regionOf(asked.inputs, asked.settings);

function ofId(value: string, name: string, asked: Asked, beside: Properties): readonly Parent[] {
  const type = typeOfPrefix.get(ID.exec(value)?.[1] ?? "");
  if (type === undefined) return [];
  const settings = { ...asked.settings, region: regionOfInput(name, asked, beside) };
  const kind = type.split(":").at(-1) ?? type;
  return [
    {
      key: keyOf(type, value, settings, {}),
      missing: `${name} "${value}" does not exist (Invalid${kind}ID.NotFound)`,
    },
  ];
}

/** Kinds whose ARN has a part of its own making, which the world does not know them by. */
const UNKNOWN_BY_ARN =
  /:(autoscaling:|[^:]*:[^:]*:(nodegroup|addon|access-entry|oidc-provider)\/|[^:]*:[^:]*:(db-proxy|auto-backup):)/;

function ofArn(value: string, name: string): readonly Parent[] {
  const [, service, , account] = ARN.exec(value) ?? [];
  if (
    service === undefined ||
    NOT_OURS.test(value) ||
    UNKNOWN_BY_ARN.test(value) ||
    (account === "" && service !== "s3")
  )
    return [];
  // A part of something, for example the streams of a log group or the objects of a bucket.
  const key = service === "s3" ? (value.split("/")[0] ?? value) : value.replace(/:\*$/, "");
  return [{ key, missing: `${name} "${value}" does not exist (${service}: ResourceNotFound)` }];
}

function ofName(pattern: string, value: string, name: string, asked: Asked): readonly Parent[] {
  // AWS has its own of everything: `default.postgres16`.
  if (value.startsWith("arn:") || value.startsWith("default")) return [];
  const filled = pattern
    .replace("{region}", regionOf(asked.inputs, asked.settings))
    .replace("{account}", accountOf(asked.settings))
    .replace("{}", value);
  return [{ key: `arn:aws:${filled}`, missing: `${name} "${value}" does not exist (ResourceNotFound)` }];
}

function inValue(
  value: Value | undefined,
  name: string,
  asked: Asked,
  beside: Properties,
): readonly Parent[] {
  if (typeof value === "string")
    return value === UNKNOWN ? [] : [...ofId(value, name, asked, beside), ...ofArn(value, name)];
  if (Array.isArray(value))
    return (value as readonly Value[]).flatMap((item) => inValue(item, name, asked, beside));
  if (!isProperties(value)) return [];
  return Object.entries(value).flatMap(([inner, item]) => inValue(item, inner, asked, value));
}

/** Everything that must exist before AWS makes it; tags are only words. */
export function parentsOf(asked: Asked): readonly Parent[] {
  const { names = {} } = awsType(asked.type);
  const byName = Object.entries(names).flatMap(([name, pattern]) => {
    const value = textAt(asked.inputs, name);
    return value === undefined || value === UNKNOWN ? [] : ofName(pattern, value, name, asked);
  });
  const byId = Object.entries(asked.inputs)
    .filter(([name]) => name !== "tags" && name !== "tagsAll")
    .flatMap(([name, value]) => inValue(value, name, asked, asked.inputs));
  return [...byName, ...byId];
}
