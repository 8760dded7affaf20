/** Vault in each region: alone with a shared configuration, or in performance replication. */
import type { PlatformManifest } from "../../manifest/schema/manifest";
import type { VaultConfiguration, VaultPerformanceReplication, VaultSpec } from "../specs/kubernetes/vault";
import { cellOf, isWriter, type PlanInput, type PlannedRegion, writerOf } from "./plan-input";

type Secrets = NonNullable<PlatformManifest["spec"]["services"]["secrets"]>;
export type Vault = Extract<Secrets, { engine: "vault" }>;

export const VAULT_NAMESPACE = "vault";
/** API, cluster, and the injector that the API server asks. */
export const VAULT_PORTS: readonly number[] = [8200, 8201, 8080];

const hostOf = ({ manifest }: PlannedRegion): string | undefined => manifest.spec.endpoints["vault"];

/** Applications read what stands under their platform's name; snapshots read everything, sealed. */
function configurationOf({ fleet }: PlanInput): VaultConfiguration {
  const { metadata, spec } = fleet.platform;
  const { name } = metadata;
  const { apps } = spec.services;
  const reader = `${name}-apps`;
  const snapshots = `${name}-snapshots`;
  return {
    prefix: `${name}-`,
    policies: {
      [reader]: `path "secret/data/${name}/*" { capabilities = ["read"] }\npath "secret/metadata/${name}/*" { capabilities = ["list"] }`,
      [snapshots]: `path "sys/storage/raft/snapshot" { capabilities = ["read"] }`,
    },
    roles: [
      ...(apps?.engine === "deployment"
        ? [{ name: reader, namespace: apps.namespace, policies: [reader] }]
        : []),
      { name: snapshots, namespace: VAULT_NAMESPACE, policies: [snapshots] },
    ],
  };
}

/** Only inside a cell, so only inside what the platform declared as one group of ownership. */
function replicationOf(
  input: PlanInput,
  { edition, replication }: Vault,
  region: PlannedRegion,
): VaultPerformanceReplication | undefined {
  if (edition !== "enterprise" || replication !== "performance") return undefined;
  const cell = cellOf(input, region.name);
  const writer = input.regions.find(({ name }) => name === writerOf(cell));
  const primary = writer === undefined ? undefined : hostOf(writer);
  const inside = writer?.place.jurisdictions.some((one) => region.place.jurisdictions.includes(one));
  if (primary === undefined || hostOf(region) === undefined || inside !== true) return undefined;
  return { role: isWriter(cell, region.name) ? "primary" : "secondary", primary };
}

/** The Vault of one region. */
export function vaultSpec(input: PlanInput, vault: Vault, region: PlannedRegion): VaultSpec {
  const { postgres } = input.fleet.platform.spec.services;
  const replication = replicationOf(input, vault, region);
  const host = hostOf(region);
  return {
    kind: "secrets/vault",
    name: "secrets",
    namespace: VAULT_NAMESPACE,
    region: region.name,
    edition: vault.edition,
    servers: vault.servers,
    storage: {
      size: vault.storage,
      // The same machines, so the same disks.
      ...(postgres?.engine === "cnpg" ? { storageClass: postgres.storage.class } : {}),
    },
    resources: { cpu: "250m", memory: "512Mi" },
    authority: { certificate: { secret: "vault-ca-certificate" }, key: { secret: "vault-ca-key" } },
    ...(replication?.role === "secondary" ? {} : { configuration: configurationOf(input) }),
    ...(vault.edition === "enterprise" ? { license: { secret: "vault-license" } } : {}),
    ...(replication === undefined ? {} : { replication }),
    ...(replication === undefined || host === undefined ? {} : { host }),
    deletion: "protected",
  };
}
