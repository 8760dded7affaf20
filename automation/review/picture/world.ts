import type { GeoPermissibleObjects } from "d3-geo";
import { merge, mesh } from "topojson-client";
import { alpha2OfNumber } from "./iso-numeric";

type WorldTopology = Parameters<typeof merge>[0];
type Country = Extract<Parameters<typeof merge>[1], readonly unknown[]>[number];

/** The part of world-atlas `countries-50m.json` that pictures use. */
export interface World extends WorldTopology {
  readonly objects: { readonly countries: { readonly type: "GeometryCollection"; geometries: Country[] } };
}

/** Antarctica takes a fifth of the picture and holds no region. */
const isAntarctica = ({ id }: Country): boolean => id === "010";

const countriesIn = ({ objects }: World): Country[] =>
  objects.countries.geometries.filter((country) => !isAntarctica(country));

export const landOf = (world: World): GeoPermissibleObjects => merge(world, countriesIn(world));

/** Lines between countries, without the coasts. */
export const bordersOf = (world: World): GeoPermissibleObjects =>
  mesh(world, world.objects.countries, (a, b) => a !== b);

/** One shape for all the countries (ISO alpha-2), without the borders between them. */
export const unionOf = (world: World, countries: readonly string[]): GeoPermissibleObjects =>
  merge(
    world,
    countriesIn(world).filter(({ id }) => countries.includes(alpha2OfNumber(String(id)) ?? "")),
  );
