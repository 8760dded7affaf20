/** How much of the world to show, and around which centre. */
import { geoAzimuthalEqualArea, geoCircle, geoDistance, geoNaturalEarth1, type GeoProjection } from "d3-geo";
import type { Box } from "./geometry";

/** Degrees: longitude, latitude. */
export type Coordinates = readonly [longitude: number, latitude: number];

/** Land to see around a region, so that a reader knows the coast; degrees of arc. */
const CONTEXT = 8;
/** Platforms wider than this around their middle get a map of the world; degrees of arc. */
const REGIONAL = 36;
/** The usual middle of world maps: the antimeridian meets no land but Chukotka. */
const USUAL_MERIDIAN = 11;

const normal = (longitude: number): number => ((((longitude + 180) % 360) + 360) % 360) - 180;

/** The middle of the shortest arc that holds all longitudes, and its span. */
export function middleLongitude(longitudes: readonly number[]): {
  readonly middle: number;
  readonly span: number;
} {
  const sorted = [...new Set(longitudes.map(normal))].sort((a, b) => a - b);
  const [first = USUAL_MERIDIAN] = sorted;
  const gaps = sorted.map((longitude, at) => {
    const next = sorted[at + 1] ?? first + 360;
    return { after: next, gap: next - longitude };
  });
  const widest = gaps.reduce((best, one) => (one.gap > best.gap ? one : best), { after: first, gap: 0 });
  const span = sorted.length === 0 ? 0 : 360 - widest.gap;
  return { middle: normal(widest.after + span / 2), span };
}

function projectionFor(points: readonly Coordinates[]): GeoProjection {
  const { middle, span } = middleLongitude(points.map(([longitude]) => longitude));
  const latitudes = points.map(([, latitude]) => latitude);
  const centre: [number, number] = [middle, (Math.min(...latitudes) + Math.max(...latitudes)) / 2];
  const reach = Math.max(...points.map(([x, y]) => geoDistance(centre, [x, y]))) * (180 / Math.PI);
  if (reach <= REGIONAL)
    return geoAzimuthalEqualArea().rotate([-centre[0], -centre[1]]).clipAngle(100).precision(0.5);
  return geoNaturalEarth1()
    .rotate([span > 200 ? -USUAL_MERIDIAN : -middle, 0])
    .precision(0.5);
}

/** A projection that shows every point inside the box, with the land around it, and nothing outside. */
export function fitProjection(points: readonly Coordinates[], box: Box, margin: number): GeoProjection {
  const projection = projectionFor(points);
  const circles = points.map(([longitude, latitude]) =>
    geoCircle()
      .center([longitude, Math.min(80, Math.max(-80, latitude))])
      .radius(CONTEXT)(),
  );
  const { x, y, width, height } = box;
  return projection
    .fitExtent(
      [
        [x + margin, y + margin],
        [x + width - margin, y + height - margin],
      ],
      { type: "GeometryCollection", geometries: circles },
    )
    .clipExtent([
      [x, y],
      [x + width, y + height],
    ]);
}
