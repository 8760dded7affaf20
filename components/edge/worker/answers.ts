import type { Forward, Refusal } from "./decision";

/** A refusal as the client sees it: RFC 9457, never cached. */
export function refusal({
  status,
  code,
  message,
  retryAfter,
}: Omit<Refusal, "status" | "code"> & {
  readonly status: number;
  readonly code: string;
}): Response {
  const headers: Record<string, string> = {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
  };
  if (retryAfter !== undefined) headers["retry-after"] = String(retryAfter);
  const problem = { type: `urn:meridian:edge:${code}`, title: message, status, code };
  return new Response(JSON.stringify(problem), { status, headers });
}

/** Nobody could be reached, or not in time; what was asked may have been done. */
export const failed = (timedOut: boolean, retryAfter: number): Response =>
  refusal({
    kind: "refuse",
    status: timedOut ? 504 : 502,
    code: timedOut ? "origin-timeout" : "origin-unreachable",
    message: timedOut ? "the region did not answer in time" : "the region could not be reached",
    retryAfter,
  });

/** A region's answer, with who gave it; a copy's says that it may be behind, and by how much. */
export function answered(
  response: Response,
  decision: Forward,
  region: string,
  probedLag: number | undefined,
): Response {
  // A WebSocket cannot be wrapped.
  if (response.status === 101) return response;
  const wrapped = new Response(response.body, response);
  const { headers } = wrapped;
  const epoch = String(decision.epoch);
  headers.set("meridian-region", region);
  if (!decision.owners.includes(region)) {
    const lag = headers.get("meridian-lag") ?? (probedLag === undefined ? "unknown" : String(probedLag));
    headers.set("meridian-warning", `eventual-consistency; region=${region}; lag=${lag}; epoch=${epoch}`);
  }
  headers.set("meridian-epoch", epoch);
  return wrapped;
}
