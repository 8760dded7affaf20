import type { PlatformManifest } from "../../manifest/schema/manifest";
import type { MongodbCommunitySpec, MongodbMember } from "../specs/kubernetes/mongodb";
import type { HostPort } from "../specs/kubernetes/quantities";
import type { PlanInput, PlannedRegion } from "./plan-input";

type Services = PlatformManifest["spec"]["services"];
export type Community = NonNullable<Services["mongodb"]>;

const PORT = 27_017;

const usedMembers = ({ regions }: PlanInput, { members }: Community): Community["members"] =>
  members.filter((member) => regions.some(({ name }) => name === member.region));

/**
 * Region whose cluster holds the replica set: the one with the most votes, the earlier one of equals. It does not
 * follow the write owner: a replica set elects its own primary, and one that moved would start anew, empty.
 */
export function mongodbHosting(input: PlanInput, mongodb: Community): string {
  const used = usedMembers(input, mongodb);
  const votesOf = (region: string): number =>
    used.reduce((sum, member) => sum + (member.region === region ? member.votes : 0), 0);
  const [first, ...others] = [...new Set(used.map(({ region }) => region))];
  return others.reduce((most, region) => (votesOf(region) > votesOf(most) ? region : most), first ?? "");
}

/**
 * Members of the regions in use, in the order of their ordinals; each with its public host, or none at all.
 * Members run in the hosting cluster, so they answer there unless its nodes span the regions.
 */
export function mongodbMembers(input: PlanInput, mongodb: Community): readonly MongodbMember[] {
  const { regions } = input;
  const hostOf = (name: string): string | undefined =>
    regions.find((region) => region.name === name)?.manifest.spec.endpoints["mongodb"];
  const hosting = mongodbHosting(input, mongodb);
  const used = usedMembers(input, mongodb);
  const hosts = used.map(({ region }) => hostOf(mongodb.spread === "regions" ? region : hosting));
  const reachable = regions.length > 1 && hosts.every((host) => host !== undefined);
  return used.map(({ region, votes, priority }, ordinal) => {
    const host = reachable ? hosts[ordinal] : undefined;
    return {
      region,
      votes: votes === 0 ? 0 : 1,
      priority,
      ...(host === undefined ? {} : { endpoint: { host, port: PORT + ordinal } }),
    };
  });
}

/**
 * Encrypted in every phase of a platform whose network is: switching encryption on under a running replica set
 * cuts its clients off, and growing into another region is no time for that.
 */
export const mongodbEncrypted = ({ fleet }: PlanInput, members: readonly MongodbMember[]): boolean =>
  fleet.platform.spec.network.tls || members.some(({ endpoint }) => endpoint !== undefined);

/** How applications reach the members: their public hosts, or their names inside the hosting cluster. */
export const mongodbHosts = (mongodb: Community, members: readonly MongodbMember[]): readonly HostPort[] =>
  members.map(
    ({ endpoint }, ordinal) =>
      endpoint ?? {
        host: `${mongodb.resource}-${ordinal}.${mongodb.resource}-svc.${mongodb.namespace}.svc.cluster.local`,
        port: PORT,
      },
  );

/** The replica set; only its hosting region's stack holds it. */
export function mongodbSpec(
  input: PlanInput,
  mongodb: Community,
  region: PlannedRegion,
): MongodbCommunitySpec | undefined {
  if (mongodbHosting(input, mongodb) !== region.name) return undefined;
  const members = mongodbMembers(input, mongodb);
  return {
    kind: "mongodb/community",
    name: "mongodb",
    resource: mongodb.resource,
    namespace: mongodb.namespace,
    version: mongodb.version,
    hosting: region.name,
    members,
    database: mongodb.database,
    user: mongodb.user,
    password: mongodb.password,
    storage: { size: mongodb.storage.size, storageClass: mongodb.storage.class },
    resources: mongodb.resources,
    ...(mongodbEncrypted(input, members) ? { tls: mongodb.tls } : {}),
    spread: mongodb.spread,
    deletion: mongodb.deletion,
  };
}
