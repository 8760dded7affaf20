/** The routing table as one isolate holds it: head, shards and health, each read from KV by itself. */
import {
  epochOf,
  HEALTH_KEY,
  type RoutingEntry,
  routingShard,
  type RoutingShard,
  shardKey,
  TABLE_KEY,
} from "../../../automation/fleet/specs/cloudflare/routing-table";
import type { HealthSnapshot } from "./health";
import { Held, type Later } from "./held";
import { type IndexedTable, indexTable } from "./index-table";
import { parseHealth, parseShard, parseTable } from "./parse-table";

/** What the router asks of Workers KV. */
export interface KvStore {
  readonly get: (key: string) => Promise<string | null>;
  readonly put: (key: string, value: string) => Promise<void>;
}

const TABLE_FRESH = 15;
const HEALTH_FRESH = 5;

/** Of a cell's epoch that is lower than the one held: a table from before a failover. */
function isOlder(next: Readonly<Record<string, number>>, held: Readonly<Record<string, number>>): boolean {
  return Object.entries(next).some(([cell, epoch]) => epoch < (held[cell] ?? 0));
}

const epochsOf = ({ table }: IndexedTable): Readonly<Record<string, number>> =>
  Object.fromEntries(table.cells.map((cell) => [cell.name, epochOf(cell)]));

export class RoutingStore {
  readonly table: Held<IndexedTable>;
  readonly health: Held<HealthSnapshot>;
  readonly #shards = new Map<number, Held<RoutingShard>>();
  readonly #kv: KvStore;

  constructor(kv: KvStore) {
    this.#kv = kv;
    this.table = new Held(TABLE_FRESH, async (held) => {
      const table = parseTable(await kv.get(TABLE_KEY));
      if (table === undefined) return undefined;
      const next = indexTable(table);
      return held !== undefined && isOlder(epochsOf(next), epochsOf(held)) ? undefined : next;
    });
    this.health = new Held(HEALTH_FRESH, async () => parseHealth(await kv.get(HEALTH_KEY)), "may-be-absent");
  }

  /** The workspace's row when its shard is at hand and has it. */
  freshEntry({ table }: IndexedTable, workspace: string, now: number): RoutingEntry | undefined {
    const rows = this.#shard(routingShard(workspace, table.shards)).fresh(now)?.workspaces;
    return rows !== undefined && Object.hasOwn(rows, workspace) ? rows[workspace] : undefined;
  }

  /** The workspace's row; undefined when no table names it, `missing` when its shard cannot be had. */
  async entry(
    { table }: IndexedTable,
    workspace: string,
    now: number,
    later: Later,
  ): Promise<RoutingEntry | "missing" | undefined> {
    const shard = await this.#shard(routingShard(workspace, table.shards)).get(now, later);
    if (shard === undefined) return "missing";
    return Object.hasOwn(shard.workspaces, workspace) ? shard.workspaces[workspace] : undefined;
  }

  /** A workspace may be newer than what is held: its shard is read again before it counts as unknown. */
  async entryAfresh(
    index: IndexedTable,
    workspace: string,
    now: number,
    later: Later,
  ): Promise<RoutingEntry | "missing" | undefined> {
    const shard = this.#shard(routingShard(workspace, index.table.shards));
    await shard.again(now);
    return this.entry(index, workspace, now, later);
  }

  #shard(number: number): Held<RoutingShard> {
    const known = this.#shards.get(number);
    if (known !== undefined) return known;
    const shard = new Held<RoutingShard>(TABLE_FRESH, async (held) => {
      const next = parseShard(await this.#kv.get(shardKey(number)));
      return next !== undefined && held !== undefined && isOlder(next.epochs, held.epochs) ? undefined : next;
    });
    this.#shards.set(number, shard);
    return shard;
  }
}
