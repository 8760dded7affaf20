import type { MongodbFacts } from "./facts";
import { kubectl, LOOK, NO_STEPS, type Loss, type ServiceSteps, type Step } from "./step";

export interface Votes {
  readonly all: number;
  readonly needed: number;
  readonly left: number;
}

/** Votes that are left when a region is gone. The hosting one runs every member when they spread over nodes only. */
export function votesWithout({ members, spread, hosting }: MongodbFacts, lost: string): Votes {
  const count = (some: MongodbFacts["members"]): number => some.reduce((sum, { votes }) => sum + votes, 0);
  const at = (region: string): string => (spread === "nodes" ? hosting : region);
  const all = count(members);
  return {
    all,
    needed: Math.floor(all / 2) + 1,
    left: count(members.filter(({ region }) => at(region) !== lost)),
  };
}

/** Losing the region that owns the writes. */
export function mongodbSteps(service: MongodbFacts, loss: Loss): ServiceSteps {
  const votes = votesWithout(service, loss.lost);
  if (votes.left === 0) return { ...NO_STEPS, promote: [allGone(service, loss)] };
  if (votes.left >= votes.needed) return { ...NO_STEPS, verify: [elected(service, loss, votes)] };
  return {
    ...NO_STEPS,
    promote: [forceMajority(service, loss, votes)],
    protect: [readmit(service, loss)],
  };
}

/** Any member of a region, by the address clients use. */
function mongosh(service: MongodbFacts, { facts }: Loss, region: string, script: string): string {
  const host = service.members.find((member) => member.region === region)?.host;
  if (host !== undefined) {
    return `mongosh "mongodb://$MONGODB_ADMIN@${host}/?directConnection=true&tls=true" --eval '${script}'`;
  }
  const k = kubectl(facts, region, service.namespace);
  return `${k} exec ${service.resource}-0 -c mongod -- mongosh --eval '${script}'`;
}

const allGone = (service: MongodbFacts, { lost, heir }: Loss): Step => ({
  title: `Expect no MongoDB: every member of ${service.resource} runs in ${lost}`,
  before: `Its members spread over the machines of ${lost} only, whatever region they are tagged with.`,
  commands: [],
  expect: `There is no copy in ${heir} to promote. What needs MongoDB fails until ${lost} is back; nothing in this page starts an empty replica set beside the old one, since the two could never be merged. If ${lost} is gone for good, write members of ${heir} alone into \`services.mongodb.members\`, apply, and load the latest backup. One cluster whose machines are in all regions (\`services.mongodb.spread: regions\`) is what changes this before the next time.`,
  way: LOOK,
});

const elected = (service: MongodbFacts, loss: Loss, { left, needed }: Votes): Step => ({
  title: "See that MongoDB elected a primary on its own",
  before: `${left} votes are left and ${needed} are needed.`,
  commands: [mongosh(service, loss, loss.heir, "db.hello().primary")],
  expect: `A member outside ${loss.lost}. There is nothing to promote.`,
  way: LOOK,
});

function forceMajority(service: MongodbFacts, loss: Loss, { left, needed, all }: Votes): Step {
  const script = [
    "cfg = rs.conf()",
    `cfg.members = cfg.members.filter((m) => m.tags.region !== "${loss.lost}")`,
    "rs.reconfig(cfg, { force: true })",
  ].join("; ");
  return {
    title: `MongoDB: form a majority in ${loss.heir} by force`,
    before: `${left} of ${all} votes are left and ${needed} are needed, so no primary can be elected: MongoDB is read-only until this is done. ${loss.lost} must be cut off for certain: if its members still run, there will be two primaries.`,
    commands: [
      mongosh(service, loss, loss.heir, script),
      mongosh(service, loss, loss.heir, "rs.status().members.map((m) => [m.name, m.stateStr])"),
    ],
    expect: "One `PRIMARY`. If there is none, ask again: an election takes a moment.",
    way: {
      kind: "point-of-no-return",
      because: `Members in ${loss.lost} that return roll back what they alone had. Majority writes (\`w: majority\`) may be among it: all of their majority was there.`,
    },
  };
}

const readmit = (service: MongodbFacts, loss: Loss): Step => ({
  title: `Take the MongoDB members of ${loss.lost} back`,
  before: "They run, and their `rollback/` directories have been copied.",
  commands: [
    ...service.members.flatMap(({ region, host, votes, priority }) =>
      region !== loss.lost || host === undefined
        ? []
        : [
            mongosh(
              service,
              loss,
              loss.heir,
              `rs.add({ host: "${host}", votes: ${votes}, priority: ${priority}, tags: { region: "${region}" } })`,
            ),
          ],
    ),
    mongosh(service, loss, loss.heir, "rs.status().members.map((m) => [m.name, m.stateStr])"),
  ],
  expect: `${service.members.length} members, one \`PRIMARY\`, the others \`SECONDARY\`.`,
  way: { kind: "reversible", undo: "Remove them again with `rs.remove()`." },
});
