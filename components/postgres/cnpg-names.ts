/** Names of what belongs to one CNPG cluster: stable, so another region or a runbook can rely on them. */
export const OPERATOR_PLUGIN = "barman-cloud.cloudnative-pg.io";

/** The role CNPG keeps for physical replication; its pg_hba admits it by client certificate alone. */
export const STREAMING_ROLE = "streaming_replica";

/** The document's name for the password of the replication user. */
export const REPLICATION_SECRET = "pg-replication-credentials";

/** Password of the role that query replicas subscribe with. */
export const LOGICAL_SECRET = "pg-logical-credentials";

/** The same password beside a query replica, which shares its namespace with a member. */
export const subscriberSecret = (cluster: string): string => `${cluster}-publisher`;

export const ownerSecret = (cluster: string): string => `${cluster}-owner`;

/** Not `<cluster>-ca`: that one the operator makes for itself. */
export const trustSecret = (cluster: string): string => `${cluster}-trust`;

/** Client certificate of `streaming_replica`, which the operator signs with the trust's key. */
export const replicationCertificate = (cluster: string): string => `${cluster}-replication`;

export const backupSecret = (cluster: string): string => `${cluster}-backup-credentials`;

/** Certificate authority of a MinIO endpoint. */
export const backupTrustSecret = (cluster: string): string => `${cluster}-backup-trust`;

export const backupStore = (cluster: string): string => `${cluster}-backups`;

/** An SQL identifier: `postgresql-europe` becomes `postgresql_europe`. */
export const identifier = (name: string): string => name.replaceAll("-", "_");

/** Publication of a database, in every member that others subscribe to. */
export const PUBLICATION = "meridian";
