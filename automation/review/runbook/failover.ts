/** The steps of a failover and of the way back, in the order that loses least. */
import type { Cell, Topology } from "../../fleet/topology";
import { sayDuration } from "../../manifest/rules/say-duration";
import type { RunbookFacts } from "./facts";
import { serviceSteps } from "./service-steps";
import { postgresFailback } from "./steps-postgres";
import { askEveryRegion, rerouteSteps, returnSteps } from "./steps-traffic";
import { applyCommands, isApplied, LOOK, type Loss, type Step } from "./step";

/** Who takes over a cell when `lost` is gone: another writer, its standby, a reader; undefined when nobody can. */
export function heirOf(cell: Cell, lost: string): string | undefined {
  const order = [...cell.writers.map(({ region }) => region), ...cell.standbys, ...cell.readers];
  return order.find((region) => region !== lost);
}

/** Losses that move the writes of a cell. */
export const losses = (topology: Topology, facts: RunbookFacts): readonly Loss[] =>
  topology.cells.flatMap((cell) =>
    cell.writers.flatMap(({ region: lost }): readonly Loss[] => {
      const heir = heirOf(cell, lost);
      return heir === undefined ? [] : [{ topology, facts, cell, lost, heir }];
    }),
  );

export const nextEpoch = ({ writers }: Cell): number => Math.max(...writers.map(({ epoch }) => epoch), 0) + 1;

/** Every step of one failover. */
export function failoverSteps(loss: Loss): readonly Step[] {
  const services = loss.facts.services.map((service) => serviceSteps(service, loss));
  return [
    askEveryRegion(loss),
    decide(loss),
    ...record(loss),
    ...services.flatMap(({ fence }) => fence),
    ...services.flatMap(({ promote }) => promote),
    ...(appliesLater(loss) ? [applyDecision(loss)] : []),
    ...services.flatMap(({ verify }) => verify),
    ...rerouteSteps(loss.facts.traffic, loss),
    ...services.flatMap(({ protect }) => protect),
    report(loss),
  ];
}

const isSingleWriter = ({ cell }: Loss): boolean => cell.writers.length === 1;

/** A promoted database was promoted by applying; where nothing is promoted, it has not happened yet. */
const appliesLater = (loss: Loss): boolean =>
  isApplied(loss) &&
  isSingleWriter(loss) &&
  loss.facts.services.every(({ kind }) => kind !== "postgres/cnpg");

function decide({ facts: { failover, traffic }, lost, heir }: Loss): Step {
  const byItself =
    traffic === undefined || traffic.kind === "other"
      ? ""
      : ` Users are already leaving: ${traffic.kind === "traffic-manager" ? "Traffic Manager" : "Cloudflare"} stops sending them to a region that fails its probes.`;
  const people = {
    automatic: "The platform fails over on its own: look at each step below, and do what has not happened.",
    "semi-automatic": "A person decides; what the edge does on its own is said below.",
    manual: "A person decides, and a person does every step.",
  }[failover.mode];
  return {
    title: `Decide: ${heir} takes over from ${lost}, or wait`,
    before: `${lost} is lost for more than ${sayDuration(failover.detection.failures * failover.detection.interval)}, seen from two networks. ${people}`,
    commands: [],
    expect: `A name and a time in the incident channel. Waiting is right when ${lost} is expected back sooner than the failover takes (see the arithmetic above).${byItself}`,
    way: LOOK,
  };
}

function record(loss: Loss): readonly Step[] {
  if (!isSingleWriter(loss)) return [];
  const { facts, cell, heir, topology } = loss;
  const epoch = nextEpoch(cell);
  return [
    {
      title: `Write the decision down: ${heir} owns the writes, epoch ${epoch}`,
      before: "The decision is made. Nobody has raised the epoch since the table above: `git pull` first.",
      commands: [
        `git pull`,
        `# ${facts.manifest}: set primary: { region: ${heir}, epoch: ${epoch} } in ${cellPlace(topology, cell)}`,
        `meridian validate`,
        `git commit --all --message "${topology.platform}: ${heir} takes over, epoch ${epoch}" && git push`,
      ],
      expect: `\`meridian plan ${topology.platform}\` shows ${heir} as the writer. If the forge is down too, commit locally and push later: nothing below needs it.`,
      way: {
        kind: "reversible",
        undo: "`git revert HEAD && git push`, as long as nothing has been applied.",
      },
    },
  ];
}

const cellPlace = (topology: Topology, cell: Cell): string =>
  topology.cells.length === 1 ? "spec" : `the writers of spec.cells "${cell.name}"`;

const applyDecision = (loss: Loss): Step => {
  const { heir, lost } = loss;
  return {
    title: `Apply it`,
    before: "The commit above is the newest, and the services above take writes.",
    commands: applyCommands(loss),
    expect: `Applications in ${heir} run as the primary. The stack of ${lost} fails while it is lost, and stacks that wait for it are skipped; that is expected: apply again when it is back.`,
    way: { kind: "reversible", undo: "Revert the commit and apply again." },
  };
};

const report = ({ facts, heir }: Loss): Step => ({
  title: "Say that it is over",
  before: `Users have been served by ${heir} for ${sayDuration(facts.failover.cooldown)} without new errors.`,
  commands: [],
  expect: `Told: ${facts.contacts.map(({ name, target }) => `${name} (${target})`).join(", ") || "everybody on call"}. When it broke, when it was well, what was lost. The numbers go into the incident's record, next to the objectives.`,
  way: LOOK,
});

/** The way back: always planned, never in a hurry. */
export function failbackSteps(loss: Loss): readonly Step[] {
  const { facts, lost, heir, topology, cell } = loss;
  const { failback } = facts.failover;
  const epoch = nextEpoch(cell) + 1;
  const single = isSingleWriter(loss);
  return [
    {
      title: `Wait until ${lost} stays well`,
      before: `${lost} answers its health check.`,
      commands: askEveryRegion(loss).commands,
      expect: `${sayDuration(failback.wait)} without a failure. ${failback.mode === "manual" ? "Nothing returns on its own." : "The platform returns on its own after that: watch it."}`,
      way: LOOK,
    },
    ...facts.services.flatMap((service) =>
      service.kind === "postgres/cnpg" ? postgresFailback(service, loss) : [],
    ),
    ...(single
      ? [
          {
            title: `Write it down: ${lost} owns the writes again, epoch ${epoch}`,
            before: `The data in ${lost} is as new as in ${heir}.`,
            commands: [
              `# ${facts.manifest}: set primary: { region: ${lost}, epoch: ${epoch} } in ${cellPlace(topology, cell)}`,
              `git commit --all --message "${topology.platform}: back to ${lost}, epoch ${epoch}" && git push`,
              ...applyCommands(loss),
            ],
            expect: isApplied(loss)
              ? `\`meridian preview ${topology.platform} --target cloud\` has nothing left to do.`
              : `${lost} takes writes again.`,
            way: { kind: "reversible" as const, undo: "Revert the commit and apply again." },
          },
        ]
      : []),
    ...returnSteps(facts.traffic, loss),
  ];
}
