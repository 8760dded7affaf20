import { geoPath, type GeoPermissibleObjects, type GeoProjection } from "d3-geo";
import { distance, type Point } from "./geometry";

/** Pixels below which two points of a coast are one. */
const DETAIL = 0.8;
/** An island smaller than this, in pixels, is a speck of dust. */
const SPECK = 1.6;

interface Ring {
  readonly points: Point[];
  closed: boolean;
}

/** Takes what d3 draws, and keeps the points. */
function recorder(): { readonly rings: Ring[]; readonly context: Parameters<typeof geoPath>[1] & object } {
  const rings: Ring[] = [];
  return {
    rings,
    context: {
      beginPath: () => undefined,
      arc: () => undefined,
      moveTo: (x, y) => void rings.push({ points: [{ x, y }], closed: false }),
      lineTo: (x, y) => void rings.at(-1)?.points.push({ x, y }),
      closePath: () => {
        const ring = rings.at(-1);
        if (ring !== undefined) ring.closed = true;
      },
    },
  };
}

function thinned({ points, closed }: Ring): readonly Point[] {
  const kept: Point[] = [];
  for (const [at, point] of points.entries()) {
    const last = kept.at(-1);
    const isEnd = !closed && at === points.length - 1;
    if (last === undefined || isEnd || distance(last, point) >= DETAIL) kept.push(point);
  }
  return kept;
}

function isSpeck(points: readonly Point[]): boolean {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  return Math.max(...xs) - Math.min(...xs) < SPECK && Math.max(...ys) - Math.min(...ys) < SPECK;
}

/** Tenths of a pixel as text: `-5` → `-.5`. */
const tenths = (value: number): string => String(value / 10).replace(/^(-?)0\./, "$1.");
const pair = (x: number, y: number): string => `${tenths(x)}${y < 0 ? "" : " "}${tenths(y)}`;

/** Relative steps between rounded points: a third of the size of absolute ones, and no drift. */
function ringPath(points: readonly Point[], closed: boolean): string {
  const grid = points.map(({ x, y }) => ({ x: Math.round(x * 10), y: Math.round(y * 10) }));
  const steps = grid.map(({ x, y }, at) => pair(x - (grid[at - 1]?.x ?? 0), y - (grid[at - 1]?.y ?? 0)));
  const [start = "", ...rest] = steps;
  return `M${start}l${rest.join(" ").replaceAll(" -", "-")}${closed ? "z" : ""}`;
}

/** A shape of the globe as SVG path data, as detailed as the picture can show. */
export function outline(projection: GeoProjection, shape: GeoPermissibleObjects): string {
  const { rings, context } = recorder();
  geoPath(projection, context)(shape);
  return rings
    .map((ring) => ({ points: thinned(ring), closed: ring.closed }))
    .filter(({ points, closed }) => points.length >= (closed ? 3 : 2) && !isSpeck(points))
    .map(({ points, closed }) => ringPath(points, closed))
    .join("");
}
