import { readFileSync } from "node:fs";
import type { World } from "./world";

/** Coasts and countries from the installed world-atlas; 0.7 MB, so only a picture asks for it. */
export const readWorld = (): World =>
  JSON.parse(readFileSync(require.resolve("world-atlas/countries-50m.json"), "utf8")) as World;
