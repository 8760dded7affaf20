import { SqlResourceSqlRoleAssignment } from "@pulumi/azure-native/cosmosdb/sqlResourceSqlRoleAssignment";
import { AccessPolicyAssignment } from "@pulumi/azure-native/redis/accessPolicyAssignment";
import { interpolate, type Output, type Resource } from "@pulumi/pulumi";
import type { AppServicesSpec } from "../../automation/fleet/specs/azure/app-service";
import { guidOf } from "../azure/guid";
import type { AzureSetting } from "../azure/setting";

/** Cosmos DB's built-in role that reads and writes items but changes no settings. */
const DATA_CONTRIBUTOR = "00000000-0000-0000-0000-000000000002";

/** What the apps act as. */
export interface Actor {
  readonly actor: string;
  readonly principalId: Output<string>;
}

/** Lets the region's identity read and write data, and nothing else. */
export function dataAccess(
  spec: AppServicesSpec,
  { actor, principalId }: Actor,
  { arm }: AzureSetting,
  parent: Resource,
): void {
  const { name, cosmos, redis } = spec;
  if (cosmos !== undefined) {
    const { group, account, database } = cosmos;
    const accountId = arm.id("Microsoft.DocumentDB/databaseAccounts", { group, name: account });
    new SqlResourceSqlRoleAssignment(
      `${name}-cosmos-access`,
      {
        resourceGroupName: group,
        accountName: account,
        roleAssignmentId: guidOf(account, database, actor),
        roleDefinitionId: interpolate`${accountId}/sqlRoleDefinitions/${DATA_CONTRIBUTOR}`,
        scope: interpolate`${accountId}/dbs/${database}`,
        principalId,
      },
      { parent },
    );
  }
  if (redis !== undefined) {
    new AccessPolicyAssignment(
      `${name}-redis-access`,
      {
        resourceGroupName: redis.group,
        cacheName: redis.cache,
        accessPolicyAssignmentName: actor,
        accessPolicyName: "Data Contributor",
        objectId: principalId,
        objectIdAlias: actor,
      },
      { parent },
    );
  }
}
