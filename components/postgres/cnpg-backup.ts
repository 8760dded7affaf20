/**
 * Base backups and the WAL archive in Cloudflare R2 or MinIO, through the Barman Cloud plugin: CNPG deprecated
 * its own `barmanObjectStore` in 1.26. Needs the plugin and cert-manager beside the operator.
 */
import { interpolate, type Output } from "@pulumi/pulumi";
import type { PostgresBackup, R2Backup } from "../../automation/fleet/specs/kubernetes/postgres";
import type { ProgramContext } from "../program-context";
import { backupSecret, backupTrustSecret, OPERATOR_PLUGIN } from "./cnpg-names";

/** The `spec` of the ObjectStore. */
export function objectStoreSpec(cluster: string, backup: PostgresBackup, context: ProgramContext) {
  const credential = (key: string) => ({ name: backupSecret(cluster), key });
  return {
    configuration: {
      destinationPath: `s3://${backup.bucket}/postgres`,
      ...endpointOf(cluster, backup, context),
      s3Credentials: {
        accessKeyId: credential("ACCESS_KEY_ID"),
        secretAccessKey: credential("SECRET_ACCESS_KEY"),
        region: credential("REGION"),
      },
      data: { compression: "gzip", jobs: 2 },
      wal: { compression: "gzip", maxParallel: 4 },
    },
    retentionPolicy: `${String(backup.retentionDays)}d`,
    // Newer S3 clients send checksums R2 does not know.
    instanceSidecarConfiguration: {
      env: ["AWS_REQUEST_CHECKSUM_CALCULATION", "AWS_RESPONSE_CHECKSUM_VALIDATION"].map((name) => ({
        name,
        value: "when_required",
      })),
    },
  };
}

const endpointOf = (cluster: string, backup: PostgresBackup, context: ProgramContext) =>
  "endpoint" in backup
    ? { endpointURL: backup.endpoint, endpointCA: { name: backupTrustSecret(cluster), key: "ca.crt" } }
    : { endpointURL: r2Endpoint(backup, context) };

/** A bucket with a jurisdiction answers only at that jurisdiction's endpoint. */
function r2Endpoint({ accountId, jurisdiction }: R2Backup, { secret }: ProgramContext): Output<string> {
  const account = secret(accountId);
  return jurisdiction === "default"
    ? interpolate`https://${account}.r2.cloudflarestorage.com`
    : interpolate`https://${account}.${jurisdiction}.r2.cloudflarestorage.com`;
}

/** The `spec` of the ScheduledBackup: from a standby where there is one, and one at once. */
export const scheduledBackupSpec = (cluster: string, { schedule }: PostgresBackup) => ({
  cluster: { name: cluster },
  schedule,
  immediate: true,
  backupOwnerReference: "self",
  target: "prefer-standby",
  method: "plugin",
  pluginConfiguration: { name: OPERATOR_PLUGIN },
});
