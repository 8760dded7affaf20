import { InstanceAutomatedBackupsReplication } from "@pulumi/aws/rds/instanceAutomatedBackupsReplication";
import { SubnetGroup } from "@pulumi/aws/rds/subnetGroup";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { networkOutput, NETWORK_STACK } from "../../automation/fleet/specs/aws/outputs";
import { streamingOutput, type StreamingPostgresSpec } from "../../automation/fleet/specs/aws/streaming";
import { encryptionKey } from "../aws/encryption-key";
import { internalName } from "../aws/internal-name";
import type { AwsSetting } from "../aws/setting";
import { tagsOf } from "../aws/tags";
import type { ProgramOutputs } from "../program-context";
import { streamingInstance } from "./streaming-instance";
import { streamingParameters } from "./streaming-parameters";
import { streamingLogin } from "./streaming-login";
import { streamingRowSecurity } from "./streaming-row-security";

/**
 * One region's PostgreSQL on RDS: the primary, or a replica that streams from it.
 *
 * Promises: AES-256 under a key of its own, TLS only, private subnets only, any second of the last days can be
 * restored, a replica is backed up like the primary and so is safe from the moment it is promoted. Pools are the
 * applications' own (`poolSize` connections an instance): RDS Proxy does not serve read replicas.
 */
export class StreamingPostgres extends ComponentResource {
  /** What the region's stack tells the stacks of its replicas. */
  readonly outputs: ProgramOutputs;
  readonly identifier: Output<string>;

  constructor(spec: StreamingPostgresSpec, setting: AwsSetting, opts?: ComponentResourceOptions) {
    super("meridian:postgres:Streaming", spec.name, {}, opts);
    const { name, prefix } = spec;
    const tags = tagsOf(setting, name, "customer");
    const key = encryptionKey(
      { name, alias: prefix, purpose: "PostgreSQL, its backups and logins" },
      tags,
      this,
    );
    const subnets = new SubnetGroup(
      name,
      {
        namePrefix: `${prefix}-`,
        description: `Database subnets of ${spec.region}`,
        subnetIds: setting.references.texts(NETWORK_STACK, networkOutput.databaseSubnetIds(spec.region)),
        tags,
      },
      { parent: this },
    );
    const parameters = streamingParameters(spec, tags, this);
    const place = { keyArn: key.arn, subnetGroup: subnets.name, parameterGroup: parameters.name };
    const instance = streamingInstance(spec, setting, place, this);
    this.identifier = instance.identifier;
    copiedBackups(spec, setting, key.arn, this);
    const login = streamingLogin(spec, setting, instance, key.arn, this);
    streamingRowSecurity(spec, setting, { instance, login, keyArn: key.arn }, this);
    internalName(name, spec.host, instance.address, setting, this);
    setting.directory.add("database/address", instance.address);
    setting.directory.add("database/identifier", instance.identifier);
    setting.directory.add("database/app-secret", login.app.arn);
    setting.directory.add("database/key", key.arn);
    this.outputs = { [streamingOutput.arn]: instance.arn, [streamingOutput.address]: instance.address };
    this.registerOutputs(this.outputs);
  }
}

/** AWS sends backups to where this is made: a second copy of the primary's, under the key of this region. */
function copiedBackups(
  { name, role, backup }: StreamingPostgresSpec,
  { references }: AwsSetting,
  kmsKeyId: Output<string>,
  parent: StreamingPostgres,
): void {
  if (role.kind !== "replica" || !backup.copied) return;
  const sourceDbInstanceArn = references.text(role.of, streamingOutput.arn);
  const { retentionDays: retentionPeriod } = backup;
  new InstanceAutomatedBackupsReplication(
    `${name}-backups-of-primary`,
    { sourceDbInstanceArn, kmsKeyId, retentionPeriod },
    { parent },
  );
}
