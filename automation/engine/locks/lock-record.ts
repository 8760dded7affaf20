import type { ProcessIdentity } from "./process-identity";

/** Who holds a lock, and what for. */
export interface LockRecord {
  readonly format: 1;
  /** The fencing token: whoever holds a higher one has taken over. */
  readonly token: number;
  /** Of the run, unique: what a log or a report calls it. */
  readonly run: string;
  readonly owner: ProcessIdentity;
  readonly user: string;
  /** What the run does, for example `meridian apply openova`. */
  readonly doing: string;
  /** ISO 8601. */
  readonly since: string;
}

/** Reads a record back; undefined when it is not a whole one. */
export function parseRecord(text: string): LockRecord | undefined {
  try {
    const value = JSON.parse(text) as Partial<LockRecord> | null;
    const whole =
      value?.format === 1 &&
      typeof value.token === "number" &&
      typeof value.run === "string" &&
      typeof value.owner?.pid === "number" &&
      typeof value.owner.host === "string";
    return whole ? (value as LockRecord) : undefined;
  } catch {
    return undefined;
  }
}
