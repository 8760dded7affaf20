/** Short lines lie too close for words on them: what they carry stands in a note beside them. */
import type { DrawnEdge } from "./curves";
import { drawLine } from "./draw-edge";
import { type Box, distance, nearestIn, type Point, samples, trail } from "./geometry";
import { placeLabels } from "./place-labels";
import { cutToPixels, textWidth } from "./text-width";
import { sayServices } from "./words";
import { element, type Markup, text } from "./xml";

/** Lines between the same two regions. */
type Bundle = readonly DrawnEdge[];

/** Shorter than this, a name would hide most of its line. */
const SHORT = 190;
const SIZE = 12;
const ROW = 17;
const PAD = 7;
const SAMPLE = 34;
const WIDEST = 180;

const lengthOf = ({ curve }: DrawnEdge): number => distance(curve.from, curve.to);
const pairOf = ({ edge: { from, to } }: DrawnEdge): string => JSON.stringify([from, to].sort());

const between = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/** The middle of all its lines. */
function middleOf(bundle: Bundle): Point {
  const middles = bundle.map(({ curve }) => between(curve.control, between(curve.from, curve.to)));
  const sum = middles.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }), { x: 0, y: 0 });
  return { x: sum.x / bundle.length, y: sum.y / bundle.length };
}

const wordsOf = ({ edge }: DrawnEdge): string => cutToPixels(sayServices(edge), SIZE, WIDEST);

function requestOf(bundle: Bundle) {
  const widest = Math.max(...bundle.map((one) => textWidth(wordsOf(one), SIZE)));
  const width = Math.ceil(2 * PAD + SAMPLE + 6 + widest);
  return { at: middleOf(bundle), radius: 8, width, height: 2 * PAD - 4 + ROW * bundle.length };
}

function drawRow(one: DrawnEdge, x: number, y: number): readonly Markup[] {
  const { mode, direction } = one.edge;
  const sample = { from: { x, y }, control: { x: x + SAMPLE / 2, y }, to: { x: x + SAMPLE, y } };
  return [
    element("g", { class: `mrd-mode-${mode}` }, ...drawLine(mode, sample, direction)),
    element("text", { x: x + SAMPLE + 6, y: y + 4 }, text(wordsOf(one))),
  ];
}

/** Where a note is tied to: the nearest point of its lines, away from their ends, which are other things' places. */
function startOf(bundle: Bundle, box: Box): Point {
  const away = (point: Point): number => distance(point, nearestIn(box, point));
  return bundle
    .flatMap(({ curve }) => samples(curve, 16).slice(5, -5))
    .reduce((best, point) => (away(point) < away(best) ? point : best), middleOf(bundle));
}

function drawNote(bundle: Bundle, box: Box): Markup {
  const start = startOf(bundle, box);
  const near = nearestIn(box, start);
  return element(
    "g",
    {},
    element("line", { class: "mrd-leader", x1: start.x, y1: start.y, x2: near.x, y2: near.y }),
    element("rect", { class: "mrd-card", ...box, rx: 5 }),
    ...bundle.flatMap((one, at) => drawRow(one, box.x + PAD, box.y + PAD - 2 + ROW * (at + 0.5))),
  );
}

/** Notes beside short lines, and the lines that are left to carry their names themselves. */
export function placeNotes(
  edges: readonly DrawnEdge[],
  room: Box,
  taken: readonly Box[],
): {
  readonly markup: readonly Markup[];
  readonly boxes: readonly Box[];
  readonly rest: readonly DrawnEdge[];
} {
  const bundles = new Map<string, Bundle>();
  for (const one of edges.filter((edge) => lengthOf(edge) < SHORT))
    bundles.set(pairOf(one), [...(bundles.get(pairOf(one)) ?? []), one]);
  const short = [...bundles.values()];
  const avoid = edges.flatMap(({ curve }) => trail(curve));
  const places = placeLabels(short.map(requestOf), { room, obstacles: taken, avoid });
  const placed = short.flatMap((bundle, at) => {
    const box = places[at];
    return box === undefined ? [] : [{ bundle, box }];
  });
  const noted = new Set(placed.flatMap(({ bundle }) => bundle));
  return {
    markup: placed.map(({ bundle, box }) => drawNote(bundle, box)),
    boxes: placed.map(({ box }) => box),
    rest: edges.filter((one) => !noted.has(one)),
  };
}
