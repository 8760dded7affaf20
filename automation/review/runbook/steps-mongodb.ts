import type { MongodbFacts } from "./facts";
import { kubectl, LOOK, NO_STEPS, type Loss, type ServiceSteps, type Step } from "./step";

export interface Votes {
  readonly all: number;
  readonly needed: number;
  readonly left: number;
}

/** Votes that are left when a region is gone. `hosting` runs every member when they spread over nodes only. */
export function votesWithout({ members, spread }: MongodbFacts, lost: string, hosting: string): Votes {
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
  const votes = votesWithout(service, loss.lost, loss.lost);
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
  title: `MongoDB: every member of ${service.resource} ran in ${lost}`,
  before: `Nobody expects ${lost} back within the objective. No apply has run since the commit.`,
  commands: [],
  expect: `There is no copy to promote. Either wait for ${lost} and apply nothing, or go on: the next apply starts an empty replica set in ${heir}, and the latest backup must be loaded into it. Spreading members over regions (\`services.mongodb.spread: regions\`) is what changes this.`,
  way: {
    kind: "point-of-no-return",
    because: "A replica set that starts empty and takes writes can never be merged with the old one.",
  },
});

const elected = (service: MongodbFacts, loss: Loss, { left, needed }: Votes): Step => ({
  title: "See that MongoDB elected a primary on its own",
  before: `${left} votes are left and ${needed} are needed.`,
  commands: [mongosh(service, loss, loss.heir, "db.hello().primary")],
  expect: `A member of ${loss.heir}, within a minute of the outage. There is nothing to promote.`,
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
    before: `No apply has run since the commit: it would start a second, empty replica set in ${loss.heir}. ${left} of ${all} votes are left and ${needed} are needed, so no primary can be elected: MongoDB is read-only until this is done. ${loss.lost} must be cut off for certain: if its members still run, there will be two primaries.`,
    commands: [
      mongosh(service, loss, loss.heir, script),
      mongosh(service, loss, loss.heir, "rs.status().members.map((m) => [m.name, m.stateStr])"),
    ],
    expect: "One `PRIMARY` within 30 seconds.",
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
