import type { Settings } from "../cloud";
import { uuid } from "../digest";
import { asSecret, textAt, type Properties } from "../values";
import { groupId } from "./path";

const key = (...parts: readonly string[]): string => Buffer.from(uuid(...parts)).toString("base64");

const keyFunctions: Readonly<Record<string, (name: string, id: string) => Properties>> = {
  "cosmosdb:listDatabaseAccountKeys": (_, id) => ({
    primaryMasterKey: asSecret(key(id, "primary")),
    secondaryMasterKey: asSecret(key(id, "secondary")),
    primaryReadonlyMasterKey: asSecret(key(id, "primary read")),
    secondaryReadonlyMasterKey: asSecret(key(id, "secondary read")),
  }),
  "cosmosdb:listDatabaseAccountConnectionStrings": (name, id) => ({
    connectionStrings: [
      {
        description: "Primary SQL Connection String",
        connectionString: asSecret(
          `AccountEndpoint=https://${name}.documents.azure.com:443/;AccountKey=${key(id, "primary")};`,
        ),
      },
    ],
  }),
  "redis:listRedisKeys": (_, id) => ({
    primaryKey: asSecret(key(id, "primary")),
    secondaryKey: asSecret(key(id, "secondary")),
  }),
  "storage:listStorageAccountKeys": (_, id) => ({
    keys: ["key1", "key2"].map((keyName) => ({
      keyName,
      permissions: "FULL",
      value: asSecret(key(id, keyName)),
    })),
  }),
};

/** Functions of azure-native that programs call for keys and for who they are. */
export function azureInvoke(token: string, args: Properties, settings: Settings): Properties | undefined {
  const [, module = "", member = ""] = token.split(":");
  const row = `${module.split("/")[0] ?? module}:${member}`;
  if (row === "authorization:getClientConfig") {
    return {
      clientId: uuid("azure", "client", "sandbox"),
      objectId: uuid("azure", "object", "sandbox"),
      subscriptionId: settings["subscriptionId"] ?? "",
      tenantId: settings["tenantId"] ?? uuid("azure", "tenant", "sandbox"),
    };
  }
  const name = textAt(args, "accountName") ?? textAt(args, "name") ?? "";
  const id = `${groupId(settings, textAt(args, "resourceGroupName") ?? "")}/${name}`;
  return keyFunctions[row]?.(name, id);
}
