import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { codeVersionOf } from "../engine/graph/code-version";
import { fingerprint } from "../fleet/canonical";
import { catalog } from "../manifest/catalog/data";
import type { Topology } from "../fleet/topology";
import { homeOf, writeWhole } from "./paths";

/** Countries whose law a jurisdiction is, by ISO code: what a map shades. */
export const countriesOf = (jurisdiction: string): readonly string[] =>
  catalog.data.countries.countries
    .map(({ code }) => code)
    .filter((code) => catalog.jurisdictionsOf(code).includes(jurisdiction));

/**
 * Draws the platform's map to `.meridian/<platform>.svg` and says where. One that is there and was drawn from
 * the same topology by the same code stays: coastlines take longer than everything else of a plan.
 */
export async function writeMap(cwd: string, topology: Topology): Promise<string> {
  const path = join(homeOf(cwd), `${topology.platform}.svg`);
  const mark = `<!-- ${fingerprint([drawingCode(), topology])} -->\n`;
  if (existsSync(path) && readFileSync(path, "utf8").endsWith(mark)) return path;
  const { drawMap } = await import("../review/picture/map");
  writeWhole(path, `${drawMap(topology, { countriesOf }).trimEnd()}\n${mark}`);
  return path;
}

let code: string | undefined;

/** Version of what draws: pictures, and the facts of the catalog they show. */
const drawingCode = (): string =>
  (code ??= codeVersionOf([join(__dirname, "../review/picture"), join(__dirname, "../../regions/catalog")]));
