import { Instance } from "@pulumi/aws/rds/instance";
import { InstanceAutomatedBackupsReplication } from "@pulumi/aws/rds/instanceAutomatedBackupsReplication";
import { SubnetGroup } from "@pulumi/aws/rds/subnetGroup";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { networkOutput, NETWORK_STACK } from "../../automation/fleet/specs/aws/outputs";
import {
  pglogicalOutput,
  type PglogicalDatabaseSpec,
} from "../../automation/fleet/specs/aws/pglogical-database";
import { encryptionKey } from "../aws/encryption-key";
import { internalName } from "../aws/internal-name";
import type { AwsSetting } from "../aws/setting";
import { tagsOf } from "../aws/tags";
import { protectedBy } from "../deletion";
import type { ProgramOutputs } from "../program-context";
import { pglogicalParameters } from "./pglogical-parameters";

/**
 * One region's PostgreSQL on RDS, which writes beside those of the other regions.
 *
 * Promises: encrypted under a key of its own, TLS only, database subnets only, a second copy in another zone, any
 * second of the last days can be restored, and a disk that a region which is away cannot fill. It is known by its
 * name in the platform's private zone, which a restored server takes over.
 */
export class PglogicalDatabase extends ComponentResource {
  readonly outputs: ProgramOutputs;

  constructor(spec: PglogicalDatabaseSpec, setting: AwsSetting, opts?: ComponentResourceOptions) {
    super("meridian:postgres:PglogicalDatabase", spec.name, {}, opts);
    const { name, prefix, region } = spec;
    const tags = tagsOf(setting, name, "customer");
    const key = encryptionKey({ name, alias: prefix, purpose: "PostgreSQL and its backups" }, tags, this);
    const subnets = new SubnetGroup(
      name,
      {
        namePrefix: `${prefix}-`,
        description: `Database subnets of ${region}`,
        subnetIds: setting.references.texts(NETWORK_STACK, networkOutput.databaseSubnetIds(region)),
        tags,
      },
      { parent: this },
    );
    const parameters = pglogicalParameters(spec, tags, this);
    const instance = new Instance(
      name,
      {
        ...serverOf(spec, setting),
        kmsKeyId: key.arn,
        dbSubnetGroupName: subnets.name,
        parameterGroupName: parameters.name,
        tags,
      },
      { parent: this, protect: protectedBy(spec.deletion, setting.context) },
    );
    internalName(name, spec.endpoint.host, instance.address, setting, this);
    copiedBackups(spec, setting, key.arn, this);
    setting.directory.add("database/address", instance.address);
    setting.directory.add("database/identifier", instance.identifier);
    setting.directory.add("database/key", key.arn);
    this.outputs = { [pglogicalOutput.arn]: instance.arn };
    this.registerOutputs(this.outputs);
  }
}

const serverOf = (spec: PglogicalDatabaseSpec, { context, references }: AwsSetting) => ({
  // The rest is made up, so that the next one can be there before the last one goes.
  identifierPrefix: `${spec.prefix}-`,
  engine: "postgres",
  engineVersion: spec.version,
  instanceClass: spec.instanceClass,
  port: spec.endpoint.port,
  username: spec.admin.user,
  password: context.secret(spec.admin.password),
  storageType: "gp3",
  allocatedStorage: spec.storageGib,
  maxAllocatedStorage: spec.storageGib * 10,
  storageEncrypted: true,
  vpcSecurityGroupIds: [references.text(NETWORK_STACK, networkOutput.databaseSecurityGroupId(spec.region))],
  publiclyAccessible: false,
  multiAz: spec.multiZone,
  backupRetentionPeriod: spec.backup.retentionDays,
  backupWindow: spec.backup.window,
  maintenanceWindow: spec.backup.maintenance,
  deleteAutomatedBackups: false,
  copyTagsToSnapshot: true,
  skipFinalSnapshot: false,
  finalSnapshotIdentifier: `${spec.prefix}-last`,
  deletionProtection: spec.deletion === "protected",
  autoMinorVersionUpgrade: true,
  enabledCloudwatchLogsExports: ["postgresql", "upgrade"],
  caCertIdentifier: "rds-ca-rsa2048-g1",
});

/** AWS sends backups to the region where this is made, under the key of that region. */
function copiedBackups(
  { name, backup }: PglogicalDatabaseSpec,
  { references }: AwsSetting,
  kmsKeyId: Output<string>,
  parent: PglogicalDatabase,
): void {
  for (const region of backup.copiesOf) {
    const sourceDbInstanceArn = references.text(region, pglogicalOutput.arn);
    new InstanceAutomatedBackupsReplication(
      `${name}-backups-of-${region}`,
      { sourceDbInstanceArn, kmsKeyId, retentionPeriod: backup.retentionDays },
      { parent },
    );
  }
}
