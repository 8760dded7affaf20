import type { Output } from "@pulumi/pulumi";
import { fingerprint } from "../../automation/fleet/canonical";
import type { AppServicesSpec } from "../../automation/fleet/specs/azure/app-service";
import { cosmosEndpoint } from "../cosmos/endpoint";

/** Settings that stay with a slot when releases swap: the staging slot must know that it is not live. */
export const STICKY_SETTINGS: readonly string[] = ["SLOT"];

export interface SettingFacts {
  /** `production` or the name of the slot. */
  readonly slot: string;
  /** Which identity the SDKs sign in as. */
  readonly clientId: Output<string>;
  readonly connectionString?: Output<string>;
}

export interface NameValue {
  readonly name: string;
  readonly value: Output<string> | string;
}

/** Settings that the spec alone decides. */
const plainSettings = (spec: AppServicesSpec, slot: string): Readonly<Record<string, string>> => ({
  ...spec.settings,
  REGION: spec.region,
  ROLE: spec.role,
  SLOT: slot,
  ...cosmosSettings(spec),
  ...redisSettings(spec),
});

/**
 * Moves when a plain setting does. One secret setting makes Pulumi hide the whole configuration of a site, so
 * without this nobody reviewing a plan would see that an app is told it is the primary now.
 */
export const settingsPrint = (spec: AppServicesSpec, slot: string, health: string): string =>
  fingerprint({ settings: plainSettings(spec, slot), runtime: spec.runtime, health }).slice(0, 16);

/** The environment of one app in one slot, sorted by name. */
export function appSettings(spec: AppServicesSpec, facts: SettingFacts): readonly NameValue[] {
  const { connectionString } = facts;
  const values: Readonly<Record<string, Output<string> | string>> = {
    ...plainSettings(spec, facts.slot),
    AZURE_CLIENT_ID: facts.clientId,
    ...(connectionString === undefined ? {} : { APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString }),
  };
  return Object.entries(values)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({ name, value }));
}

const cosmosSettings = ({ cosmos }: AppServicesSpec): Readonly<Record<string, string>> =>
  cosmos === undefined
    ? {}
    : {
        COSMOS_ENDPOINT: cosmosEndpoint(cosmos.account),
        COSMOS_DATABASE: cosmos.database,
        COSMOS_PREFERRED_REGIONS: cosmos.preferredRegions.join(","),
      };

/** The `geo` name of a linked cache always leads to the one that takes writes. */
const redisSettings = ({ redis }: AppServicesSpec): Readonly<Record<string, string>> =>
  redis === undefined
    ? {}
    : {
        REDIS_HOST: `${redis.cache}${redis.linked ? ".geo" : ""}.redis.cache.windows.net`,
        REDIS_PORT: "6380",
      };
