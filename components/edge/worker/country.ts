import type { CountryPlatform, RoutingTable } from "../../../automation/fleet/specs/cloudflare/routing-table";

/** Reads a request header by its lower-case name. */
export type HeaderOf = (name: string) => string | null;

/**
 * The client's country, from the header of the platform that is known to have sent the request and from
 * no other: behind CloudFront, cf-ipcountry is the country of CloudFront's machine; from a stranger, any
 * of them is what the stranger says. Codes that are no country (XX, T1) count as unknown.
 */
export function trustedCountry(
  { countryHeaders, continentOf }: Pick<RoutingTable, "continentOf" | "countryHeaders">,
  platform: CountryPlatform | undefined,
  header: HeaderOf,
): string | undefined {
  if (platform === undefined) return undefined;
  for (const rule of countryHeaders) {
    if (rule.platform !== platform) continue;
    const country = header(rule.header)?.trim().toUpperCase();
    if (country !== undefined && Object.hasOwn(continentOf, country)) return country;
  }
  return undefined;
}

/** The region whose rules name the country, then its continent, then the platform's fallback. */
export function regionFor(
  table: Pick<RoutingTable, "continentOf" | "continents" | "countries" | "fallback">,
  country: string | undefined,
): string {
  if (country === undefined) return table.fallback;
  const continent = table.continentOf[country];
  return (
    table.countries[country] ??
    (continent === undefined ? undefined : table.continents[continent]) ??
    table.fallback
  );
}
