/** What one isolate knows and does: decides by the table it holds, forwards, and learns from the answers. */
import type { RoutingEntry, RoutingTable } from "../../../automation/fleet/specs/cloudflare/routing-table";
import { refusal } from "./answers";
import { type Circuit, CLOSED, isOpen, settled, tried } from "./breaker";
import type { Decision, Forward, RegionView, RequestFacts, RouterState } from "./decision";
import { factsOf, type RequestLine } from "./facts";
import { type Exchange, forward } from "./forward";
import { type HealthSnapshot, isCurrent, shareOf } from "./health";
import type { Later } from "./held";
import type { IndexedTable } from "./index-table";
import { platformOf, type Proofs } from "./platform";
import { refuse, route } from "./route";
import { type KvStore, RoutingStore } from "./store";

/** What Cloudflare says of a request that came to its edge. */
export interface EdgeFacts {
  readonly country?: string;
}

interface Line extends RequestLine {
  /** Path and query. */
  readonly target: string;
}

const NOBODY_KNOWN: ReadonlyMap<string, RegionView> = new Map();
const NO_TABLE_WAIT = 5;

export class Router {
  readonly #store: RoutingStore;
  readonly #proofs: Proofs;
  readonly #circuits = new Map<string, Circuit>();
  /** Highest epoch of a cell that an owner answered under. */
  readonly #heard = new Map<string, number>();

  constructor(kv: KvStore, proofs: Proofs) {
    this.#store = new RoutingStore(kv);
    this.#proofs = proofs;
  }

  async handle(request: Request, edge: EdgeFacts | undefined, later: Later): Promise<Response> {
    const now = Date.now() / 1000;
    const index = this.#store.table.fresh(now) ?? (await this.#store.table.get(now, later));
    if (index === undefined) {
      return refusal(refuse(503, "no-table", "no routing table can be had", NO_TABLE_WAIT));
    }
    const line = this.#lineOf(request, edge);
    const facts = factsOf(line, index.table);
    if ("status" in facts) return refusal(facts);
    const decision = await this.#decide(facts, index, now, later);
    if (decision.kind === "refuse") return refusal(decision);
    const url = new URL(request.url);
    return forward(
      request,
      `${url.pathname}${url.search}`,
      decision,
      this.#exchange(line, facts, index, later),
    );
  }

  #lineOf(request: Request, edge: EdgeFacts | undefined): Line {
    const url = new URL(request.url);
    const own = (name: string) => request.headers.get(name);
    const platform = platformOf(own, this.#proofs, edge !== undefined);
    const country = platform === "cloudflare" ? edge?.country : undefined;
    return {
      method: request.method,
      host: url.hostname,
      path: url.pathname,
      platform,
      target: `${url.pathname}${url.search}`,
      // What Cloudflare knows itself wins over a header that it was not told to set.
      header: country === undefined ? own : (name) => (name === "cf-ipcountry" ? country : own(name)),
    };
  }

  async #decide(facts: RequestFacts, index: IndexedTable, now: number, later: Later): Promise<Decision> {
    const { workspace } = facts;
    const held = workspace === undefined ? undefined : this.#store.freshEntry(index, workspace, now);
    const entry = held ?? (await this.#entryOf(facts, index, now, later));
    if (entry === "missing") {
      return refuse(
        503,
        "no-table",
        "the part of the table that has this workspace cannot be had",
        NO_TABLE_WAIT,
      );
    }
    const health = this.#store.health.fresh(now) ?? (await this.#store.health.get(now, later));
    return route(facts, index, entry, this.#state(index.table, health, now));
  }

  async #entryOf(
    { workspace }: RequestFacts,
    index: IndexedTable,
    now: number,
    later: Later,
  ): Promise<RoutingEntry | "missing" | undefined> {
    if (workspace === undefined) return undefined;
    const held = await this.#store.entry(index, workspace, now, later);
    return held ?? this.#store.entryAfresh(index, workspace, now, later);
  }

  #state(table: RoutingTable, health: HealthSnapshot | undefined, now: number): RouterState {
    const known = health !== undefined && isCurrent(health, now, table.health) ? health.regions : undefined;
    if (known === undefined && this.#circuits.size === 0) {
      return { regions: NOBODY_KNOWN, epochs: this.#heard };
    }
    const regions = new Map<string, RegionView>();
    for (const { name } of table.regions) {
      const probed = known !== undefined && Object.hasOwn(known, name) ? known[name] : undefined;
      regions.set(name, {
        down: probed?.down ?? false,
        share: probed === undefined ? 1 : shareOf(probed, now, table.health),
        open: isOpen(this.#circuits.get(name) ?? CLOSED, now),
        ...(probed?.lag === undefined ? {} : { lag: probed.lag }),
      });
    }
    return { regions, epochs: this.#heard };
  }

  #exchange(line: RequestLine, facts: RequestFacts, index: IndexedTable, later: Later): Exchange {
    const { table } = index;
    return {
      facts,
      host: line.host,
      platform: line.platform,
      table,
      originOf: (region) => index.regions.get(region)?.origin,
      lagOf: (region) => this.#store.health.peek()?.regions[region]?.lag,
      begin: (region) => {
        const circuit = this.#circuits.get(region);
        if (circuit === undefined) return;
        this.#circuits.set(region, tried(circuit, Date.now() / 1000, table.breaker));
      },
      end: (region, ok) => {
        const circuit = this.#circuits.get(region);
        if (ok && circuit === undefined) return;
        const after = settled(circuit ?? CLOSED, ok, Date.now() / 1000, table.breaker);
        if (after === CLOSED) this.#circuits.delete(region);
        else this.#circuits.set(region, after);
      },
      hear: (decision, epoch) => this.#hear(decision, epoch, later),
    };
  }

  /** An owner of a later epoch than the table's: the table is from before a failover. */
  #hear({ cell }: Forward, epoch: number, later: Later): void {
    if (epoch <= (this.#heard.get(cell) ?? 0)) return;
    this.#heard.set(cell, epoch);
    later(this.#store.table.again(Date.now() / 1000));
  }
}
