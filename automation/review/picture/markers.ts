import type { GeoProjection } from "d3-geo";
import { type Box, distance, inset, nearestIn, type Point } from "./geometry";
import type { GraphNode } from "./platform-graph";

/** A region's place on the page. */
export interface Marker {
  readonly node: GraphNode;
  readonly at: Point;
  /** Where the city really is, when the marker had to make way for another. */
  readonly anchor?: Point;
}

/** The ring of traffic included. */
export const MARKER_RADIUS = 17;

const APART = 2 * MARKER_RADIUS + 8;

interface Moving {
  readonly anchor: Point;
  at: Point;
}

/** The direction from one to another; regions in one city go apart by their order. */
function direction(a: Moving, b: Moving, index: number): Point {
  const away = distance(a.at, b.at);
  if (away > 0.01) return { x: (b.at.x - a.at.x) / away, y: (b.at.y - a.at.y) / away };
  const angle = index * 2.399963; // the golden angle: no two alike
  return { x: Math.cos(angle), y: Math.sin(angle) };
}

function pushApart(a: Moving, b: Moving, index: number): boolean {
  const missing = APART - distance(a.at, b.at);
  if (missing <= 0.05) return false;
  const { x, y } = direction(a, b, index);
  a.at = { x: a.at.x - (x * missing) / 2, y: a.at.y - (y * missing) / 2 };
  b.at = { x: b.at.x + (x * missing) / 2, y: b.at.y + (y * missing) / 2 };
  return true;
}

/** Moves points that would cover each other apart, as little as it takes; the same every time. */
export function spread(points: readonly Point[], room: Box): readonly Point[] {
  const moving = points.map((anchor): Moving => ({ anchor, at: anchor }));
  for (let round = 0; round < 120; round += 1) {
    let moved = false;
    for (const [first, a] of moving.entries())
      for (const [offset, b] of moving.slice(first + 1).entries())
        moved = pushApart(a, b, first + offset + 1) || moved;
    for (const one of moving) one.at = nearestIn(inset(room, MARKER_RADIUS + 4), one.at);
    if (!moved) break;
  }
  return moving.map(({ at }) => at);
}

/** Markers at their cities. */
export function onMap(nodes: readonly GraphNode[], projection: GeoProjection, room: Box): readonly Marker[] {
  const anchors = nodes.map(({ coordinates }): Point => {
    const { longitude = 0, latitude = 0 } = coordinates ?? {};
    const [x, y] = projection([longitude, latitude]) ?? [room.x, room.y];
    return { x, y };
  });
  const places = spread(anchors, room);
  return nodes.map((node, index) => {
    const anchor = anchors[index] ?? { x: room.x, y: room.y };
    const at = places[index] ?? anchor;
    return distance(at, anchor) > 3 ? { node, at, anchor } : { node, at };
  });
}

/** Markers in rows, for regions that are nowhere on the map. */
export function inRows(nodes: readonly GraphNode[], room: Box): readonly Marker[] {
  const perRow = Math.max(1, Math.min(nodes.length, Math.floor(room.width / 190)));
  const rows = Math.ceil(nodes.length / perRow);
  return nodes.map((node, index) => {
    const row = Math.floor(index / perRow);
    const inRow = row === rows - 1 ? nodes.length - row * perRow : perRow;
    const column = index % perRow;
    return {
      node,
      at: {
        x: room.x + (room.width * (column + 0.5)) / inRow,
        y: room.y + (room.height * (row + 0.5)) / rows,
      },
    };
  });
}
