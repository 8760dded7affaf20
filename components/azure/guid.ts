import { fingerprint } from "../../automation/fleet/canonical";

/** The same parts always give the same GUID: for names that Azure wants to be GUIDs. */
export function guidOf(...parts: readonly string[]): string {
  const hex = fingerprint(parts);
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
