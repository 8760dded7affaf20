/**
 * Routing: which region one request goes to.
 *
 * Pure. The law comes first: what is not lawful for a workspace is never a candidate, so no country,
 * preference, health or header can bring it back. Then ownership decides writes, and nearness reads.
 */
import {
  epochOf,
  type RoutingCell,
  type RoutingEntry,
  routingShard,
} from "../../../automation/fleet/specs/cloudflare/routing-table";
import { regionFor } from "./country";
import type { Decision, Refusal, RefusalCode, RegionView, RequestFacts, RouterState } from "./decision";
import type { IndexedTable } from "./index-table";

const WELL: RegionView = { down: false, share: 1, open: false };

/** One request on its way to a decision. */
interface Question {
  readonly facts: RequestFacts;
  readonly index: IndexedTable;
  readonly entry: RoutingEntry | undefined;
  readonly state: RouterState;
  readonly cell: RoutingCell;
  /** The region that geography says. */
  readonly near: string;
}

/** Where a request goes, or why it goes nowhere. `entry` is the table's row of the request's workspace. */
export function route(
  facts: RequestFacts,
  index: IndexedTable,
  entry: RoutingEntry | undefined,
  state: RouterState,
): Decision {
  if (facts.workspace !== undefined && entry === undefined) {
    return refuse(404, "unknown-workspace", "no workspace of that name");
  }
  const near = regionFor(index.table, facts.country);
  const cell = entry === undefined ? index.cellAt.get(near) : index.cells.get(entry.cell);
  if (cell === undefined) {
    return refuse(503, "no-owner", "nobody owns these writes now", index.table.retryAfter);
  }
  const question = { facts, index, entry, state, cell, near };
  return facts.kind === "write" || facts.strong ? toOwner(question) : toNearest(question);
}

function toOwner(question: Question): Decision {
  const { cell, facts, index, state } = question;
  const { retryAfter } = index.table;
  if (facts.kind === "write" && epochOf(cell) < (state.epochs.get(cell.name) ?? 0)) {
    return refuse(503, "stale-table", "writes have moved on, and where to is not known here yet", retryAfter);
  }
  const all = cell.writers.map(({ region }) => region);
  if (all.length === 0) return refuse(503, "no-owner", "nobody owns these writes now", retryAfter);
  const owners = lawful(question, all);
  if (owners.length === 0) {
    return refuse(
      421,
      "outside-jurisdiction",
      "who owns these writes is outside the jurisdictions of this data",
    );
  }
  const asked = ranked(question, owners).filter((region) => {
    const { down, open } = viewOf(question, region);
    return !open && (!down || allDown(question));
  });
  const [region] = asked;
  if (region === undefined) {
    return refuse(503, "no-owner", "the owner of these writes does not answer now", retryAfter);
  }
  return forward(question, region, []);
}

function toNearest(question: Question): Decision {
  const { cell, entry, index } = question;
  const serving = [...cell.writers.map(({ region }) => region), ...(entry?.replicas ?? cell.readers)];
  const first = lawful(question, entry === undefined ? serving : [entry.home, ...serving]);
  const last = lawful(question, cell.standbys).filter((region) => !first.includes(region));
  if (first.length + last.length === 0) {
    return refuse(421, "outside-jurisdiction", "no region inside the jurisdictions of this data has it");
  }
  const [region, ...others] = [...ranked(question, first), ...ranked(question, last)]
    .filter((name) => !viewOf(question, name).open)
    .sort((a, b) => trouble(question, a) - trouble(question, b));
  if (region === undefined) {
    return refuse(503, "no-region", "no region with this data answers now", index.table.retryAfter);
  }
  return forward(question, region, others.slice(0, index.table.retries));
}

/** Of the regions, those the table has and the workspace's jurisdictions allow; each once. */
function lawful({ entry, index }: Question, regions: readonly string[]): readonly string[] {
  const allowed = entry?.lawful ?? index.table.lawful;
  return [...new Set(regions)].filter((region) => index.regions.has(region) && allowed.includes(region));
}

/** A tenant's preference first; then the region geography says; then the nearest to that one. */
function ranked({ entry, facts, index, near }: Question, regions: readonly string[]): readonly string[] {
  if (regions.length < 2) return regions;
  const { tenantPreference } = index.table;
  const isWrite = facts.kind === "write";
  // Writes go where the data is at home; so do the reads of somebody whose place is unknown.
  const centre = entry !== undefined && (isWrite || facts.country === undefined) ? entry.home : near;
  const preferred = isWrite || !tenantPreference ? undefined : entry?.preferred;
  const order = [
    ...(preferred === undefined ? [] : [preferred]),
    centre,
    ...(index.regions.get(centre)?.nearest ?? []),
  ];
  const rank = (region: string): number => {
    const at = order.indexOf(region);
    return at < 0 ? order.length : at;
  };
  return [...regions].sort((a, b) => rank(a) - rank(b));
}

const viewOf = ({ state }: Question, region: string): RegionView => state.regions.get(region) ?? WELL;

/** When every region looks down, it is the look-out that is: it is not believed. */
const allDown = ({ index, state }: Question): boolean =>
  index.table.regions.every(({ name }) => state.regions.get(name)?.down === true);

/** 0: take it; 1: its copy is too far behind; 2: it is coming back; 3: down as far as anybody knows. */
function trouble(question: Question, region: string): number {
  const { down, lag, share } = viewOf(question, region);
  const { maximumLag } = question.index.table.health;
  if (down) return 3;
  if (share < 1 && bucketOf(question.facts.key) >= share) return 2;
  const owner = question.cell.writers.some((writer) => writer.region === region);
  return !owner && maximumLag !== undefined && lag !== undefined && lag > maximumLag ? 1 : 0;
}

const BUCKETS = 64;

/** 0 to 1, always the same for one key. */
const bucketOf = (key: string): number => routingShard(key, BUCKETS) / BUCKETS;

const forward = (question: Question, region: string, also: readonly string[]): Decision => ({
  kind: "forward",
  region,
  also,
  cell: question.cell.name,
  epoch: epochOf(question.cell),
  owners: question.cell.writers.map((writer) => writer.region),
  failStatic: viewOf(question, region).down,
});

/** A refusal; one that can pass says when to come back. */
export const refuse = (
  status: Refusal["status"],
  code: RefusalCode,
  message: string,
  retryAfter?: number,
): Refusal => ({
  kind: "refuse",
  status,
  code,
  message,
  ...(retryAfter === undefined ? {} : { retryAfter }),
});
