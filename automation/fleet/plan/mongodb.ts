import type { PlatformManifest } from "../../manifest/schema/manifest";
import type { MongodbCommunitySpec, MongodbMember } from "../specs/kubernetes/mongodb";
import type { HostPort } from "../specs/kubernetes/quantities";
import { cellOf, type PlanInput, type PlannedRegion, writerOf } from "./plan-input";

type Services = PlatformManifest["spec"]["services"];
export type Community = NonNullable<Services["mongodb"]>;

const PORT = 27_017;

/**
 * Members of the regions in use, in the order of their ordinals; each with its public host, or none at all.
 * Members run in the hosting cluster, so they answer there unless its nodes span the regions.
 */
export function mongodbMembers(
  { regions, topology }: PlanInput,
  mongodb: Community,
): readonly MongodbMember[] {
  const hostOf = (name: string): string | undefined =>
    regions.find((region) => region.name === name)?.manifest.spec.endpoints["mongodb"];
  const hosting = topology.cells[0]?.writers[0]?.region ?? "";
  const used = mongodb.members.filter((member) => regions.some(({ name }) => name === member.region));
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

/** How applications reach the members: their public hosts, or their names inside the hosting cluster. */
export const mongodbHosts = (mongodb: Community, members: readonly MongodbMember[]): readonly HostPort[] =>
  members.map(
    ({ endpoint }, ordinal) =>
      endpoint ?? {
        host: `${mongodb.resource}-${ordinal}.${mongodb.resource}-svc.${mongodb.namespace}.svc.cluster.local`,
        port: PORT,
      },
  );

/** The replica set; only the write owner's stack holds it. */
export function mongodbSpec(
  input: PlanInput,
  mongodb: Community,
  region: PlannedRegion,
): MongodbCommunitySpec | undefined {
  if (writerOf(cellOf(input, region.name)) !== region.name) return undefined;
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
    ...(members.some(({ endpoint }) => endpoint !== undefined) ? { tls: mongodb.tls } : {}),
    spread: mongodb.spread,
    deletion: "protected",
  };
}
