/** Points, boxes and curves on the page, in pixels. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

export const overlaps = (a: Box, b: Box, gap = 0): boolean =>
  a.x < b.x + b.width + gap &&
  b.x < a.x + a.width + gap &&
  a.y < b.y + b.height + gap &&
  b.y < a.y + a.height + gap;

export const contains = (outer: Box, inner: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

export const isInside = ({ x, y, width, height }: Box, point: Point, gap = 0): boolean =>
  point.x >= x - gap && point.x <= x + width + gap && point.y >= y - gap && point.y <= y + height + gap;

export const around = ({ x, y }: Point, radius: number): Box => ({
  x: x - radius,
  y: y - radius,
  width: 2 * radius,
  height: 2 * radius,
});

export const inset = ({ x, y, width, height }: Box, by: number): Box => ({
  x: x + by,
  y: y + by,
  width: width - 2 * by,
  height: height - 2 * by,
});

/** The point of a box nearest to another point. */
export const nearestIn = ({ x, y, width, height }: Box, to: Point): Point => ({
  x: Math.min(Math.max(to.x, x), x + width),
  y: Math.min(Math.max(to.y, y), y + height),
});

/** A quadratic Bézier curve. */
export interface Curve {
  readonly from: Point;
  readonly control: Point;
  readonly to: Point;
}

const between = (a: Point, b: Point, t: number): Point => ({
  x: a.x + (b.x - a.x) * t,
  y: a.y + (b.y - a.y) * t,
});

export const pointAt = ({ from, control, to }: Curve, t: number): Point =>
  between(between(from, control, t), between(control, to, t), t);

/** The part of a curve between two of its parameters. */
export function part(curve: Curve, start: number, end: number): Curve {
  const { from, control, to } = curve;
  const turn = between(between(from, control, start), between(control, to, start), end);
  return { from: pointAt(curve, start), control: turn, to: pointAt(curve, end) };
}

/** Bends away from the straight line by a share of its length; positive bends towards the top of the page. */
export function bent(from: Point, to: Point, share: number): Curve {
  const length = distance(from, to);
  const upwards = to.x > from.x || (to.x === from.x && to.y > from.y) ? 1 : -1;
  const by = (share * Math.min(length, 520) * 2 * upwards) / (length || 1);
  const middle = between(from, to, 0.5);
  return { from, control: { x: middle.x + (to.y - from.y) * by, y: middle.y - (to.x - from.x) * by }, to };
}

/** Leaves out what lies within a radius of either end, so that arrows touch the rims of markers. */
export function trimmed(curve: Curve, radius: number): Curve {
  const steps = 200;
  const outside = (t: number): boolean =>
    distance(pointAt(curve, t), curve.from) >= radius && distance(pointAt(curve, t), curve.to) >= radius;
  const inside = Array.from({ length: steps + 1 }, (_, at) => at / steps).filter(outside);
  const [start] = inside;
  const end = inside.at(-1);
  return start === undefined || end === undefined || start === end ? curve : part(curve, start, end);
}

/** A point every few pixels: how much of a curve something covers is how many of them it holds. */
export function trail(curve: Curve): readonly Point[] {
  const { from, control, to } = curve;
  return samples(curve, Math.ceil((distance(from, control) + distance(control, to)) / TRAIL));
}

const TRAIL = 8;

export const samples = (curve: Curve, count: number): readonly Point[] =>
  Array.from({ length: count + 1 }, (_, at) => pointAt(curve, at / count));
