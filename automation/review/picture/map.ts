import type { Topology } from "../../fleet/topology";
import { readWorld } from "./read-world";
import type { CountriesOf } from "./territories";
import { drawWorldMap } from "./world-map";

/** The platform as an SVG file, on the coasts and countries of the installed world-atlas. */
export const drawMap = (topology: Topology, { countriesOf }: { readonly countriesOf: CountriesOf }): string =>
  drawWorldMap(topology, { countriesOf, world: readWorld() });
