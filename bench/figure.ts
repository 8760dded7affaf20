/** One promise Meridian makes about speed, and what this machine says of it. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** For example `<= 400`. */
  readonly target: string;
  readonly ok: boolean;
  /** What shows it again. */
  readonly command: string;
  readonly machine: string;
}

/** Measured, before it is compared with its target. */
export interface Measured {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly target: { readonly atMost: number } | { readonly atLeast: number };
}

export interface Bench {
  readonly name: string;
  /** What is measured, in a sentence. */
  readonly about: string;
  /** Seconds it takes on two cores; `--smoke` leaves the long ones out. */
  readonly seconds: number;
  readonly run: () => Promise<readonly Measured[]>;
}

/** The middle one: robust against one slow start. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
