import type { DrawnEdge } from "./curves";
import { type Card, cardOf, type CardSize, drawCard } from "./draw-marker";
import { around, type Box, trail } from "./geometry";
import { type Marker, MARKER_RADIUS } from "./markers";
import { placeLabels } from "./place-labels";
import type { GraphNode } from "./platform-graph";
import { type CountriesOf, territoryOf } from "./territories";
import type { Markup } from "./xml";

/** Cards as placed, and the regions for which there was no room. */
export interface PlacedCards {
  readonly markup: readonly Markup[];
  readonly boxes: readonly Box[];
  readonly left: readonly GraphNode[];
}

interface Attempt {
  readonly cards: readonly Card[];
  readonly places: readonly (Box | undefined)[];
}

const sizesFor = (count: number): readonly CardSize[] =>
  count <= 8 ? ["full", "medium", "small"] : count <= 24 ? ["medium", "small"] : ["small"];

/** The most telling size at which every region has a card; failing that, the smallest. */
export function placeCards(
  markers: readonly Marker[],
  edges: readonly DrawnEdge[],
  room: Box,
  countriesOf: CountriesOf,
): PlacedCards {
  const obstacles = markers.map(({ at }) => around(at, MARKER_RADIUS + 1));
  const avoid = edges.flatMap(({ curve }) => trail(curve));
  const attempt = (size: CardSize): Attempt => {
    const cards = markers.map(({ node }) => cardOf(node, territoryOf(node, countriesOf)?.jurisdiction, size));
    const requests = markers.map(({ at }, index) => {
      const { width = 0, height = 0 } = cards[index] ?? {};
      return { at, radius: MARKER_RADIUS, width, height };
    });
    return { cards, places: placeLabels(requests, { room, obstacles, avoid }) };
  };
  let best: Attempt = { cards: [], places: [] };
  for (const size of sizesFor(markers.length)) {
    best = attempt(size);
    if (best.places.every((place) => place !== undefined)) break;
  }
  return drawn(markers, best);
}

function drawn(markers: readonly Marker[], { cards, places }: Attempt): PlacedCards {
  return {
    markup: markers.flatMap(({ at }, index) => {
      const [card, box] = [cards[index], places[index]];
      return card === undefined || box === undefined ? [] : [drawCard(card, box, at)];
    }),
    boxes: places.filter((place) => place !== undefined),
    left: markers.filter((_, index) => places[index] === undefined).map(({ node }) => node),
  };
}
