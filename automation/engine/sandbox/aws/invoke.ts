/** Functions of the AWS provider that programs call for who they are and where. */
import type { Settings } from "../cloud";
import { hex } from "../digest";
import { textAt, type Properties } from "../values";
import { accountOf, regionOf } from "./identity";

const ZONES = ["a", "b", "c"] as const;

const functions: Readonly<Record<string, (args: Properties, settings: Settings) => Properties>> = {
  getCallerIdentity: (_, settings) => ({
    id: accountOf(settings),
    accountId: accountOf(settings),
    arn: `arn:aws:iam::${accountOf(settings)}:user/sandbox`,
    userId: "AIDASANDBOX",
  }),
  getPartition: () => ({
    id: "aws",
    partition: "aws",
    dnsSuffix: "amazonaws.com",
    reverseDnsPrefix: "com.amazonaws",
  }),
  getRegion: (args, settings) => {
    const region = regionOf(args, settings);
    return { id: region, name: region, region, endpoint: `ec2.${region}.amazonaws.com`, description: region };
  },
  getAvailabilityZones: (args, settings) => {
    const region = regionOf(args, settings);
    return {
      id: region,
      names: ZONES.map((zone) => `${region}${zone}`),
      zoneIds: ZONES.map((_, at) => `${region}-az${String(at + 1)}`),
      groupNames: [region],
    };
  },
  getAmi: (args, settings) => {
    const id = `ami-1${hex(16, regionOf(args, settings), JSON.stringify(args))}`;
    return { ...args, id, imageId: id, architecture: "arm64", name: "sandbox" };
  },
  getParameter: (args, settings) => {
    const name = textAt(args, "name") ?? "";
    // Where AWS publishes ids of its machine images.
    const image = `ami-1${hex(16, regionOf(args, settings), name)}`;
    return {
      ...args,
      id: name,
      type: "String",
      value: name.startsWith("/aws/service/") ? image : "",
      version: 1,
    };
  },
  getZone: (args) => {
    const name = textAt(args, "name") ?? "";
    const zoneId = textAt(args, "zoneId") ?? `Z${hex(16, "zone", name)}`;
    return { ...args, id: zoneId, zoneId, name, arn: `arn:aws:route53:::hostedzone/${zoneId}` };
  },
};

/** Answers a function by the end of its token; undefined when the sandbox does not know it. */
export function awsInvoke(token: string, args: Properties, settings: Settings): Properties | undefined {
  const name = token.split(":").at(-1) ?? token;
  return functions[name]?.(args, settings);
}
