/**
 * AWS types by `module:Resource`. One that is not in the tables is accepted too: it has an ARN by its module,
 * an id that AWS makes up, and everything but `region` and `name` can change in place. Adding a type is adding a row.
 */
import { computeTypes } from "./types/compute";
import { dataTypes } from "./types/data";
import { networkTypes } from "./types/network";
import type { AwsType, AwsTypes } from "./types/row";

export const awsTypes: AwsTypes = { ...networkTypes, ...computeTypes, ...dataTypes };

/** `ec2:Vpc` of `aws:ec2/vpc:Vpc`. */
export function rowName(token: string): string {
  const [, module = "", resource = ""] = token.split(":");
  return `${module.split("/")[0] ?? module}:${resource}`;
}

const otherType: AwsType = { id: "{made}", immutable: ["name"] };

/** The row of a type. */
export const awsType = (token: string): AwsType => awsTypes[rowName(token)] ?? otherType;

/** What follows `arn:aws:` in the ARN of a type. */
export function arnPattern(token: string): string {
  const [module = "", resource = ""] = rowName(token).split(":");
  const kind = `${resource.slice(0, 1).toLowerCase()}${resource.slice(1)}`;
  return awsType(token).arn ?? `${module}:{region}:{account}:${kind}/{id}`;
}
