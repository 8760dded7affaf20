/** A region's circuit in one isolate: opens after errors in a row, then lets one request try. Seconds. */
import type { RoutingTable } from "../../../automation/fleet/specs/cloudflare/routing-table";

export interface Circuit {
  readonly failures: number;
  /** 0 while it is closed. */
  readonly openUntil: number;
}

export const CLOSED: Circuit = { failures: 0, openUntil: 0 };

/** Whether the region is left alone now. */
export const isOpen = ({ openUntil }: Circuit, now: number): boolean => now < openUntil;

/** What an answer, or none, makes of a circuit. */
export function settled(
  before: Circuit,
  ok: boolean,
  now: number,
  settings: RoutingTable["breaker"],
): Circuit {
  if (ok) return CLOSED;
  const failures = before.failures + 1;
  return { failures, openUntil: failures >= settings.failures ? now + settings.cooldown : 0 };
}

/** A half-open circuit lets one request through and is open to the others until that one is settled. */
export const tried = (before: Circuit, now: number, { cooldown }: RoutingTable["breaker"]): Circuit =>
  before.openUntil === 0 ? before : { ...before, openUntil: now + cooldown };
