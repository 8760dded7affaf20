/** Manifest quantities in the units AWS takes them in. */

const GIB = { Ki: 1 / 1_048_576, Mi: 1 / 1_024, Gi: 1, Ti: 1_024 } as const;

/** `100Gi` → 100, rounded up. */
export function gibOf(quantity: string): number {
  const unit = quantity.slice(-2) as keyof typeof GIB;
  return Math.ceil(Number.parseInt(quantity, 10) * GIB[unit]);
}

/** `512Mi` → 0.5, exactly. */
export const exactGibOf = (quantity: string): number =>
  Number.parseInt(quantity, 10) * GIB[quantity.slice(-2) as keyof typeof GIB];

const DEFAULT_HOUR = 3;
const WINDOW_MINUTES = 30;
const MINUTES_A_DAY = 1_440;

const whole = (field: string | undefined, fallback: number): number =>
  field !== undefined && /^\d+$/.test(field) ? Number(field) : fallback;

/** Minute of the day a daily schedule begins at; a field that is no number counts as its default. */
function beginOf(schedule: string): number {
  const fields = schedule.split(" ");
  const [minute, hour] = fields.length === 6 ? fields.slice(1) : fields;
  return (whole(hour, DEFAULT_HOUR) * 60 + whole(minute, 0)) % MINUTES_A_DAY;
}

function clock(minutes: number): string {
  const inDay = minutes % MINUTES_A_DAY;
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(Math.floor(inDay / 60))}:${two(inDay % 60)}`;
}

const windowFrom = (minute: number, length: number): string => `${clock(minute)}-${clock(minute + length)}`;

/** Half an hour from when the schedule says, UTC: `03:00-03:30`. */
export const backupWindow = (schedule: string): string => windowFrom(beginOf(schedule), WINDOW_MINUTES);

/** ElastiCache takes an hour at least. */
export const snapshotWindow = (schedule: string): string => windowFrom(beginOf(schedule), 60);

/** Sundays, two hours after the backup began: the two may not overlap. */
export function maintenanceWindow(schedule: string): string {
  const begin = beginOf(schedule) + 120;
  const day = (minute: number): string => (minute < MINUTES_A_DAY ? "sun" : "mon");
  const end = begin + 60;
  return `${day(begin)}:${clock(begin)}-${day(end)}:${clock(end)}`;
}
