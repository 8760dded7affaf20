import { Parameter } from "@pulumi/aws/ssm/parameter";
import { interpolate, type Input, output, type Resource } from "@pulumi/pulumi";
import type { InstancesSpec } from "../../automation/fleet/specs/aws/instances";
import { streamingOutput } from "../../automation/fleet/specs/aws/streaming";
import type { AwsSetting } from "../aws/setting";
import { tagsOf } from "../aws/tags";

/** Under it every parameter is one variable of the instances: `/hse/us-east/apps/REGION`. */
export const parameterPath = ({ region, name }: InstancesSpec, { platform }: Pick<AwsSetting, "platform">) =>
  `/${platform}/${region}/${name}`;

/**
 * Where instances find things. Parameters, not the launch template: a failover changes where writes go, and the
 * instances read it again within seconds; none has to be replaced for it.
 */
export function instanceParameters(spec: InstancesSpec, setting: AwsSetting, parent: Resource): void {
  for (const [variable, value] of Object.entries(variablesOf(spec, setting))) {
    const name = `${spec.name}-${variable.toLowerCase().replaceAll("_", "-")}`;
    new Parameter(
      name,
      {
        name: `${parameterPath(spec, setting)}/${variable}`,
        type: "String",
        value,
        tags: tagsOf(setting, name),
      },
      { parent },
    );
  }
}

/** TLS is not negotiable; user and password are in the secrets, whose ARNs are no secret themselves. */
function variablesOf(spec: InstancesSpec, setting: AwsSetting): Readonly<Record<string, Input<string>>> {
  const { directory } = setting;
  const own = directory.find("database/address");
  const writer = writerAddress(spec, setting);
  const reader = spec.readsHere ? own : writer;
  const database = directory.find("database/app-secret");
  const cache = directory.find("cache/address");
  const login = directory.find("cache/secret");
  const application = directory.find("secret/region");
  return {
    ...spec.environment,
    ...Object.fromEntries(spec.buckets.map(({ key, bucket }) => [bucketVariable(key), bucket])),
    ...(application === undefined ? {} : { APPLICATION_SECRET: application }),
    ...(writer === undefined ? {} : { DATABASE_PRIMARY_URL: databaseUrl(spec, writer) }),
    ...(reader === undefined ? {} : { DATABASE_REPLICA_URL: databaseUrl(spec, reader) }),
    ...(database === undefined ? {} : { DATABASE_SECRET: database }),
    ...(spec.cache && cache !== undefined ? { REDIS_URL: interpolate`rediss://${cache}:6379` } : {}),
    ...(spec.cache && login !== undefined ? { REDIS_SECRET: login } : {}),
  };
}

/** `static-assets` → `BUCKET_STATIC_ASSETS`. */
const bucketVariable = (key: string): string => `BUCKET_${key.toUpperCase().replaceAll("-", "_")}`;

function writerAddress({ writer, region }: InstancesSpec, { directory, references }: AwsSetting) {
  if (writer === undefined) return undefined;
  return writer === region
    ? directory.find("database/address")
    : references.text(writer, streamingOutput.address);
}

const databaseUrl = ({ environment }: InstancesSpec, host: Input<string>) =>
  interpolate`postgresql://${output(host)}:5432/${(environment["PLATFORM"] ?? "app").replaceAll("-", "_")}?sslmode=verify-full`;
