import { createHash } from "node:crypto";

/** `length` hex digits that depend on nothing but the parts. */
export const hex = (length: number, ...parts: readonly string[]): string =>
  createHash("sha256").update(parts.join("\u0000")).digest("hex").slice(0, length);

/** A UUID that depends on nothing but the parts. */
export function uuid(...parts: readonly string[]): string {
  const digits = hex(32, ...parts);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `5${digits.slice(13, 16)}`,
    `8${digits.slice(17, 20)}`,
    digits.slice(20),
  ].join("-");
}

/** A whole number below `bound` that depends on nothing but the parts. */
export const pick = (bound: number, ...parts: readonly string[]): number =>
  Number.parseInt(hex(8, ...parts), 16) % bound;

const YEAR_SECONDS = 31_536_000;

/** A time in 2025, the same for the same parts: outputs must not depend on when they were computed. */
export const timestamp = (...parts: readonly string[]): string =>
  new Date((1_735_689_600 + pick(YEAR_SECONDS, "time", ...parts)) * 1000).toISOString().replace(".000Z", "Z");

const documentationNetworks = ["192.0.2", "198.51.100", "203.0.113"] as const;

/** An address of the ranges reserved for documentation (RFC 5737): it leads nowhere. */
export function documentationAddress(...parts: readonly string[]): string {
  const network = documentationNetworks[pick(3, "network", ...parts)] ?? documentationNetworks[0];
  return `${network}.${1 + pick(254, "host", ...parts)}`;
}
