/** The key of a picture: only what the picture shows. */
import type { RegionRole, ReplicationMode } from "../../fleet/topology";
import { drawDisc } from "./draw-marker";
import { drawLine } from "./draw-edge";
import type { PlatformGraph } from "./platform-graph";
import { DASHES, TINTS } from "./style";
import type { Territory } from "./territories";
import { cutToPixels, textWidth } from "./text-width";
import { MODES } from "./words";
import { element, type Markup, text } from "./xml";

interface Entry {
  readonly width: number;
  readonly draw: (x: number, y: number) => readonly Markup[];
}

const ROW = 26;
const GAP = 26;
/** With more of them, the key would be larger than the map. */
const MOST_TERRITORIES = 12;

const MEANINGS: Readonly<Record<RegionRole, string>> = {
  writer: "writer",
  standby: "standby",
  reader: "reader",
  idle: "idle",
};

function entry(sample: number, words: string, draw: (x: number, y: number) => readonly Markup[]): Entry {
  const cut = cutToPixels(words, 12, 300);
  return {
    width: sample + 8 + textWidth(cut, 12),
    draw: (x, y) => [...draw(x, y), element("text", { x: x + sample + 8, y: y + 4 }, text(cut))],
  };
}

const roleEntry = (role: RegionRole): Entry =>
  entry(24, MEANINGS[role], (x, y) => [drawDisc(role, { x: x + 12, y }, 0)]);

const modeEntry = (mode: ReplicationMode): Entry =>
  entry(52, `${MODES[mode].name}: ${MODES[mode].meaning}`, (x, y) => {
    const [from, to] = [
      { x, y },
      { x: x + 52, y },
    ];
    const curve = { from, control: { x: x + 26, y }, to };
    const direction = mode === "multi-writer" ? "two-way" : "one-way";
    return [element("g", { class: `mrd-mode-${mode}` }, ...drawLine(mode, curve, direction))];
  });

const trafficEntry = (): Entry =>
  entry(34, "share of the traffic", (x, y) => [drawDisc("writer", { x: x + 17, y }, 70)]);

const territoryEntry = ({ jurisdiction }: Territory, at: number): Entry =>
  entry(22, `law of ${jurisdiction}`, (x, y) => [
    element("rect", { class: `mrd-tint mrd-tint-${at % TINTS}`, x, y: y - 7, width: 22, height: 14, rx: 2 }),
  ]);

function entriesOf({ nodes, edges }: PlatformGraph, territories: readonly Territory[]): readonly Entry[] {
  const roles = (Object.keys(MEANINGS) as RegionRole[]).filter((role) =>
    nodes.some((one) => one.role === role),
  );
  const modes = (Object.keys(DASHES) as ReplicationMode[]).filter((mode) =>
    edges.some((one) => one.mode === mode),
  );
  const more = territories.length - MOST_TERRITORIES;
  return [
    ...roles.map(roleEntry),
    ...(nodes.some(({ traffic }) => traffic > 0) ? [trafficEntry()] : []),
    ...modes.map(modeEntry),
    ...territories.slice(0, MOST_TERRITORIES).map(territoryEntry),
    ...(more > 0 ? [entry(0, `and the law of ${more} more`, () => [])] : []),
  ];
}

/** Entries from left to right, a new row where they do not fit. */
export function drawLegend(
  graph: PlatformGraph,
  territories: readonly Territory[],
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
): { readonly markup: Markup; readonly height: number } {
  let [left, top] = [x, y + ROW / 2];
  const pieces: Markup[] = [];
  for (const one of entriesOf(graph, territories)) {
    if (left > x && left + one.width > x + width) [left, top] = [x, top + ROW];
    pieces.push(...one.draw(left, top));
    left += one.width + GAP;
  }
  return { markup: element("g", {}, ...pieces), height: top - y + ROW / 2 };
}
