/** Ids and ARNs: what AWS makes up depends on nothing but the question, so it is the same in any process. */
import type { Asked, Settings } from "../cloud";
import { hex, pick, uuid } from "../digest";
import { hasUnknown, textAt, UNKNOWN, valueAt, type Properties, type Value } from "../values";
import { arnPattern, awsType, rowName } from "./types";

/** The account of the sandbox where the provider names none: AWS's own example. */
const EXAMPLE_ACCOUNT = "111122223333";

const DEFAULT_REGION = "us-east-1";

/** The account's twelve digits; a placeholder gets digits of its own. */
export function accountOf({ account }: Settings): string {
  if (account === undefined) return EXAMPLE_ACCOUNT;
  if (/^\d{12}$/.test(account)) return account;
  return Array.from({ length: 12 }, (_, at) => String(pick(10, "account", account, String(at)))).join("");
}

/** A resource may say its own region; it stands in the provider's otherwise. */
export const regionOf = (inputs: Properties, settings: Settings): string =>
  textAt(inputs, "region") ?? settings["region"] ?? DEFAULT_REGION;

const text = (value: Value | undefined): string =>
  value === undefined || value === null ? "" : typeof value === "string" ? value : JSON.stringify(value);

/** Digits that are new when the resource is: whatever cannot change in place counts. */
function made(length: number, { type, name, inputs, settings, seed = "" }: Asked): string {
  const { unique, immutable = [] } = awsType(type);
  const identity = (unique ?? immutable).map((path) => valueAt(inputs, ...path.split(".")));
  if (identity.some(hasUnknown)) return UNKNOWN;
  const own = unique === undefined ? [seed, name] : [];
  const parts = [rowName(type), accountOf(settings), regionOf(inputs, settings), ...own];
  return hex(length, ...parts, ...identity.map(text));
}

const PLACE = /\{(\w+)\}/g;

function fill(pattern: string, asked: Asked, id: string): string {
  return pattern.replaceAll(PLACE, (_, place: string) => {
    switch (place) {
      case "region":
        return regionOf(asked.inputs, asked.settings);
      case "account":
        return accountOf(asked.settings);
      case "id":
        return id;
      case "made":
        return made(16, asked);
      case "made6":
        return made(6, asked);
      case "uuid":
        return made(32, asked) === UNKNOWN ? UNKNOWN : uuid(made(32, asked));
      case "host":
        return (textAt(asked.inputs, "url") ?? "").replace(/^https:\/\//, "");
      default:
        return text(valueAt(asked.inputs, place));
    }
  });
}

const whole = (value: string): string => (value.includes(UNKNOWN) ? UNKNOWN : value);

/** The ARN of a resource with that id. */
export const arnOf = (asked: Asked, id: string): string =>
  whole(`arn:aws:${fill(arnPattern(asked.type), asked, id)}`);

/** The id AWS gives it. */
export function idOf(asked: Asked): string {
  const { id = "{made}" } = awsType(asked.type);
  const ofOwn = id === "{arn}" && asked.inputs["arn"] === undefined;
  return whole(ofOwn ? arnOf(asked, "") : fill(id, asked, ""));
}

/** The identity in the world: the ARN, where a type has one. */
export function keyOf(type: string, id: string, settings: Settings, properties: Properties): string {
  const asked: Asked = { type, name: "", inputs: properties, settings };
  const { key, id: idPattern } = awsType(type);
  if (key !== undefined) return fill(key, asked, id);
  if (idPattern === "{arn}") return id;
  // What AWS makes up stands in the id; an ARN that repeats it any other way cannot be found again.
  if (!/\{(made6?|uuid|host)\}/.test(arnPattern(type))) return arnOf(asked, id);
  return `aws/${accountOf(settings)}/${regionOf(properties, settings)}/${rowName(type)}/${id}`;
}
