/**
 * Where each azure-native type lives in Azure Resource Manager. A `{parameter}` is an input of that
 * name; everything is below a resource group unless the row says otherwise. Adding a type is adding a row.
 */

/** One row: how ids are built and what cannot be changed in place. */
export interface AzureType {
  /**
   * For example `Microsoft.Web/sites/{name}/slots/{slot}`. One that begins with a parameter lives below
   * the resource that the parameter names, in whatever group that is.
   */
  readonly path: string;
  /** Nobody else in the world may have the name, whatever the subscription. */
  readonly global?: true;
  /** Has no location of its own, or always `global`. */
  readonly location?: "none" | "global";
  /** Immutable properties besides the path's parameters, the resource group and the location. */
  readonly immutable?: readonly string[];
  /** Characters of generated names: storage accounts and registries take no dash. */
  readonly plainName?: true;
}

const sites = "Microsoft.Web/sites/{name}";
const slots = `${sites}/slots/{slot}`;
const publishing = "basicPublishingCredentialsPolicies";
const cosmos = "Microsoft.DocumentDB/databaseAccounts/{accountName}";
const mongo = `${cosmos}/mongodbDatabases/{databaseName}`;
const sql = `${cosmos}/sqlDatabases/{databaseName}`;
const cache = "Microsoft.Cache/redis";
const traffic = "Microsoft.Network/trafficManagerProfiles/{profileName}";
const network = "Microsoft.Network/virtualNetworks/{virtualNetworkName}";
const storage = "Microsoft.Storage/storageAccounts/{accountName}";
const vault = "Microsoft.KeyVault/vaults/{vaultName}";
const bus = "Microsoft.ServiceBus/namespaces/{namespaceName}";
const postgres = "Microsoft.DBforPostgreSQL/flexibleServers/{serverName}";

