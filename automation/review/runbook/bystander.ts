import { membersOf } from "../../fleet/cells";
import type { Cell, Topology } from "../../fleet/topology";
import { sayDuration } from "../../manifest/rules/say-duration";
import type { RunbookFacts, ServiceFacts } from "./facts";
import { list } from "./markdown";
import { votesWithout } from "./steps-mongodb";

/** What losing a region that owns no writes changes for everyone else. */
export function bystanderNotes(topology: Topology, facts: RunbookFacts, lost: string): readonly string[] {
  const percent = topology.traffic.find(({ region }) => region === lost)?.percent ?? 0;
  const { failures, interval } = facts.failover.detection;
  const cells = topology.cells.filter((cell) => membersOf(cell).includes(lost));
  return [
    percent === 0
      ? "No users are sent there in the steady state."
      : `Its ${percent} % of the users go to the other regions once it counts as lost (${failures} × ${sayDuration(interval)}): see that those have room.`,
    ...facts.services.flatMap((service) => noteOf(service, lost, list(cells.map(ownerOf)))),
    ...cells.map((cell) => remaining(cell, lost)),
  ];
}

const ownerOf = ({ writers }: Cell): string => writers[0]?.region ?? "the write owner";

/** Who is left to take over while it is gone. */
function remaining(cell: Cell, lost: string): string {
  const owner = ownerOf(cell);
  const left = membersOf(cell).filter((region) => region !== lost && region !== owner);
  return left.length === 0
    ? `Until it is back, nobody can take over from ${owner}: postpone releases and anything else that is not urgent.`
    : `Until it is back, only ${list(left)} can take over from ${owner}.`;
}

function noteOf(service: ServiceFacts, lost: string, owner: string): readonly string[] {
  switch (service.kind) {
    case "postgres/cnpg":
      if (service.mode === "async") {
        return [`PostgreSQL goes on. It keeps WAL for the lost replica: watch the disk of ${owner}.`];
      }
      return service.durability === "required"
        ? [
            `**PostgreSQL stops taking writes** if ${lost} held the only synchronous standby: that is what \`dataDurability: required\` asks for. Writes return with the standby, or with \`preferred\` in the manifest and an apply.`,
          ]
        : [
            "PostgreSQL goes on without a synchronous standby: until one is back, losing the writer loses data.",
          ];
    case "mongodb/community": {
      const { left, needed } = votesWithout(service, lost);
      if (left === 0) return [`**MongoDB is gone** until ${lost} is back: every member runs there.`];
      return [
        left >= needed
          ? `MongoDB keeps its primary: ${left} votes are left, ${needed} are needed.`
          : `**MongoDB becomes read-only**: ${left} votes are left, ${needed} are needed.`,
      ];
    }
    case "cosmos/sql":
      return [
        service.consistency === "Strong"
          ? "Cosmos DB with Strong consistency needs a majority of its regions: with two regions, losing one stops writes."
          : "Cosmos DB goes on in the other regions.",
      ];
    case "redis/azure-cache":
      return service.linked
        ? ["The cache goes on; its copy there is gone until the link is whole again."]
        : [];
    case "other":
      return [];
  }
}
