/** Physical names of an AWS platform: the same platform and region always give the same one. */
import { fingerprint } from "../canonical";

const DIGEST = 6;

/** `hse-us-east-app`; one that is too long is cut and ends in a digest of the whole. */
export function awsName(limit: number, ...parts: readonly string[]): string {
  const whole = parts.join("-");
  if (whole.length <= limit) return whole;
  const head = whole.slice(0, limit - DIGEST - 1).replace(/-+$/, "");
  return `${head}-${fingerprint(whole).slice(0, DIGEST)}`;
}
