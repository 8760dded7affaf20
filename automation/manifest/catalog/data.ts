import aws from "../../../regions/catalog/aws.json";
import azure from "../../../regions/catalog/azure.json";
import cloudflare from "../../../regions/catalog/cloudflare.json";
import contabo from "../../../regions/catalog/contabo.json";
import countries from "../../../regions/catalog/countries.json";
import hetzner from "../../../regions/catalog/hetzner.json";
import jurisdictions from "../../../regions/catalog/jurisdictions.json";
import { type Catalog, catalogOf } from "./catalog";
import type { CatalogData, CountriesFile, JurisdictionsFile, LocationsFile, PopsFile } from "./model";

/** The catalog files as committed; a test holds them to their schema, so the casts here are safe. */
export const catalogData: CatalogData = {
  clouds: [aws as LocationsFile, azure as LocationsFile, contabo as LocationsFile, hetzner as LocationsFile],
  cloudflare: cloudflare as PopsFile,
  countries: countries as CountriesFile,
  jurisdictions: jurisdictions as JurisdictionsFile,
};

/** Lookups over the committed files. */
export const catalog: Catalog = catalogOf(catalogData);
