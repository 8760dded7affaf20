import { sayDuration } from "../../manifest/rules/say-duration";

/** A measured time: `0.3 s`, `14.2 s`, from a minute on `3 m 12 s`. */
export function formatDuration(seconds: number): string {
  const tenths = Math.round(Math.max(0, seconds) * 10) / 10;
  return tenths < 60 ? `${tenths.toFixed(1)} s` : sayDuration(tenths);
}

const plural = (noun: string): string => (/[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`);

/** `12,345`; with a noun `1 stack`, `2 stacks`, `0 policies`. */
export function formatCount(count: number, noun?: string): string {
  const digits = String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ",");
  return noun === undefined ? digits : `${digits} ${count === 1 ? noun : plural(noun)}`;
}
