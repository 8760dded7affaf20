/** Quantities as manifests write them, and as the code reads them. */

const SECONDS = { ms: 0.001, s: 1, m: 60, h: 3_600, d: 86_400 } as const;
type Unit = keyof typeof SECONDS;

/** `90s` → 90, `100ms` → 0.1: seconds everywhere in the code. */
export function secondsOf(text: string): number {
  const unit = text.replace(/^\d+/, "") as Unit;
  return Number.parseInt(text, 10) * SECONDS[unit];
}

export interface Money {
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
}

/** `13.50 EUR` → {amount: 13.5, currency: "EUR"}. */
export function moneyOf(text: string): Money {
  const [amount = "0", currency = ""] = text.split(" ");
  return { amount: Number(amount), currency };
}
