import type { CountryPlatform } from "../../../automation/fleet/specs/cloudflare/routing-table";
import type { HeaderOf } from "./country";

/** Carries a secret that only the platform in front of the router has. */
export const PROOF_HEADER = "meridian-proof";

/** Secrets of the platforms that may stand in front; one that has none is never believed. */
export interface Proofs {
  readonly aws?: string | undefined;
  readonly vercel?: string | undefined;
  readonly custom?: string | undefined;
}

/** Takes as long for a wrong secret as for the right one. */
function isSame(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let index = 0; index < a.length; index += 1) difference |= a.charCodeAt(index) ^ b.charCodeAt(index);
  return difference === 0;
}

const NAMES = ["aws", "vercel", "custom"] as const;

/** Whoever proves to be one of the platforms; else Cloudflare itself, when it is its edge that runs this. */
export function platformOf(
  header: HeaderOf,
  proofs: Proofs,
  isCloudflare: boolean,
): CountryPlatform | undefined {
  // Where nobody has a secret there is nothing to prove.
  const proof = NAMES.some((name) => proofs[name] !== undefined) ? header(PROOF_HEADER) : null;
  const proven = NAMES.find((name) => {
    const secret = proofs[name];
    return proof !== null && secret !== undefined && secret !== "" && isSame(proof, secret);
  });
  return proven ?? (isCloudflare ? "cloudflare" : undefined);
}
