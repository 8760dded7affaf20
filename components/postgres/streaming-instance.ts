import { Instance, type InstanceArgs } from "@pulumi/aws/rds/instance";
import type { CustomResourceOptions, Output, Resource } from "@pulumi/pulumi";
import { networkOutput, NETWORK_STACK } from "../../automation/fleet/specs/aws/outputs";
import {
  streamingOutput,
  type StreamingPostgresSpec,
  type StreamingRole,
} from "../../automation/fleet/specs/aws/streaming";
import type { AwsSetting } from "../aws/setting";
import { tagsOf } from "../aws/tags";
import { protectedBy } from "../deletion";

/** What an instance stands in. */
interface InstancePlace {
  readonly keyArn: Output<string>;
  readonly subnetGroup: Output<string>;
  readonly parameterGroup: Output<string>;
}

/** The instance of a region, under the same name in either role: so that a promotion is a change of it. */
export const streamingInstance = (
  spec: StreamingPostgresSpec,
  setting: AwsSetting,
  place: InstancePlace,
  parent: Resource,
): Instance =>
  new Instance(
    spec.name,
    { ...commonArgs(spec, setting, place), ...roleArgs(spec, setting) },
    {
      parent,
      protect: protectedBy(spec.deletion, setting.context),
      ...roleOptions(spec.role),
    },
  );

const commonArgs = (
  spec: StreamingPostgresSpec,
  setting: AwsSetting,
  { keyArn, subnetGroup, parameterGroup }: InstancePlace,
): InstanceArgs => ({
  // The rest is made up, so that the next one can be there before the last one goes.
  identifierPrefix: `${spec.prefix}-`,
  instanceClass: spec.instanceClass,
  storageType: "gp3",
  maxAllocatedStorage: spec.storageGib * 10,
  storageEncrypted: true,
  kmsKeyId: keyArn,
  dbSubnetGroupName: subnetGroup,
  parameterGroupName: parameterGroup,
  vpcSecurityGroupIds: [
    setting.references.text(NETWORK_STACK, networkOutput.databaseSecurityGroupId(spec.region)),
  ],
  publiclyAccessible: false,
  multiAz: spec.multiZone,
  backupRetentionPeriod: spec.backup.retentionDays,
  backupWindow: spec.backup.window,
  maintenanceWindow: spec.backup.maintenance,
  deleteAutomatedBackups: false,
  copyTagsToSnapshot: true,
  deletionProtection: spec.deletion === "protected",
  autoMinorVersionUpgrade: true,
  applyImmediately: true,
  enabledCloudwatchLogsExports: ["postgresql", "upgrade"],
  caCertIdentifier: "rds-ca-rsa2048-g1",
  tags: tagsOf(setting, spec.name, "customer"),
});

/** A replica has its engine, users and data from the primary, and leaves no snapshot: AWS refuses to take one. */
function roleArgs(
  { role, ...spec }: StreamingPostgresSpec,
  { references, context }: AwsSetting,
): InstanceArgs {
  const { instanceClass } = spec;
  if (role.kind === "replica") {
    const replicateSourceDb = references.text(role.of, streamingOutput.arn);
    return { instanceClass, replicateSourceDb, skipFinalSnapshot: true };
  }
  return {
    instanceClass,
    engine: "postgres",
    engineVersion: spec.version,
    allocatedStorage: spec.storageGib,
    dbName: role.database,
    username: role.owner.user,
    password: context.secret(role.owner.password),
    skipFinalSnapshot: false,
    finalSnapshotIdentifier: `${spec.prefix}-last-of-epoch-${String(spec.epoch)}`,
  };
}

/**
 * RDS promotes a replica when it no longer names a source: the data stays. It cannot be sent to another source,
 * nor made a replica of what it once was the primary of: then it is made anew, before the old one goes.
 */
const roleOptions = ({ kind }: StreamingRole): CustomResourceOptions =>
  kind === "replica"
    ? { replaceOnChanges: ["replicateSourceDb"] }
    : { ignoreChanges: ["engine", "dbName", "username"] };