/** By `module:Resource`, without the version some tokens carry. */
export const azureTypes: Readonly<Record<string, AzureType>> = {
  "applicationinsights:Component": {
    path: "Microsoft.Insights/components/{resourceName}",
    immutable: ["workspaceResourceId"],
  },
  "applicationinsights:WebTest": { path: "Microsoft.Insights/webtests/{webTestName}" },
  "authorization:RoleAssignment": {
    path: "{scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}",
    location: "none",
    immutable: ["principalId", "roleDefinitionId"],
  },
  "cosmosdb:DatabaseAccount": {
    path: cosmos,
    global: true,
    immutable: ["kind", "createMode", "databaseAccountOfferType", "enableFreeTier", "keyVaultKeyUri"],
  },
  "cosmosdb:MongoDBResourceMongoDBCollection": {
    path: `${mongo}/collections/{collectionName}`,
    location: "none",
  },
  "cosmosdb:MongoDBResourceMongoDBDatabase": { path: mongo, location: "none" },
  "cosmosdb:SqlResourceSqlContainer": {
    path: `${sql}/containers/{containerName}`,
    location: "none",
    immutable: ["resource.partitionKey", "resource.uniqueKeyPolicy"],
  },
  "cosmosdb:SqlResourceSqlDatabase": { path: sql, location: "none" },
  "cosmosdb:SqlResourceSqlRoleAssignment": {
    path: `${cosmos}/sqlRoleAssignments/{roleAssignmentId}`,
    location: "none",
  },
  "dbforpostgresql:Server": {
    path: postgres,
    global: true,
    immutable: ["createMode", "sourceServerResourceId", "pointInTimeUTC", "administratorLogin"],
  },
  "insights:MetricAlert": { path: "Microsoft.Insights/metricAlerts/{ruleName}", location: "global" },
  "keyvault:Secret": { path: `${vault}/secrets/{secretName}`, location: "none" },
  "keyvault:Vault": { path: vault, global: true, immutable: ["properties.tenantId"] },
  "managedidentity:UserAssignedIdentity": {
    path: "Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}",
  },
  "monitor:ActionGroup": { path: "Microsoft.Insights/actionGroups/{actionGroupName}", location: "global" },
  "monitor:ActivityLogAlert": {
    path: "Microsoft.Insights/activityLogAlerts/{activityLogAlertName}",
    location: "global",
  },
  "monitor:AutoscaleSetting": {
    path: "Microsoft.Insights/autoscalesettings/{autoscaleSettingName}",
    immutable: ["targetResourceUri"],
  },
  "monitor:DiagnosticSetting": {
    path: "{resourceUri}/providers/Microsoft.Insights/diagnosticSettings/{name}",
    location: "none",
  },
  "monitor:MetricAlert": { path: "Microsoft.Insights/metricAlerts/{ruleName}", location: "global" },
  "monitor:ScheduledQueryRule": {
    path: "Microsoft.Insights/scheduledQueryRules/{ruleName}",
    immutable: ["kind"],
  },
  "network:NetworkSecurityGroup": {
    path: "Microsoft.Network/networkSecurityGroups/{networkSecurityGroupName}",
  },
  "network:PrivateEndpoint": {
    path: "Microsoft.Network/privateEndpoints/{privateEndpointName}",
    immutable: ["subnet"],
  },
  "network:PublicIPAddress": {
    path: "Microsoft.Network/publicIPAddresses/{publicIpAddressName}",
    immutable: ["sku", "publicIPAddressVersion", "zones"],
  },
  "network:Subnet": { path: `${network}/subnets/{subnetName}`, location: "none" },
  "network:VirtualNetwork": { path: network },
  "operationalinsights:Workspace": { path: "Microsoft.OperationalInsights/workspaces/{workspaceName}" },
  "redis:AccessPolicyAssignment": {
    path: `${cache}/{cacheName}/accessPolicyAssignments/{accessPolicyAssignmentName}`,
    location: "none",
  },
  "redis:FirewallRule": { path: `${cache}/{cacheName}/firewallRules/{ruleName}`, location: "none" },
  "redis:LinkedServer": {
    path: `${cache}/{name}/linkedServers/{linkedServerName}`,
    location: "none",
    immutable: ["linkedRedisCacheId", "linkedRedisCacheLocation", "serverRole"],
  },
  "redis:PatchSchedule": { path: `${cache}/{name}/patchSchedules/default`, location: "none" },
  "redis:Redis": { path: `${cache}/{name}`, global: true, immutable: ["subnetId", "staticIP", "zones"] },
  "servicebus:Namespace": { path: bus, global: true, immutable: ["zoneRedundant"] },
  "servicebus:Queue": { path: `${bus}/queues/{queueName}`, location: "none" },
  "servicebus:Topic": { path: `${bus}/topics/{topicName}`, location: "none" },
  "storage:BlobContainer": {
    path: `${storage}/blobServices/default/containers/{containerName}`,
    location: "none",
  },
  "storage:StorageAccount": {
    path: storage,
    global: true,
    plainName: true,
    immutable: ["kind", "isHnsEnabled", "dnsEndpointType"],
  },
  "trafficmanager:Endpoint": { path: `${traffic}/{endpointType}/{endpointName}`, location: "none" },
  "trafficmanager:Profile": { path: traffic, location: "global", immutable: ["dnsConfig.relativeName"] },
  "web:AppServicePlan": {
    path: "Microsoft.Web/serverfarms/{name}",
    immutable: ["hyperV", "isXenon", "reserved", "zoneRedundant"],
  },
  "web:StaticSite": { path: "Microsoft.Web/staticSites/{name}" },
  "web:WebApp": { path: sites, global: true, immutable: ["hyperV", "isXenon", "reserved"] },
  "web:WebAppApplicationSettings": { path: `${sites}/config/appsettings`, location: "none" },
  "web:WebAppConnectionStrings": { path: `${sites}/config/connectionstrings`, location: "none" },
  "web:WebAppDiagnosticLogsConfiguration": { path: `${sites}/config/logs`, location: "none" },
  "web:WebAppFtpAllowed": { path: `${sites}/${publishing}/ftp`, location: "none" },
  "web:WebAppFtpAllowedSlot": { path: `${slots}/${publishing}/ftp`, location: "none" },
  "web:WebAppHostNameBinding": { path: `${sites}/hostNameBindings/{hostName}`, location: "none" },
  "web:WebAppMetadata": { path: `${sites}/config/metadata`, location: "none" },
  "web:WebAppScmAllowed": { path: `${sites}/${publishing}/scm`, location: "none" },
  "web:WebAppScmAllowedSlot": { path: `${slots}/${publishing}/scm`, location: "none" },
  "web:WebAppSlot": { path: slots, immutable: ["hyperV", "isXenon", "reserved"] },
  "web:WebAppApplicationSettingsSlot": { path: `${slots}/config/appsettings`, location: "none" },
  "web:WebAppSlotConfigurationNames": { path: `${sites}/config/slotConfigNames`, location: "none" },
};
