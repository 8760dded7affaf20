/** What Azure answers for a resource, besides what it was asked for: a row a type. */
import type { Settings } from "../cloud";
import { documentationAddress, timestamp, uuid } from "../digest";
import { objectsIn, textAt, valueAt, type Properties } from "../values";
import { subscriptionOf } from "./path";

/** Facts of one resource that outputs are made of. */
export interface AzureFacts {
  readonly id: string;
  readonly name: string;
  readonly inputs: Properties;
  readonly settings: Settings;
}

type AzureOutputs = (facts: AzureFacts) => Properties;

const ready = { provisioningState: "Succeeded" } as const;

/** `East US 2` and `eastus2` are one location. */
export const locationName = (location: string): string => location.toLowerCase().replaceAll(" ", "");

const site =
  (host: string): AzureOutputs =>
  ({ id, inputs }) => ({
    state: "Running",
    usageState: "Normal",
    availabilityState: "Normal",
    enabled: valueAt(inputs, "enabled") ?? true,
    defaultHostName: host,
    hostNames: [host],
    enabledHostNames: [host, host.replace(".azurewebsites.net", ".scm.azurewebsites.net")],
    repositorySiteName: host.split(".")[0] ?? host,
    outboundIpAddresses: documentationAddress(id),
    possibleOutboundIpAddresses: documentationAddress(id),
    customDomainVerificationId: uuid(id, "domain").replaceAll("-", "").toUpperCase(),
    resourceGroup: textAt(inputs, "resourceGroupName") ?? "",
    lastModifiedTimeUtc: timestamp(id),
  });

const cosmosAccount: AzureOutputs = ({ id, name, inputs }) => {
  const located = objectsIn(valueAt(inputs, "locations")).map((region) => {
    const location = textAt(region, "locationName") ?? "";
    return {
      ...region,
      id: `${name}-${locationName(location)}`,
      documentEndpoint: `https://${name}-${locationName(location)}.documents.azure.com:443/`,
      ...ready,
    };
  });
  const many = valueAt(inputs, "enableMultipleWriteLocations") === true;
  return {
    ...ready,
    documentEndpoint: `https://${name}.documents.azure.com:443/`,
    instanceId: uuid(id),
    locations: located,
    readLocations: located,
    writeLocations: many ? located : located.filter((region) => valueAt(region, "failoverPriority") === 0),
    failoverPolicies: located.map((region) => ({
      id: region.id,
      locationName: textAt(region, "locationName") ?? "",
      failoverPriority: valueAt(region, "failoverPriority") ?? 0,
    })),
  };
};

const redis: AzureOutputs = ({ id, name }) => ({
  ...ready,
  hostName: `${name}.redis.cache.windows.net`,
  port: 6379,
  sslPort: 6380,
  redisVersion: "6.0",
  accessKeys: { primaryKey: uuid(id, "primary"), secondaryKey: uuid(id, "secondary") },
  linkedServers: [],
});

const profile: AzureOutputs = ({ inputs }) => {
  const relative = textAt(inputs, "dnsConfig", "relativeName") ?? "";
  return {
    profileStatus: textAt(inputs, "profileStatus") ?? "Enabled",
    dnsConfig: { fqdn: `${relative}.trafficmanager.net` },
    monitorConfig: { profileMonitorStatus: "Online" },
  };
};

const bucketEndpoints = (name: string): Properties => ({
  blob: `https://${name}.blob.core.windows.net/`,
  dfs: `https://${name}.dfs.core.windows.net/`,
  file: `https://${name}.file.core.windows.net/`,
  queue: `https://${name}.queue.core.windows.net/`,
  table: `https://${name}.table.core.windows.net/`,
});

const insights: AzureOutputs = ({ id, settings }) => ({
  ...ready,
  appId: uuid(id, "app"),
  applicationId: id.split("/").at(-1) ?? "",
  instrumentationKey: uuid(id, "key"),
  connectionString: `InstrumentationKey=${uuid(id, "key")};IngestionEndpoint=https://sandbox.in.applicationinsights.azure.com/`,
  creationDate: timestamp(id),
  tenantId: settings["tenantId"] ?? uuid("azure", "tenant", "sandbox"),
});

/** By `module:Resource`. A type without a row answers what it was asked, its name and that it is ready. */
export const azureOutputs: Readonly<Record<string, AzureOutputs>> = {
  "applicationinsights:Component": insights,
  "cosmosdb:DatabaseAccount": cosmosAccount,
  "dbforpostgresql:Server": ({ name }) => ({
    state: "Ready",
    fullyQualifiedDomainName: `${name}.postgres.database.azure.com`,
  }),
  "keyvault:Vault": ({ name }) => ({
    properties: { vaultUri: `https://${name}.vault.azure.net/`, ...ready },
  }),
  "managedidentity:UserAssignedIdentity": ({ id }) => ({
    clientId: uuid(id, "client"),
    principalId: uuid(id, "principal"),
  }),
  "network:PublicIPAddress": ({ id }) => ({ ...ready, ipAddress: documentationAddress(id) }),
  "operationalinsights:Workspace": ({ id }) => ({
    ...ready,
    customerId: uuid(id),
    createdDate: timestamp(id),
  }),
  "redis:LinkedServer": ({ name }) => ({
    ...ready,
    geoReplicatedPrimaryHostName: `${name}.geo.redis.cache.windows.net`,
  }),
  "redis:Redis": redis,
  "resources:ResourceGroup": () => ({ properties: ready }),
  "servicebus:Namespace": ({ name }) => ({
    ...ready,
    serviceBusEndpoint: `https://${name}.servicebus.windows.net:443/`,
  }),
  "storage:StorageAccount": ({ id, name }) => ({
    ...ready,
    primaryEndpoints: bucketEndpoints(name),
    creationTime: timestamp(id),
    statusOfPrimary: "available",
  }),
  "trafficmanager:Endpoint": () => ({ endpointMonitorStatus: "Online" }),
  "trafficmanager:Profile": profile,
  "web:AppServicePlan": ({ inputs, settings }) => ({
    ...ready,
    status: "Ready",
    numberOfSites: 0,
    resourceGroup: textAt(inputs, "resourceGroupName") ?? "",
    subscription: subscriptionOf(settings),
  }),
  "web:WebApp": (facts) => site(`${facts.name}.azurewebsites.net`)(facts),
  "web:WebAppSlot": (facts) =>
    site(`${textAt(facts.inputs, "name") ?? ""}-${textAt(facts.inputs, "slot") ?? ""}.azurewebsites.net`)(
      facts,
    ),
};

/** By `module:Resource`: what nobody may read in a log. */
export const azureSecrets: Readonly<Record<string, readonly string[]>> = {
  "applicationinsights:Component": ["connectionString", "instrumentationKey"],
  "keyvault:Secret": ["properties"],
  "redis:Redis": ["accessKeys"],
  "web:WebAppConnectionStrings": ["properties"],
};
