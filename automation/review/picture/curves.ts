import { around, bent, type Box, type Curve, isInside, type Point, samples, trimmed } from "./geometry";
import { MARKER_RADIUS, type Marker } from "./markers";
import type { GraphEdge } from "./platform-graph";

/** An edge as drawn. */
export interface DrawnEdge {
  readonly edge: GraphEdge;
  readonly curve: Curve;
}

/** Shares of the length to bend by, the nicest first. */
const BENDS = [0.16, -0.16, 0.06, 0.28, -0.28, -0.06, 0.4, -0.4, 0.52, -0.52] as const;

const RIM = MARKER_RADIUS + 3;

function penalty(curve: Curve, obstacles: readonly Box[], room: Box): number {
  const points = samples(curve, 24).slice(2, -2);
  const hits = obstacles.filter((box) => points.some((point) => isInside(box, point))).length;
  const outside = points.filter((point) => !isInside(room, point, -6)).length;
  return hits * 20 + outside * 8;
}

const pairOf = ({ from, to }: GraphEdge): string => JSON.stringify([from, to].sort());

function bestCurve(
  [from, to]: readonly [Point, Point],
  used: ReadonlySet<number>,
  obstacles: readonly Box[],
  room: Box,
) {
  const candidates = BENDS.filter((bend) => !used.has(bend)).map((bend, rank) => {
    const curve = bent(from, to, bend);
    return { bend, curve, cost: penalty(curve, obstacles, room) + rank };
  });
  const [first = { bend: 0, curve: bent(from, to, 0), cost: 0 }, ...others] = candidates;
  return others.reduce((best, one) => (one.cost < best.cost ? one : best), first);
}

/** A curve for every edge; those between the same regions part ways, and none crosses a marker if it can. */
export function drawCurves(
  edges: readonly GraphEdge[],
  markers: readonly Marker[],
  room: Box,
): readonly DrawnEdge[] {
  const places = new Map(markers.map(({ node, at }) => [node.id, at]));
  const used = new Map<string, Set<number>>();
  return edges.flatMap((edge) => {
    const from = places.get(edge.from);
    const to = places.get(edge.to);
    if (from === undefined || to === undefined) return [];
    const taken = used.get(pairOf(edge)) ?? new Set<number>();
    const obstacles = markers
      .filter(({ node }) => node.id !== edge.from && node.id !== edge.to)
      .map(({ at }) => around(at, RIM));
    const { bend, curve } = bestCurve([from, to], taken, obstacles, room);
    used.set(pairOf(edge), taken.add(bend));
    return [{ edge, curve: trimmed(curve, RIM) }];
  });
}
