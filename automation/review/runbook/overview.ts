/** What a runbook says before anything is lost: where to go, what is where, what was promised. */
import { budgetMinutes } from "../../fleet/specs/azure/error-budget";
import type { Topology, TopologyRegion } from "../../fleet/topology";
import { phasesOf, regionLossSeconds } from "../../manifest/rules/timing";
import { sayDuration } from "../../manifest/rules/say-duration";
import type { RunbookFacts, ServiceFacts } from "./facts";
import { losses } from "./failover";
import { headingOf } from "./loss-section";
import { anchor, blocks, bullets, list, table } from "./markdown";
import { regionFacts } from "./step";

const nameOf = ({ name, city, country }: TopologyRegion): string => `${name} (${city}, ${country})`;

/** The first screen: which section, and what to have at hand. */
export function startHere(topology: Topology, facts: RunbookFacts): string {
  const found = losses(topology, facts);
  return blocks(
    facts.unbuilt.length === 0
      ? ""
      : `> Meridian has no components for ${list(facts.unbuilt)} yet, so it applies nothing of this platform. Commands that change the platform's own services are given where they are known; the rest is said in words.`,
    "## Start here",
    bullets([
      "Breathe. Read your section to its end before the first command: a wrong failover costs more than a slow one.",
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
    needs(topology, facts),
  );
}

function needs(topology: Topology, { services, traffic, regions }: RunbookFacts): string {
  const azure = traffic?.kind === "traffic-manager" || services.some(({ kind }) => kind === "cosmos/sql");
  const idle = new Set(topology.regions.flatMap(({ name, role }) => (role === "idle" ? [name] : [])));
  const secrets = regions.flatMap(({ name, kubeconfig }) =>
    kubeconfig === undefined || idle.has(name) ? [] : [kubeconfig],
  );
  return blocks(
    "You need, in a checkout of this repository on a machine outside the regions:",
    bullets([
      "`meridian` and `git`",
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

/** Where each region is and what it does in the steady state. */
export function regionsSection(topology: Topology, facts: RunbookFacts): string {
  const { regions, traffic } = topology;
  const share = (name: string): string => `${traffic.find(({ region }) => region === name)?.percent ?? 0} %`;
  return blocks(
    "## Regions",
    table(
      ["Region", "Role", "Traffic", "Asked for its health at"],
      regions.map((region) => [
        nameOf(region),
        region.role,
        share(region.name),
        regionFacts(facts, region.name).health.join(" ") || "no address of its own in the manifest",
      ]),
    ),
    routingOf(topology, facts),
  );
}

/** Why users are where they are. */
function routingOf(topology: Topology, { traffic }: RunbookFacts): string {
  if (traffic?.kind !== "traffic-manager") return "";
  const owner = topology.cells[0]?.writers[0]?.region ?? "the primary";
  return traffic.routing === "priority"
    ? `Traffic Manager routes by priority: ${owner} takes all users while it answers its health check, and nobody is sent to a passive region because it is nearer.`
    : `Traffic Manager routes by performance: users reach the nearest healthy region, so regions that only stand by have users too. For the primary to take them all, set \`traffic.routing: priority\`.`;
}

/** Who may write, under which epoch. */
export const ownersSection = ({ cells }: Topology): string =>
  blocks(
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
  );

/** Every service of the manifest: where its data flows, and whether this page knows its commands. */
export const servicesSection = (topology: Topology, { services }: RunbookFacts): string =>
  blocks(
    "## Services",
    services.length === 0
      ? "The manifest has none."
      : table(
          ["Service", "Data between regions", "Commands on this page"],
          services.map((service) => [
            service.kind === "other"
              ? `${service.name} (${service.engine})`
              : `${service.name} (${service.kind.split("/")[1] ?? ""})`,
            flowsOf(topology, service),
            service.kind === "other" ? "none: its own documentation" : "yes",
          ]),
        ),
  );

const flowsOf = ({ replication }: Topology, { name }: ServiceFacts): string =>
  replication
    .filter(({ service }) => service === name)
    .map(({ from, to, mode, direction }) => `${from} ${direction === "two-way" ? "⇄" : "→"} ${to} (${mode})`)
    .join("; ") || "none";

const FAULTS = {
  component: "An instance or a zone is lost",
  region: "A region is lost",
  corruption: "Data is wrong",
} as const;

/** What was promised. */
export function objectivesSection({ objectives }: Topology, { availability }: RunbookFacts): string {
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

/** What the phases of a failover add up to, against the promise. */
export function timeSection({ objectives }: Topology, { failover }: RunbookFacts): string {
  const total = regionLossSeconds(failover);
  const rto = objectives.find(({ fault }) => fault === "region")?.rto;
  const verdict =
    rto === undefined
      ? ""
      : total <= rto
        ? ` That is ${sayDuration(rto - total)} less than the objective of ${sayDuration(rto)}.`
        : ` **That misses the objective of ${sayDuration(rto)} by ${sayDuration(total - rto)}.**`;
  const phases = phasesOf(failover)
    .map(({ text }) => text)
    .join(" + ");
  return blocks(
    "## How long it takes",
    `${phases} = **${sayDuration(total)}**.${verdict}`,
    `A probe that hangs adds its timeout of ${sayDuration(failover.detection.timeout)}.`,
  );
}

/** The steps as the platform's owners wrote them: what this page spells out, and what only they know. */
export const ownWordsSection = ({ failover: { steps, failbackSteps } }: RunbookFacts): string =>
  steps.length + failbackSteps.length === 0
    ? ""
    : blocks(
        "## The owners' own words",
        steps.length === 0 ? "" : blocks("Failing over:", bullets(steps)),
        failbackSteps.length === 0 ? "" : blocks("Going back:", bullets(failbackSteps)),
      );

/** Whom to tell. */
export const contactsSection = ({ contacts }: RunbookFacts): string =>
  blocks(
    "## People and alerts",
    contacts.length === 0
      ? "The manifest names nobody (`spec.alerts.channels`). Fix that first."
      : table(
          ["Channel", "Kind", "Where"],
          contacts.map(({ name, kind, target }) => [name, kind, target]),
        ),
  );
