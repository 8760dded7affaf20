/** One lost region: what to do, and how to go back. */
import type { Topology } from "../../fleet/topology";
import { bystanderNotes } from "./bystander";
import type { RunbookFacts } from "./facts";
import { failbackSteps, failoverSteps } from "./failover";
import { blocks, bullets, list, stepBlock } from "./markdown";
import type { Loss, Step } from "./step";

const numbered = (steps: readonly Step[]): readonly string[] =>
  steps.map((step, index) => stepBlock(step, index + 1));

export const headingOf = ({ lost, cell, topology }: Loss): string =>
  `If ${lost} is lost${topology.cells.length === 1 ? "" : ` (cell ${cell.name})`}`;

/** What the heir is before anybody does anything. */
function takesOver({ facts, cell, lost, heir }: Loss): string {
  if (cell.writers.length > 1) return `${heir} takes over. It takes writes already.`;
  const open = facts.services.filter((service) => service.kind === "cosmos/sql" && service.multiRegionWrites);
  return open.length === 0
    ? `${heir} takes over. It takes no writes until it is promoted.`
    : `${heir} takes over. ${list(open.map(({ name }) => name))} takes writes in every region: only routing keeps them in ${lost}.`;
}

/** Losing a region that owns writes. */
export function lossSection(loss: Loss): string {
  const { lost, heir } = loss;
  return blocks(
    `## ${headingOf(loss)}`,
    takesOver(loss),
    `### Failover to ${heir}`,
    ...numbered(failoverSteps(loss)),
    `### Going back to ${lost}`,
    "Not tonight. A planned change with people awake, after the incident is closed.",
    ...numbered(failbackSteps(loss)),
  );
}

/** Regions that own no writes: losing one moves nothing, and may still stop something. */
export function bystanderSections(topology: Topology, facts: RunbookFacts): readonly string[] {
  const owners = new Set(topology.cells.flatMap(({ writers }) => writers.map(({ region }) => region)));
  return topology.regions
    .filter(({ name, role }) => !owners.has(name) && role !== "idle")
    .map(({ name }) =>
      blocks(
        `## If ${name} is lost`,
        "No writes move. Do not fail over.",
        bullets(bystanderNotes(topology, facts, name)),
      ),
    );
}
