import { join } from "node:path";
import { catalog } from "../manifest/catalog/data";
import type { Topology } from "../fleet/topology";
import { homeOf, writeWhole } from "./paths";

/** Countries whose law a jurisdiction is, by ISO code: what a map shades. */
export const countriesOf = (jurisdiction: string): readonly string[] =>
  catalog.data.countries.countries
    .map(({ code }) => code)
    .filter((code) => catalog.jurisdictionsOf(code).includes(jurisdiction));

/** Draws the platform's map to `.meridian/<platform>.svg` and says where. */
export async function writeMap(cwd: string, topology: Topology): Promise<string> {
  const { drawMap } = await import("../review/picture/map");
  const path = join(homeOf(cwd), `${topology.platform}.svg`);
  writeWhole(path, drawMap(topology, { countriesOf }));
  return path;
}
