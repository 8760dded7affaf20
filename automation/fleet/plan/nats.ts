/** NATS: a JetStream cluster a region; what the regions of a cell are to each other. */
import type { PlatformManifest, WorkspaceManifest } from "../../manifest/schema/manifest";
import type {
  MessagingAccountsSpec,
  MessagingNatsSpec,
  NatsPeer,
  NatsRole,
  NatsStream,
} from "../specs/kubernetes/nats";
import { cellOf, isWriter, type PlanInput, type PlannedRegion, writerOf } from "./plan-input";

type Services = PlatformManifest["spec"]["services"];
export type Nats = NonNullable<Services["messaging"]>;

export const NATS_NAMESPACE = "nats";
/** For clients, for leaf nodes and for gateways. */
export const NATS_PORTS: readonly number[] = [4222, 7422, 7222];
const CLIENT_PORT = 4222;
/** Of JetStream, for the streams a workspace may make for itself. */
const ACCOUNT_STORAGE = "1Gi";

const peerOf = ({ name, manifest }: PlannedRegion): NatsPeer => ({
  region: name,
  address: {
    host: manifest.spec.endpoints["nats"] ?? `nats.${NATS_NAMESPACE}.svc`,
    port: CLIENT_PORT,
  },
});

/** Keys are of a cell: who runs one jurisdiction's cell cannot make credentials for another's. */
const seedOf = (input: PlanInput, region: string) => ({
  secret: `nats-operator-seed-${cellOf(input, region).name}`,
});

const share = (one: PlannedRegion, other: PlannedRegion): boolean =>
  one.place.jurisdictions.some((jurisdiction) => other.place.jurisdictions.includes(jurisdiction));

/** Writers of one cell that lie in one jurisdiction, in the order of the regions: one super-cluster. */
function joined(input: PlanInput, { gateways }: Nats, region: PlannedRegion): readonly PlannedRegion[] {
  const cell = cellOf(input, region.name);
  if (!gateways || !isWriter(cell, region.name)) return [region];
  return input.regions.filter((one) => isWriter(cell, one.name) && share(one, region));
}

/** Servers joined by gateways are one JetStream and must have one domain. */
const domainOf = (input: PlanInput, nats: Nats, region: PlannedRegion): string =>
  joined(input, nats, region)[0]?.name ?? region.name;

function roleOf(input: PlanInput, nats: Nats, region: PlannedRegion): NatsRole {
  const cell = cellOf(input, region.name);
  const hub = input.regions.find(({ name }) => name === writerOf(cell));
  if (isWriter(cell, region.name) || hub === undefined || nats.leafNodes === 0 || !share(hub, region)) {
    const others = joined(input, nats, region).filter(({ name }) => name !== region.name);
    return { kind: "hub", gateways: others.map(peerOf) };
  }
  return { kind: "leaf", hub: peerOf(hub) };
}

/** Made where they are written, by the first of several that share a JetStream, and copied to leaf nodes. */
function streamsOf(
  input: PlanInput,
  nats: Nats,
  region: PlannedRegion,
  role: NatsRole,
): readonly NatsStream[] {
  if (role.kind === "hub") {
    if (domainOf(input, nats, region) !== region.name) return [];
    return nats.streams.map(({ name, subjects }) => ({ name, origin: { kind: "subjects", subjects } }));
  }
  const hub = input.regions.find(({ name }) => name === role.hub.region);
  const domain = hub === undefined ? role.hub.region : domainOf(input, nats, hub);
  return nats.streams
    .filter(({ mirrored }) => mirrored)
    .map(({ name }) => ({ name, origin: { kind: "copy", domain } }));
}

/** The servers of one region. */
export function natsSpec(input: PlanInput, nats: Nats, region: PlannedRegion): MessagingNatsSpec {
  const { platform } = input.fleet;
  const { postgres } = platform.spec.services;
  const role = roleOf(input, nats, region);
  return {
    kind: "messaging/nats-jetstream",
    name: "messaging",
    namespace: NATS_NAMESPACE,
    platform: platform.metadata.name,
    region: region.name,
    servers: Math.max(nats.servers, role.kind === "leaf" ? nats.leafNodes : 1),
    // The same machines, so the same disks.
    storage: {
      size: nats.storage,
      ...(postgres?.engine === "cnpg" ? { storageClass: postgres.storage.class } : {}),
    },
    domain: domainOf(input, nats, region),
    role,
    address: peerOf(region).address,
    streams: streamsOf(input, nats, region, role),
    authority: { certificate: { secret: "nats-ca-certificate" }, key: { secret: "nats-ca-key" } },
    seed: seedOf(input, region.name),
    deletion: "protected",
  };
}

/** The accounts of one shard in one region. */
export const natsAccounts = (
  input: PlanInput,
  shard: string,
  region: string,
  workspaces: readonly WorkspaceManifest[],
): MessagingAccountsSpec => ({
  kind: "messaging/accounts",
  name: `${shard}-messaging`,
  platform: input.fleet.platform.metadata.name,
  namespace: NATS_NAMESPACE,
  seed: seedOf(input, region),
  accounts: workspaces.map(({ metadata: { name } }) => ({
    workspace: name,
    namespace: `ws-${name}`,
    storage: ACCOUNT_STORAGE,
  })),
});
