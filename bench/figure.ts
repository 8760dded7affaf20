/** One promise Meridian makes about speed or memory, and what this machine says of it. */
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

/** `smoke` is small and shows no more than that the bench works. */
export type Size = "whole" | "smoke";

/** A bench that needs something this machine does not have yet; it is left out of a smoke run. */
export class LeftOut extends Error {
  override readonly name = "LeftOut";
}

export interface Bench {
  readonly name: string;
  /** What is measured, in a sentence. */
  readonly about: string;
  readonly run: (size: Size) => Promise<readonly Measured[]> | readonly Measured[];
}

/** The middle one: robust against one slow start. Of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [
    sorted[Math.floor((sorted.length - 1) / 2)],
    sorted[Math.ceil((sorted.length - 1) / 2)],
  ];
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2;
}
