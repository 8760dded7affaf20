/**
 * Labels beside points, none over another: each takes the cheapest free place around its point.
 *
 * Greedy and deterministic: the most crowded point chooses first, ties go by order.
 */
import { type Box, contains, distance, isInside, nearestIn, overlaps, type Point } from "./geometry";

export interface LabelRequest {
  readonly at: Point;
  /** Room to keep free around the point. */
  readonly radius: number;
  readonly width: number;
  readonly height: number;
}

export interface LabelRoom {
  readonly room: Box;
  /** What no label may cover. */
  readonly obstacles: readonly Box[];
  /** What a label should not cover: points of curves. */
  readonly avoid: readonly Point[];
}

/** What hiding one more point of a curve costs, in pixels of distance. */
const COVERING = 4;

const GAPS = [5, 14, 26, 42, 62, 86, 114, 146, 182, 222, 270, 330, 400] as const;

/** Directions in the order a reader likes them: right, left, then the diagonals, above, below. */
const DIRECTIONS: readonly (readonly [x: number, y: number])[] = [
  [1, 0],
  [-1, 0],
  [0.92, -0.7],
  [0.92, 0.7],
  [-0.92, -0.7],
  [-0.92, 0.7],
  [0, 1],
  [0, -1],
  [0.5, 1],
  [-0.5, 1],
  [0.5, -1],
  [-0.5, -1],
];

/** As near as it gets inside the room. */
function clamped(box: Box, room: Box): Box {
  const within = (at: number, from: number, size: number, all: number): number =>
    Math.max(from, Math.min(at, from + all - size));
  return {
    ...box,
    x: within(box.x, room.x, box.width, room.width),
    y: within(box.y, room.y, box.height, room.height),
  };
}

function boxAt(
  { at, radius, width, height }: LabelRequest,
  [dx, dy]: readonly [number, number],
  gap: number,
): Box {
  const reach = radius + gap;
  return {
    x: at.x + dx * (reach + width / 2) - width / 2,
    y: at.y + dy * (reach + height / 2) - height / 2,
    width,
    height,
  };
}

/** Every place worth a look, with what it costs before anything else is known. */
const candidates = (
  request: LabelRequest,
  room: Box,
): readonly { readonly box: Box; readonly cost: number }[] =>
  GAPS.flatMap((gap) =>
    DIRECTIONS.map((direction, rank) => {
      const box = clamped(boxAt(request, direction, gap), room);
      return { box, cost: distance(nearestIn(box, request.at), request.at) + rank * 1.5 };
    }),
  );

function cheapest(request: LabelRequest, { room, obstacles, avoid }: LabelRoom): Box | undefined {
  let best: { readonly box: Box; readonly cost: number } | undefined;
  for (const { box, cost } of candidates(request, room)) {
    if (best !== undefined && cost >= best.cost) continue;
    if (!contains(room, box) || obstacles.some((other) => overlaps(box, other, 3))) continue;
    const total = cost + COVERING * avoid.filter((point) => isInside(box, point, 2)).length;
    if (best === undefined || total < best.cost) best = { box, cost: total };
  }
  return best?.box;
}

const crowd = ({ at }: LabelRequest, all: readonly LabelRequest[]): number =>
  all.filter((other) => distance(other.at, at) < 180).length;

/** A box for each request, in the order of the requests; undefined where there is no room. */
export function placeLabels(
  requests: readonly LabelRequest[],
  around: LabelRoom,
): readonly (Box | undefined)[] {
  const order = requests
    .map((request, index) => ({ request, index, crowd: crowd(request, requests) }))
    .sort((a, b) => b.crowd - a.crowd || a.index - b.index);
  const obstacles = [...around.obstacles];
  const boxes = new Map<number, Box>();
  for (const { request, index } of order) {
    const box = cheapest(request, { ...around, obstacles });
    if (box === undefined) continue;
    obstacles.push(box);
    boxes.set(index, box);
  }
  return requests.map((_, index) => boxes.get(index));
}
