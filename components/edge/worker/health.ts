/** Health with hysteresis: a region is not believed down or up for one probe's sake. Times in seconds. */
import type { RoutingHealth } from "../../../automation/fleet/specs/cloudflare/routing-table";

export interface RegionHealth {
  readonly down: boolean;
  /** Probes in a row that said otherwise. */
  readonly against: number;
  /** When it was last found to be up again; absent when it never was down. */
  readonly upSince?: number;
  readonly lag?: number;
}

export interface HealthSnapshot {
  readonly at: number;
  readonly regions: Readonly<Record<string, RegionHealth>>;
}

export interface Probe {
  readonly ok: boolean;
  readonly lag?: number;
}

type Settings = Pick<RoutingHealth, "failures" | "interval" | "ramp" | "successes" | "wait">;

/** What one more probe makes of a region. */
export function observe(
  before: RegionHealth | undefined,
  { ok, lag }: Probe,
  now: number,
  { failures, successes }: Settings,
): RegionHealth {
  const { down = false, against = 0, upSince } = before ?? {};
  const behind = lag === undefined ? {} : { lag };
  const since = upSince === undefined ? {} : { upSince };
  if (ok !== down) return { down, against: 0, ...since, ...behind };
  const count = against + 1;
  if (count < (down ? successes : failures)) return { down, against: count, ...since, ...behind };
  return down ? { down: false, against: 0, upSince: now, ...behind } : { down: true, against: 0, ...behind };
}

/** How much of its own requests a region takes: none until it was well for `wait`, then more and more. */
export function shareOf({ down, upSince }: RegionHealth, now: number, { wait, ramp }: Settings): number {
  if (down) return 0;
  if (upSince === undefined) return 1;
  const back = now - upSince - wait;
  if (back < 0) return 0;
  return ramp === 0 ? 1 : Math.min(1, back / ramp);
}

/** Health that nobody has looked at for long says nothing. */
export const isCurrent = ({ at }: HealthSnapshot, now: number, { interval }: Settings): boolean =>
  now - at <= Math.max(4 * interval, 180);
