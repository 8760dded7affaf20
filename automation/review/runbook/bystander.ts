import type { Topology } from "../../fleet/topology";
import type { RunbookFacts, ServiceFacts } from "./facts";
import { votesWithout } from "./steps-mongodb";

/** What losing a region that owns no writes changes for everyone else. */
export function bystanderNotes(topology: Topology, facts: RunbookFacts, lost: string): readonly string[] {
  const percent = topology.traffic.find(({ region }) => region === lost)?.percent ?? 0;
  const owner = topology.cells[0]?.writers[0]?.region ?? "the write owner";
  return [
    percent === 0
      ? `No users are sent there in the steady state.`
      : `Its ${percent} % of the users go to the other regions within a probe's failures and the DNS answer's life: see that those have room.`,
    ...facts.services.flatMap((service) => noteOf(service, lost, owner)),
    `Until it is back there is nobody to fail over to from ${owner}${topology.regions.length > 2 ? " but the remaining regions" : ""}: postpone releases and anything else that is not urgent.`,
  ];
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
      const { left, needed } = votesWithout(service, lost, owner);
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
