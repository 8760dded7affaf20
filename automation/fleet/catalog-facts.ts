/** The two small views of the catalog that rules and planning ask for. */
import type { Catalog } from "../manifest/catalog/catalog";
import type { CloudName } from "../manifest/catalog/model";
import type { RuleCatalog } from "../manifest/rules/problem";
import type { Locate } from "./build-topology";

const CLOUDS: readonly CloudName[] = ["aws", "azure", "contabo", "hetzner"];

export const ruleCatalog = (catalog: Catalog): RuleCatalog => ({
  knows: (cloud, location) => catalog.location(cloud, location) !== undefined,
  suggest: catalog.suggestions,
  locationsOf: (cloud) => catalog.locations(cloud).map(({ name }) => name),
  cloudsWith: (location) => CLOUDS.filter((cloud) => catalog.location(cloud, location) !== undefined),
  isJurisdiction: catalog.isJurisdiction,
  suggestJurisdictions: catalog.jurisdictionSuggestions,
  isCountry: (code) => catalog.country(code) !== undefined,
  isPop: (code) => catalog.pop(code) !== undefined,
  suggestPops: catalog.popSuggestions,
  continentOf: (country) => catalog.country(country)?.continent,
});

/** A region of real processes on one machine is wherever the machine is: nowhere in particular. */
const LOCAL = {
  displayName: "local",
  country: "ZZ",
  city: "this machine",
  latitude: 0,
  longitude: 0,
  jurisdictions: [],
};

export const locateIn =
  (catalog: Catalog): Locate =>
  (cloud, name) => {
    if (cloud === "local") return LOCAL;
    const found = catalog.location(cloud, name);
    if (found === undefined) return undefined;
    const { country, city, displayName, latitude, longitude, jurisdictions } = found;
    return {
      displayName,
      country,
      city: city ?? displayName,
      latitude: latitude ?? 0,
      longitude: longitude ?? 0,
      jurisdictions,
    };
  };
