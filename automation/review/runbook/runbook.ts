/**
 * The disaster recovery runbook of a platform, from its manifests: whoever is on call reads it at 3 a.m.
 *
 * Pure, so a test can hold every word, and the runbook of a change can be reviewed with the change.
 */
import { budgetMinutes } from "../../fleet/specs/azure/error-budget";
import type { Topology, TopologyRegion } from "../../fleet/topology";
import { phasesOf, regionLossSeconds } from "../../manifest/rules/timing";
import { sayDuration } from "../../manifest/rules/say-duration";
import { bystanderNotes } from "./bystander";
import { corruptionSection } from "./corruption";
import type { RunbookFacts } from "./facts";
import { failbackSteps, failoverSteps, losses } from "./failover";
import { anchor, blocks, bullets, list, stepBlock, table } from "./markdown";
import { regionFacts, type Loss, type Step } from "./step";

/** The runbook as Markdown. */
export const runbook = (topology: Topology, facts: RunbookFacts): string =>
  `${blocks(
    `# Disaster recovery of ${topology.platform}`,
    `> Generated from \`${facts.manifest}\`. Change the manifest, not this page.`,
    startHere(topology, facts),
    regionsSection(topology, facts),
    ownersSection(topology),
    objectivesSection(topology, facts),
    detectionSection(topology, facts),
    ...losses(topology, facts).map(lossSection),
    ...bystanders(topology, facts),
    corruptionSection(facts),
    contactsSection(facts),
  )}\n`;

const nameOf = ({ name, city, country }: TopologyRegion): string => `${name} (${city}, ${country})`;

function startHere(topology: Topology, facts: RunbookFacts): string {
  const found = losses(topology, facts);
  const secrets = facts.regions.flatMap(({ kubeconfig }) => (kubeconfig === undefined ? [] : [kubeconfig]));
  return blocks(
    "## Start here",
    bullets([
      "Breathe. Reading this page to the end of your section takes three minutes; a wrong failover takes a day.",
      ...found.map((loss) => {
        const heading = headingOf(loss);
        return `**${loss.lost} is lost?** Go to [${heading}](#${anchor(heading)}): ${loss.heir} takes over.`;
      }),
      ...(found.length === 0
        ? [
            "**No region can take over from another.** Losing one means waiting for it or restoring from backup.",
          ]
        : []),
      "**Wrong data, but every region answers?** That is not a failover: the error is in every copy. Go to [If data is wrong](#if-data-is-wrong).",
      "A step marked **POINT OF NO RETURN** is done only after somebody else has read it too.",
    ]),
    needs(facts, secrets),
  );
}

function needs({ services, traffic }: RunbookFacts, secrets: readonly string[]): string {
  const azure = traffic?.kind === "traffic-manager" || services.some(({ kind }) => kind === "cosmos/sql");
  return blocks(
    "You need, in an empty directory of a machine outside the regions:",
    bullets([
      "this repository, `meridian` and `git`",
      ...secrets.map((secret) => `the secret \`${secret}\` saved as the file \`${secret}\``),
      ...(azure ? ["`az`, signed in to the platform's subscription (`az account show`)"] : []),
      ...(traffic?.kind === "cloudflare-load-balancer"
        ? ["`CLOUDFLARE_API_TOKEN` and `CLOUDFLARE_ACCOUNT_ID` in the environment, `jq`"]
        : []),
      ...(services.some(({ kind }) => kind === "mongodb/community")
        ? ["`mongosh`, and `MONGODB_ADMIN=user:password` of a cluster administrator in the environment"]
        : []),
    ]),
  );
}

function regionsSection({ regions, traffic }: Topology, facts: RunbookFacts): string {
  const share = (name: string): string => `${traffic.find(({ region }) => region === name)?.percent ?? 0} %`;
  return blocks(
    "## Regions",
    table(
      ["Region", "Role", "Traffic", "Asked for its health at"],
      regions.map((region) => [
        nameOf(region),
        region.role,
        share(region.name),
        regionFacts(facts, region.name).health.join(" ") || "not reachable from outside",
      ]),
    ),
  );
}

