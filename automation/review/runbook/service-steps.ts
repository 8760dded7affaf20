import type { ReplicationEdge } from "../../fleet/topology";
import type { OtherFacts, ServiceFacts } from "./facts";
import { azureCacheSteps, cosmosSteps } from "./steps-azure";
import { mongodbSteps } from "./steps-mongodb";
import { postgresSteps } from "./steps-postgres";
import { LOOK, NO_STEPS, type Loss, type ServiceSteps } from "./step";

/** What one service adds to a failover. */
export function serviceSteps(service: ServiceFacts, loss: Loss): ServiceSteps {
  switch (service.kind) {
    case "postgres/cnpg":
      return postgresSteps(service, loss);
    case "mongodb/community":
      return mongodbSteps(service, loss);
    case "cosmos/sql":
      return cosmosSteps(service, loss);
    case "redis/azure-cache":
      return azureCacheSteps(service, loss);
    case "other":
      return otherSteps(service, loss);
  }
}

/** Says how the data flows, and that there are no commands: silence would read as nothing to do. */
function otherSteps({ name, engine }: OtherFacts, { topology, lost, heir }: Loss): ServiceSteps {
  const into = topology.replication.filter((edge) => edge.service === name && touches(edge, lost, heir));
  if (into.length === 0) return NO_STEPS;
  const flows = into.map(
    ({ from, to, mode, direction }) => `${from} ${direction === "two-way" ? "⇄" : "→"} ${to} (${mode})`,
  );
  return {
    ...NO_STEPS,
    promote: [
      {
        title: `Let ${name} (${engine}) in ${heir} take writes`,
        before: `Its data flows ${flows.join(", ")}. This runbook has no commands for ${engine}: use its own documentation.`,
        commands: [],
        expect: into.every(({ direction }) => direction === "two-way")
          ? `${heir} takes writes already; nothing has to be promoted.`
          : `${heir} takes writes, and what ${lost} had not sent yet is written down.`,
        way: LOOK,
      },
    ],
  };
}

const touches = ({ from, to }: ReplicationEdge, lost: string, heir: string): boolean =>
  (from === lost && to === heir) || (from === heir && to === lost);
