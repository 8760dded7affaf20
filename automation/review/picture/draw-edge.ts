import type { ReplicationMode } from "../../fleet/topology";
import type { DrawnEdge } from "./curves";
import { type Box, contains, type Curve, overlaps, part, type Point, pointAt } from "./geometry";
import type { GraphEdge } from "./platform-graph";
import { DASHES } from "./style";
import { cutToPixels, textWidth } from "./text-width";
import { MODES, sayServices } from "./words";
import { element, type Markup, rounded, text } from "./xml";

const HEAD = 11;

const point = ({ x, y }: Point): string => `${rounded(x)} ${rounded(y)}`;
const pathOf = ({ from, control, to }: Curve): string => `M${point(from)}Q${point(control)} ${point(to)}`;

/** A triangle whose tip is at `tip`, pointing away from `back`. */
function arrowhead(tip: Point, back: Point): Markup {
  const length = Math.hypot(tip.x - back.x, tip.y - back.y) || 1;
  const [ux, uy] = [(tip.x - back.x) / length, (tip.y - back.y) / length];
  const base = { x: tip.x - ux * HEAD, y: tip.y - uy * HEAD };
  const side = (by: number): Point => ({ x: base.x - uy * by, y: base.y + ux * by });
  return element("path", {
    class: "mrd-arrow",
    d: `M${point(tip)}L${point(side(5.5))}L${point(side(-5.5))}z`,
  });
}

const lengthOf = ({ from, control, to }: Curve): number =>
  Math.hypot(control.x - from.x, control.y - from.y) + Math.hypot(to.x - control.x, to.y - control.y);

/** A line in the manner of its mode, with a head at each end that receives. */
export function drawLine(
  mode: ReplicationMode,
  curve: Curve,
  direction: GraphEdge["direction"],
): readonly Markup[] {
  const twoWay = direction === "two-way";
  const skip = Math.min(0.4, (HEAD - 2) / (lengthOf(curve) || 1));
  const d = pathOf(part(curve, twoWay ? skip : 0, 1 - skip));
  return [
    element("path", { class: "mrd-under", d: pathOf(curve) }),
    element("path", { class: `mrd-edge mrd-edge-${mode}`, d, "stroke-dasharray": DASHES[mode] }),
    ...(mode === "multi-writer" ? [element("path", { class: "mrd-inner", d })] : []),
    arrowhead(curve.to, pointAt(curve, 1 - skip)),
    ...(twoWay ? [arrowhead(curve.from, pointAt(curve, skip))] : []),
  ];
}

/** `europe → india: postgres, asynchronous`, shown when a reader points at the line. */
function titleOf({ from, to, mode, direction, services }: GraphEdge): string {
  return `${from} ${direction === "one-way" ? "→" : "↔"} ${to}: ${services.join(", ")}, ${MODES[mode].name}`;
}

export const drawEdge = ({ edge, curve }: DrawnEdge): Markup =>
  element(
    "g",
    { class: `mrd-mode-${edge.mode}` },
    element("title", {}, text(titleOf(edge))),
    ...drawLine(edge.mode, curve, edge.direction),
  );

const SIZE = 12;
const ALONG = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82] as const;
const ASIDE = [0, -14, 14, -24, 24] as const;

/** The names of the services on their line, or nothing where they would cover something. */
export function labelEdge(
  { edge, curve }: DrawnEdge,
  room: Box,
  taken: readonly Box[],
): { readonly markup: Markup; readonly box: Box } | undefined {
  const words = cutToPixels(sayServices(edge), SIZE, 210);
  const width = textWidth(words, SIZE) + 8;
  const places = ASIDE.flatMap((aside) =>
    ALONG.map((t): Box => {
      const { x, y } = pointAt(curve, t);
      return { x: x - width / 2, y: y - 9 + aside, width, height: 18 };
    }),
  );
  const box = places.find((one) => contains(room, one) && !taken.some((other) => overlaps(one, other, 2)));
  if (box === undefined) return undefined;
  const at = { class: "mrd-halo", x: box.x + 4, y: box.y + 13 };
  return { markup: element("text", at, text(words)), box };
}
