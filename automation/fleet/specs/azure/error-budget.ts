/**
 * Availability as an error budget: how fast it burns decides who is woken.
 *
 * Burning 14.4 times too fast for an hour spends 2 % of a month's budget, 6 times for six hours 5 %,
 * 3 times for a day 10 % (Google, The Site Reliability Workbook, chapter 5).
 */

export interface BurnAlert {
  readonly hours: number;
  /** Times faster than a budget that lasts exactly the month. */
  readonly burn: number;
  /** Availability of the window, in percent, below which it fires. */
  readonly threshold: number;
  /** As Azure counts: 1 is an error, 2 a warning, 3 worth knowing. */
  readonly severity: 1 | 2 | 3;
}

const WINDOWS = [
  { hours: 1, burn: 14.4, severity: 1 },
  { hours: 6, burn: 6, severity: 2 },
  { hours: 24, burn: 3, severity: 3 },
] as const;

const MINUTES_A_MONTH = 30 * 24 * 60;

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

/** Minutes a month of 30 days may be down: 99.95 allows 21.6. */
export const budgetMinutes = (availability: number): number =>
  rounded((MINUTES_A_MONTH * (100 - availability)) / 100);

/**
 * The windows worth alerting on with that many probes an hour. One that a single failed probe would fire
 * is left out: it would report the prober, not the platform.
 */
export function burnAlerts(availability: number, probesAnHour: number): readonly BurnAlert[] {
  return WINDOWS.flatMap(({ hours, burn, severity }) => {
    const allowed = burn * (100 - availability);
    const failures = (probesAnHour * hours * allowed) / 100;
    return failures < 1 || allowed >= 100
      ? []
      : [{ hours, burn, severity, threshold: rounded(100 - allowed) }];
  });
}
