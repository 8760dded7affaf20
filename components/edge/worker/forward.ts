/** Sends a request to its region, and an idempotent read to one more when that fails. */
import type { CountryPlatform, RoutingTable } from "../../../automation/fleet/specs/cloudflare/routing-table";
import { answered, failed } from "./answers";
import type { Forward, RequestFacts } from "./decision";
import { WORKSPACE_HEADER } from "./facts";
import { PROOF_HEADER } from "./platform";

/** What a forwarded request is sent with, and whom its outcome is told. */
export interface Exchange {
  /** As the client asked for it. */
  readonly host: string;
  readonly facts: RequestFacts;
  readonly platform: CountryPlatform | undefined;
  readonly table: RoutingTable;
  readonly originOf: (region: string) => string | undefined;
  readonly lagOf: (region: string) => number | undefined;
  readonly begin: (region: string) => void;
  readonly end: (region: string, ok: boolean) => void;
  readonly hear: (decision: Forward, epoch: number) => void;
}

interface Attempt {
  readonly region: string;
  readonly response?: Response;
  readonly timedOut: boolean;
}

/** Not implemented and HTTP version: the same everywhere. */
const isFailure = (status: number): boolean => status >= 500 && status !== 501 && status !== 505;

export async function forward(
  request: Request,
  path: string,
  decision: Forward,
  exchange: Exchange,
): Promise<Response> {
  // Writes are never sent twice: the first may have been done.
  const regions = exchange.facts.kind === "read" ? [decision.region, ...decision.also] : [decision.region];
  let last: Attempt | undefined;
  for (const region of regions) {
    const next = await attempt(request, path, region, decision, exchange);
    const isGood = next.response !== undefined && !isFailure(next.response.status);
    // An answer that says what is wrong is better than none.
    if (isGood || next.response !== undefined || last?.response === undefined) {
      await last?.response?.body?.cancel();
      last = next;
    }
    if (isGood) break;
  }
  if (last?.response === undefined) return failed(last?.timedOut ?? false, exchange.table.retryAfter);
  hearEpoch(last.response, decision, exchange);
  return answered(last.response, decision, last.region, exchange.lagOf(last.region));
}

async function attempt(
  request: Request,
  path: string,
  region: string,
  decision: Forward,
  exchange: Exchange,
): Promise<Attempt> {
  const { begin, end, facts, table } = exchange;
  const stop = new AbortController();
  const isRead = facts.kind === "read";
  const timer = isRead ? setTimeout(() => stop.abort(), table.health.timeout * 1_000) : undefined;
  begin(region);
  try {
    const sent = outgoing(request, path, region, decision, exchange);
    const response = await (isRead ? fetch(sent, { signal: stop.signal }) : fetch(sent));
    end(region, !isFailure(response.status));
    return { region, response, timedOut: false };
  } catch {
    end(region, false);
    return { region, timedOut: stop.signal.aborted };
  } finally {
    clearTimeout(timer);
  }
}

/** As it came, but for what the router says itself: nobody else may say it. */
function outgoing(
  request: Request,
  path: string,
  region: string,
  { cell, epoch }: Forward,
  { facts, host, originOf, platform, table }: Exchange,
): Request {
  const sent = new Request(`${originOf(region) ?? ""}${path}`, request);
  const { headers } = sent;
  headers.delete(PROOF_HEADER);
  for (const { header, platform: sender } of table.countryHeaders) {
    if (sender !== platform) headers.delete(header);
  }
  headers.set("x-forwarded-host", host);
  headers.set("meridian-region", region);
  headers.set("meridian-cell", cell);
  headers.set("meridian-epoch", String(epoch));
  if (facts.workspace !== undefined) headers.set(WORKSPACE_HEADER, facts.workspace);
  return sent;
}

/** Every region of a cell knows under which epoch it lives; a copy learns it from its owner. */
function hearEpoch(response: Response, decision: Forward, { hear }: Exchange): void {
  const epoch = Number(response.headers.get("meridian-epoch") ?? 0);
  if (Number.isSafeInteger(epoch) && epoch > decision.epoch) hear(decision, epoch);
}
