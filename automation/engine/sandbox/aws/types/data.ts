/** What holds data, and the keys and secrets it is held under. */
import { named, type AwsType, type AwsTypes } from "./row";

/** A setting of a bucket: one each. */
const bucketSetting: AwsType = {
  id: "{bucket}",
  immutable: ["bucket", "expectedBucketOwner"],
  required: ["bucket"],
  unique: ["bucket"],
  names: { bucket: named.bucket },
};

const SUBNET_GROUP = "rds:{region}:{account}:subgrp:{}";
const CACHE_SUBNET_GROUP = "elasticache:{region}:{account}:subnetgroup:{}";

/** By `module:Resource`. */
export const dataTypes: AwsTypes = {
  "s3:Bucket": {
    id: "{bucket}",
    arn: "s3:::{bucket}",
    immutable: ["bucket", "bucketPrefix", "objectLockEnabled"],
    auto: "bucket",
    forms: {
      bucket: {
        pattern: /^[a-z0-9]([a-z0-9.-]{1,61}[a-z0-9])$/,
        says: "3 to 63 lower-case letters, digits, dots and dashes (InvalidBucketName)",
      },
    },
  },
  "s3:BucketVersioning": bucketSetting,
  "s3:BucketServerSideEncryptionConfiguration": bucketSetting,
  "s3:BucketPublicAccessBlock": bucketSetting,
  "s3:BucketOwnershipControls": bucketSetting,
  "s3:BucketLifecycleConfiguration": bucketSetting,
  "s3:BucketReplicationConfig": { ...bucketSetting, required: ["bucket", "role", "rules"] },
  "s3:BucketPolicy": { ...bucketSetting, required: ["bucket", "policy"] },
  "s3:BucketLogging": bucketSetting,
  "s3:BucketObjectLockConfiguration": bucketSetting,
  "kms:Key": {
    id: "{uuid}",
    arn: "kms:{region}:{account}:key/{id}",
    immutable: ["customerMasterKeySpec", "keyUsage", "multiRegion", "customKeyStoreId"],
  },
  "kms:ReplicaKey": {
    id: "{uuid}",
    arn: "kms:{region}:{account}:key/{id}",
    immutable: ["primaryKeyArn"],
    required: ["primaryKeyArn"],
  },
  "kms:Alias": {
    id: "{name}",
    arn: "kms:{region}:{account}:{name}",
    immutable: ["name", "namePrefix"],
    required: ["targetKeyId"],
    auto: "name",
    forms: { name: { pattern: /^alias\/[\w/-]{1,250}$/, says: 'begins with "alias/"' } },
  },
  "secretsmanager:Secret": {
    id: "{arn}",
    arn: "secretsmanager:{region}:{account}:secret:{name}-{made6}",
    immutable: ["name", "namePrefix"],
    unique: ["name"],
    auto: "name",
  },
  "secretsmanager:SecretVersion": {
    id: "{secretId}|{uuid}",
    immutable: ["secretId", "secretString", "secretBinary"],
    required: ["secretId"],
  },
  "secretsmanager:SecretRotation": {
    id: "{secretId}",
    immutable: ["secretId"],
    required: ["secretId", "rotationRules"],
    unique: ["secretId"],
  },
  "secretsmanager:SecretPolicy": {
    id: "{secretArn}",
    immutable: ["secretArn"],
    required: ["secretArn", "policy"],
    unique: ["secretArn"],
  },
  "rds:Instance": {
    id: "db-{made}",
    arn: "rds:{region}:{account}:db:{identifier}",
    immutable: [
      "identifierPrefix",
      "engine",
      "username",
      "storageEncrypted",
      "kmsKeyId",
      "availabilityZone",
      "characterSetName",
      "dbName",
      "snapshotIdentifier",
      "customIamInstanceProfile",
      "timezone",
    ],
    required: ["instanceClass"],
    auto: "identifier",
    names: { dbSubnetGroupName: SUBNET_GROUP },
    forms: {
      identifier: {
        pattern: /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
        says: "at most 63 lower-case letters, digits and dashes, beginning with a letter",
      },
    },
  },
  "rds:Cluster": {
    id: "{clusterIdentifier}",
    arn: "rds:{region}:{account}:cluster:{clusterIdentifier}",
    immutable: [
      "clusterIdentifier",
      "engine",
      "masterUsername",
      "storageEncrypted",
      "kmsKeyId",
      "databaseName",
    ],
    auto: "clusterIdentifier",
    names: { dbSubnetGroupName: SUBNET_GROUP },
  },
  "rds:ClusterInstance": {
    id: "{identifier}",
    arn: "rds:{region}:{account}:db:{identifier}",
    immutable: ["identifier", "clusterIdentifier", "engine", "availabilityZone"],
    required: ["clusterIdentifier", "instanceClass", "engine"],
    auto: "identifier",
  },
  "rds:SubnetGroup": {
    id: "{name}",
    arn: "rds:{region}:{account}:subgrp:{name}",
    immutable: ["name", "namePrefix"],
    required: ["subnetIds"],
    auto: "name",
  },
  "rds:ParameterGroup": {
    id: "{name}",
    arn: "rds:{region}:{account}:pg:{name}",
    immutable: ["name", "namePrefix", "family", "description"],
    required: ["family"],
    auto: "name",
  },
  "rds:InstanceAutomatedBackupsReplication": {
    id: "{arn}",
    arn: "rds:{region}:{account}:auto-backup:ab-{made}",
    immutable: ["sourceDbInstanceArn", "kmsKeyId", "retentionPeriod"],
    required: ["sourceDbInstanceArn"],
  },
  "rds:Proxy": {
    id: "{name}",
    arn: "rds:{region}:{account}:db-proxy:prx-{made}",
    immutable: ["name", "engineFamily", "vpcSubnetIds"],
    required: ["engineFamily", "roleArn", "vpcSubnetIds", "auths"],
    auto: "name",
  },
  "rds:ProxyDefaultTargetGroup": {
    id: "{dbProxyName}",
    immutable: ["dbProxyName"],
    unique: ["dbProxyName"],
    required: ["dbProxyName"],
  },
  "rds:ProxyTarget": {
    id: "{dbProxyName}/{targetGroupName}/{dbInstanceIdentifier}",
    immutable: ["dbProxyName", "targetGroupName", "dbInstanceIdentifier", "dbClusterIdentifier"],
    required: ["dbProxyName", "targetGroupName"],
  },
  "elasticache:ReplicationGroup": {
    id: "{replicationGroupId}",
    arn: "elasticache:{region}:{account}:replicationgroup:{replicationGroupId}",
    immutable: [
      "replicationGroupId",
      "atRestEncryptionEnabled",
      "kmsKeyId",
      "dataTieringEnabled",
      "globalReplicationGroupId",
      "networkType",
      "port",
      "securityGroupNames",
      "snapshotArns",
      "snapshotName",
      "subnetGroupName",
    ],
    required: ["description"],
    auto: "replicationGroupId",
    names: { subnetGroupName: CACHE_SUBNET_GROUP },
    forms: {
      replicationGroupId: {
        pattern: /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/,
        says: "at most 40 lower-case letters, digits and dashes, beginning with a letter",
      },
    },
  },
  "elasticache:SubnetGroup": {
    id: "{name}",
    arn: "elasticache:{region}:{account}:subnetgroup:{name}",
    immutable: ["name"],
    required: ["subnetIds"],
    auto: "name",
  },
  "elasticache:ParameterGroup": {
    id: "{name}",
    arn: "elasticache:{region}:{account}:parametergroup:{name}",
    immutable: ["name", "family", "description"],
    required: ["family"],
    auto: "name",
  },
  "elasticache:User": {
    id: "{userId}",
    arn: "elasticache:{region}:{account}:user:{userId}",
    immutable: ["userId", "userName", "engine"],
    required: ["userId", "userName", "accessString", "engine"],
  },
  "elasticache:UserGroup": {
    id: "{userGroupId}",
    arn: "elasticache:{region}:{account}:usergroup:{userGroupId}",
    immutable: ["userGroupId"],
    required: ["userGroupId", "engine"],
  },
  "backup:Vault": {
    id: "{name}",
    arn: "backup:{region}:{account}:backup-vault:{name}",
    immutable: ["name", "kmsKeyArn"],
    auto: "name",
  },
  "backup:Plan": { id: "{uuid}", arn: "backup:{region}:{account}:backup-plan:{id}", required: ["rules"] },
  "backup:Selection": {
    id: "{uuid}",
    immutable: ["name", "planId", "iamRoleArn", "resources", "selectionTags"],
    required: ["planId", "iamRoleArn"],
  },
  "ssm:Parameter": {
    id: "{name}",
    arn: "ssm:{region}:{account}:parameter/{name}",
    immutable: ["name", "type"],
    required: ["type"],
    auto: "name",
  },
};