function ownersSection({ cells, replication }: Topology): string {
  const flows = replication.map(
    ({ service, engine, from, to, mode, direction }) =>
      `${service} (${engine}): ${from} ${direction === "two-way" ? "⇄" : "→"} ${to}, ${mode}`,
  );
  return blocks(
    "## Who owns the writes",
    table(
      ["Cell", "Writes", "Epoch", "Stands by", "Reads only"],
      cells.map(({ name, writers, standbys, readers }) => [
        name,
        list(writers.map(({ region }) => region)),
        String(Math.max(...writers.map(({ epoch }) => epoch), 0)),
        standbys.length === 0 ? "nobody" : list(standbys),
        readers.length === 0 ? "nobody" : list(readers),
      ]),
    ),
    "The epoch rises by one with every change of the writer. Whatever still works under an older one is wrong, even if it answers.",
    flows.length === 0 ? "No data flows between regions." : blocks("Data flows:", bullets(flows)),
  );
}

const FAULTS = {
  component: "An instance or a zone is lost",
  region: "A region is lost",
  corruption: "Data is wrong",
} as const;

function objectivesSection({ objectives }: Topology, { availability }: RunbookFacts): string {
  const rows = objectives.map(({ fault, rpo, rto }) => [FAULTS[fault], sayDuration(rpo), sayDuration(rto)]);
  return blocks(
    "## Objectives",
    rows.length === 0
      ? "The manifest sets none."
      : table(["Fault", "Data that may be lost (RPO)", "Time until it works again (RTO)"], rows),
    availability === undefined
      ? ""
      : `Availability ${availability} %: ${sayDuration(budgetMinutes(availability) * 60)} of a 30-day month may be down, all incidents together.`,
  );
}

function detectionSection({ objectives }: Topology, { failover }: RunbookFacts): string {
  const total = regionLossSeconds(failover);
  const rto = objectives.find(({ fault }) => fault === "region")?.rto;
  const verdict =
    rto === undefined
      ? ""
      : total <= rto
        ? ` That is ${sayDuration(rto - total)} less than the objective of ${sayDuration(rto)}.`
        : ` **That misses the objective of ${sayDuration(rto)} by ${sayDuration(total - rto)}.**`;
  return blocks(
    "## How long it takes",
    phasesOf(failover)
      .map(({ text }) => text)
      .join(" + ") + ` = **${sayDuration(total)}**.${verdict}`,
    `A probe that hangs adds its timeout of ${sayDuration(failover.detection.timeout)}.`,
  );
}

const numbered = (steps: readonly Step[]): readonly string[] =>
  steps.map((step, index) => stepBlock(step, index + 1));

const headingOf = ({ lost, cell, topology }: Loss): string =>
  `If ${lost} is lost${topology.cells.length === 1 ? "" : ` (cell ${cell.name})`}`;

/** What the heir is before anybody does anything. */
function takesOver({ facts, cell, lost, heir }: Loss): string {
  if (cell.writers.length > 1) return `${heir} takes over. It takes writes already.`;
  const open = facts.services.filter((service) => service.kind === "cosmos/sql" && service.multiRegionWrites);
  return open.length === 0
    ? `${heir} takes over. It takes no writes until it is promoted.`
    : `${heir} takes over. ${list(open.map(({ name }) => name))} takes writes in every region: only routing keeps them in ${lost}.`;
}

function lossSection(loss: Loss): string {
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
function bystanders(topology: Topology, facts: RunbookFacts): readonly string[] {
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

const contactsSection = ({ contacts }: RunbookFacts): string =>
  blocks(
    "## People and alerts",
    contacts.length === 0
      ? "The manifest names nobody (`spec.alerts.channels`). Fix that first."
      : table(
          ["Channel", "Kind", "Where"],
          contacts.map(({ name, kind, target }) => [name, kind, target]),
        ),
  );
