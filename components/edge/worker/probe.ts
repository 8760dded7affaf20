/** Probes every region and writes what it finds beside the table. */
import {
  HEALTH_KEY,
  type RoutingTable,
  TABLE_KEY,
} from "../../../automation/fleet/specs/cloudflare/routing-table";
import { type HealthSnapshot, observe, type Probe, type RegionHealth } from "./health";
import { parseHealth, parseTable } from "./parse-table";
import type { KvStore } from "./store";

const MINUTE = 60;

async function probe(origin: string, { health }: RoutingTable): Promise<Probe> {
  try {
    const signal = AbortSignal.timeout(health.timeout * 1_000);
    const response = await fetch(`${origin}${health.path}`, { redirect: "manual", signal });
    await response.body?.cancel();
    const lag = Number.parseFloat(response.headers.get("meridian-lag") ?? "");
    return { ok: response.status === 200, ...(Number.isFinite(lag) && lag >= 0 ? { lag } : {}) };
  } catch {
    return { ok: false };
  }
}

async function round(table: RoutingTable, before: HealthSnapshot | undefined): Promise<HealthSnapshot> {
  const found = await Promise.all(table.regions.map(async ({ origin }) => probe(origin, table)));
  const at = Date.now() / 1000;
  const regions = table.regions.map(({ name }, index): readonly [string, RegionHealth] => [
    name,
    observe(before?.regions[name], found[index] ?? { ok: false }, at, table.health),
  ]);
  return { at, regions: Object.fromEntries(regions) };
}

/** One minute of probes: Cloudflare starts it each minute, and the interval may be shorter. */
export async function probeRegions(kv: KvStore, wait: (seconds: number) => Promise<void>): Promise<void> {
  const table = parseTable(await kv.get(TABLE_KEY));
  if (table === undefined) return;
  const { interval } = table.health;
  const rounds = Math.max(1, Math.floor(MINUTE / Math.max(interval, 1)));
  let health = parseHealth(await kv.get(HEALTH_KEY));
  for (let done = 0; done < rounds; done += 1) {
    if (done > 0) await wait(interval);
    health = await round(table, health);
    await kv.put(HEALTH_KEY, JSON.stringify(health));
  }
}
