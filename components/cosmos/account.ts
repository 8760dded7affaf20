import { DatabaseAccount } from "@pulumi/azure-native/cosmosdb/databaseAccount";
import { SqlResourceSqlContainer } from "@pulumi/azure-native/cosmosdb/sqlResourceSqlContainer";
import { SqlResourceSqlDatabase } from "@pulumi/azure-native/cosmosdb/sqlResourceSqlDatabase";
import { ComponentResource, type ComponentResourceOptions } from "@pulumi/pulumi";
import type { CosmosAccountSpec } from "../../automation/fleet/specs/azure/cosmos";
import { diagnosticSetting } from "../azure/diagnostics";
import { tagsOf, type AzureSetting } from "../azure/setting";
import { protectedBy } from "../deletion";
import { cosmosEndpoint } from "./endpoint";

/**
 * A Cosmos DB account in all its regions, with one database and its containers.
 *
 * Promises: TLS 1.2 and up, identities only (account keys are off), backups, and data that outlives a
 * mistaken destroy.
 */
export class CosmosAccount extends ComponentResource {
  constructor(spec: CosmosAccountSpec, setting: AzureSetting, opts?: ComponentResourceOptions) {
    super("meridian:cosmos:Account", spec.name, {}, opts);
    const { name, group, account } = spec;
    const options = { parent: this, protect: protectedBy(spec.deletion, setting.context) };
    const made = new DatabaseAccount(name, accountArgs(spec, setting), options);
    setting.arm.add("Microsoft.DocumentDB/databaseAccounts", { group, name: account }, made);
    const database = new SqlResourceSqlDatabase(
      `${name}-${spec.database}`,
      {
        resourceGroupName: group,
        accountName: account,
        databaseName: spec.database,
        resource: { id: spec.database },
        options: { autoscaleSettings: { maxThroughput: spec.throughput } },
      },
      { ...options, dependsOn: [made] },
    );
    for (const container of spec.containers) {
      new SqlResourceSqlContainer(
        `${name}-${spec.database}-${container.name}`,
        {
          resourceGroupName: group,
          accountName: account,
          databaseName: spec.database,
          containerName: container.name,
          resource: {
            id: container.name,
            partitionKey: { kind: "Hash", paths: [container.partitionKey], version: 2 },
            conflictResolutionPolicy: conflictPolicy(spec),
          },
        },
        { ...options, dependsOn: [database] },
      );
    }
    const logs = ["ControlPlaneRequests", "PartitionKeyRUConsumption", "PartitionKeyStatistics"];
    const workspace = setting.arm.id("Microsoft.OperationalInsights/workspaces", spec.diagnostics);
    diagnosticSetting(name, { id: made.id, logs, metrics: ["Requests"] }, workspace, this);
    this.registerOutputs({ endpoint: cosmosEndpoint(account) });
  }
}

const accountArgs = (spec: CosmosAccountSpec, setting: AzureSetting) => ({
  resourceGroupName: spec.group,
  accountName: spec.account,
  location: spec.location,
  kind: "GlobalDocumentDB",
  databaseAccountOfferType: "Standard" as const,
  locations: spec.locations.map(({ location, zoneRedundant }, index) => ({
    locationName: location,
    failoverPriority: index,
    isZoneRedundant: zoneRedundant,
  })),
  enableMultipleWriteLocations: spec.multiRegionWrites,
  enableAutomaticFailover: spec.automaticFailover,
  consistencyPolicy: consistencyPolicy(spec),
  backupPolicy: backupPolicy(spec),
  minimalTlsVersion: "Tls12",
  disableLocalAuth: true,
  disableKeyBasedMetadataWriteAccess: true,
  tags: tagsOf(setting),
});

/** Azure's smallest bounds for accounts of several regions. */
const BOUNDED = { maxStalenessPrefix: 100_000, maxIntervalInSeconds: 300 } as const;

const consistencyPolicy = ({ consistency }: CosmosAccountSpec) => ({
  defaultConsistencyLevel: consistency,
  ...(consistency === "BoundedStaleness" ? BOUNDED : {}),
});

function backupPolicy({ backup }: CosmosAccountSpec) {
  switch (backup.kind) {
    case "continuous":
      return { type: "Continuous" as const, continuousModeProperties: { tier: backup.tier } };
    case "periodic":
      return {
        type: "Periodic" as const,
        periodicModeProperties: {
          backupIntervalInMinutes: backup.intervalMinutes,
          backupRetentionIntervalInHours: backup.retentionHours,
          backupStorageRedundancy: backup.redundancy,
        },
      };
  }
}

function conflictPolicy({ conflict }: CosmosAccountSpec) {
  switch (conflict.kind) {
    case "last-writer-wins":
      return { mode: "LastWriterWins", conflictResolutionPath: conflict.path };
    case "conflicts-feed":
      return { mode: "Custom" };
  }
}
