import type { RegionRole } from "../../fleet/topology";
import { type Box, distance, nearestIn, type Point } from "./geometry";
import type { Marker } from "./markers";
import { MARKER_RADIUS } from "./markers";
import type { GraphNode } from "./platform-graph";
import { LETTERS } from "./style";
import { cutToPixels, textWidth } from "./text-width";
import { sayPlace, sayRole } from "./words";
import { element, type Markup, rounded, text } from "./xml";

const DISC = 10.5;
const RING = MARKER_RADIUS - 2;

/** A part of a circle from twelve o'clock on. */
function arc({ x, y }: Point, radius: number, percent: number): string {
  const share = Math.min(99.99, Math.max(0, percent)) / 100;
  const angle = 2 * Math.PI * share;
  const end = { x: x + radius * Math.sin(angle), y: y - radius * Math.cos(angle) };
  const start = `M${rounded(x)} ${rounded(y - radius)}`;
  return `${start}A${radius} ${radius} 0 ${share > 0.5 ? 1 : 0} 1 ${rounded(end.x)} ${rounded(end.y)}`;
}

function ring(at: Point, traffic: number): readonly Markup[] {
  if (traffic <= 0) return [];
  const share =
    traffic >= 100
      ? element("circle", { class: "mrd-share", cx: at.x, cy: at.y, r: RING })
      : element("path", { class: "mrd-share", d: arc(at, RING, traffic) });
  return [element("circle", { class: "mrd-track", cx: at.x, cy: at.y, r: RING }), share];
}

/** The disc with its letter, and the share of traffic as a ring around it. */
export const drawDisc = (role: RegionRole, at: Point, traffic: number, title?: string): Markup =>
  element(
    "g",
    { class: `mrd-${role}` },
    ...(title === undefined ? [] : [element("title", {}, text(title))]),
    ...ring(at, traffic),
    element("circle", { class: "mrd-disc", cx: at.x, cy: at.y, r: DISC }),
    element("text", { class: "mrd-letter", x: at.x, y: at.y + 4.2 }, text(LETTERS[role])),
  );

/** A marker, and a dot at the city it had to leave. */
export function drawMarker({ node, at, anchor }: Marker): Markup {
  const title = [node.id, sayRole(node), sayPlace(node), ...node.serves]
    .filter((part) => part !== "")
    .join(" · ");
  const disc = drawDisc(node.role, at, node.traffic, title);
  if (anchor === undefined) return disc;
  const line = { class: "mrd-leader", x1: anchor.x, y1: anchor.y, x2: at.x, y2: at.y };
  return element(
    "g",
    {},
    element("line", line),
    element("circle", { class: "mrd-anchor", cx: anchor.x, cy: anchor.y, r: 2 }),
    disc,
  );
}

interface CardLine {
  readonly class: string;
  readonly size: number;
  readonly text: string;
}

/** What stands beside a marker. */
export interface Card {
  readonly name: string;
  readonly share: string;
  readonly lines: readonly CardLine[];
  readonly width: number;
  readonly height: number;
}

/** How much a card says: the more regions, the less. */
export type CardSize = "full" | "medium" | "small";

const NAME = 13.5;
const LINE = 15;
const PAD = 8;
const WIDEST = 230;

const wordsOf = (node: GraphNode, territory: string | undefined, size: CardSize): readonly string[] => {
  if (size === "small") return [];
  const place = [sayPlace(node), territory === node.country ? undefined : territory];
  const where = place.filter((part) => part !== undefined && part !== "").join(" · ");
  if (size === "medium") return where === "" ? [] : [where];
  return [
    sayRole(node),
    `${node.cloud} ${node.displayName === "unknown" ? node.location : node.displayName}`,
    where,
  ].filter((words) => words !== "");
};

/** Name and share of traffic, then role and place as far as there is room. */
export function cardOf(node: GraphNode, territory: string | undefined, size: CardSize): Card {
  const name = cutToPixels(node.id, NAME, WIDEST, "bold");
  const share = node.traffic > 0 ? `${node.traffic} %` : "";
  const lines = wordsOf(node, territory, size).map((words, at) => ({
    class: size === "full" && at === 0 ? "" : "mrd-dim",
    size: 12,
    text: cutToPixels(words, 12, WIDEST),
  }));
  const head = textWidth(name, NAME, "bold") + (share === "" ? 0 : 12 + textWidth(share, NAME, "bold"));
  const width = Math.max(head, ...lines.map((line) => textWidth(line.text, line.size))) + 2 * PAD;
  return { name, share, lines, width: Math.ceil(width), height: 24 + LINE * lines.length };
}

/** The card in its place, tied to its marker when it stands apart. */
export function drawCard({ name, share, lines }: Card, box: Box, at: Point): Markup {
  const near = nearestIn(box, at);
  const away = distance(near, at);
  const tie = { class: "mrd-leader", x1: at.x, y1: at.y, x2: near.x, y2: near.y };
  const { x, y, width, height } = box;
  return element(
    "g",
    {},
    ...(away > MARKER_RADIUS + 12 ? [element("line", tie)] : []),
    element("rect", { class: "mrd-card", x, y, width, height, rx: 5 }),
    element("text", { class: "mrd-name", x: x + PAD, y: y + 16.5 }, text(name)),
    ...(share === ""
      ? []
      : [element("text", { class: "mrd-name mrd-end", x: x + width - PAD, y: y + 16.5 }, text(share))]),
    ...lines.map((line, index) =>
      element(
        "text",
        { class: line.class === "" ? undefined : line.class, x: x + PAD, y: y + 16 + LINE * (index + 1) },
        text(line.text),
      ),
    ),
  );
}
