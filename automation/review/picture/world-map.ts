/**
 * A platform on the map of the world, as one SVG file: regions, who may write, where data flows.
 *
 * Pure: equal topologies give equal bytes. It loads d3-geo, so import it only where a picture is drawn.
 */
import { geoGraticule, type GeoProjection } from "d3-geo";
import type { Topology } from "../../fleet/topology";
import { placeCards } from "./cards";
import { type DrawnEdge, drawCurves } from "./curves";
import { drawEdge, labelEdge } from "./draw-edge";
import { drawMarker } from "./draw-marker";
import { around, type Box, inset } from "./geometry";
import { drawHeading } from "./heading";
import { drawLegend } from "./legend";
import { inRows, type Marker, MARKER_RADIUS, onMap } from "./markers";
import { placeNotes } from "./notes";
import { outline } from "./outline";
import { graphJson, type GraphNode, type PlatformGraph } from "./platform-graph";
import { type Coordinates, fitProjection } from "./projection";
import { STYLE, TINTS } from "./style";
import { type CountriesOf, territoriesOf, type Territory } from "./territories";
import { cutToPixels } from "./text-width";
import { describeGraph } from "./words";
import { bordersOf, landOf, unionOf, type World } from "./world";
import { element, lines, type Markup, raw, text } from "./xml";

/** What a map needs besides the topology. */
export interface MapFacts {
  /** See CountriesOf. */
  readonly countriesOf: CountriesOf;
  /** See readWorld. */
  readonly world: World;
}

const WIDTH = 1_200;
const PAD = 24;
const MAP_HEIGHT = 560;
const MARGIN = 56;
/** Height for regions nobody knows the place of. */
const STRIP = 150;
/** With more lines than this, names on them would hide the map; they stay in the tooltips. */
const NAMED_EDGES = 16;

function drawLand(projection: GeoProjection, territories: readonly Territory[], { world }: MapFacts): Markup {
  const path = (name: string, d: string): Markup => element("path", { class: name, d });
  return lines([
    path("mrd-grid", outline(projection, geoGraticule().step([10, 10])())),
    path("mrd-land", outline(projection, landOf(world))),
    ...territories.map(({ countries }, at) =>
      path(`mrd-tint mrd-tint-${at % TINTS}`, outline(projection, unionOf(world, countries))),
    ),
    path("mrd-border", outline(projection, bordersOf(world))),
  ]);
}

/** Ground to draw on: the map when any region is on it, and a strip below for the others. */
interface Ground {
  readonly markup: readonly Markup[];
  readonly markers: readonly Marker[];
  readonly room: Box;
}

const coordinatesOf = ({ coordinates }: GraphNode): readonly Coordinates[] =>
  coordinates === undefined ? [] : [[coordinates.longitude, coordinates.latitude]];

function stripOf(nodes: readonly GraphNode[], top: number, alone: boolean): Ground {
  const room = { x: PAD, y: top, width: WIDTH - 2 * PAD, height: alone ? 2 * STRIP : STRIP };
  if (nodes.length === 0) return { markup: [], markers: [], room: { ...room, height: 0 } };
  return {
    markup: [
      element("rect", { class: "mrd-paper", ...room }),
      element("text", { class: "mrd-dim", x: room.x + 12, y: room.y + 20 }, text("not on the map")),
    ],
    markers: inRows(nodes, { ...inset(room, 20), x: room.x + 20 }),
    room,
  };
}

function groundOf(
  graph: PlatformGraph,
  territories: readonly Territory[],
  top: number,
  facts: MapFacts,
): Ground {
  const known = graph.nodes.filter(({ coordinates }) => coordinates !== undefined);
  const unknown = graph.nodes.filter(({ coordinates }) => coordinates === undefined);
  if (known.length === 0) return stripOf(unknown, top, true);
  const room = { x: PAD, y: top, width: WIDTH - 2 * PAD, height: MAP_HEIGHT };
  const projection = fitProjection(known.flatMap(coordinatesOf), room, MARGIN);
  const strip = stripOf(unknown, top + MAP_HEIGHT, false);
  return {
    markup: [
      element("rect", { class: "mrd-sea", ...room }),
      drawLand(projection, territories, facts),
      ...strip.markup,
    ],
    markers: [...onMap(known, projection, room), ...strip.markers],
    room: { ...room, height: MAP_HEIGHT + strip.room.height },
  };
}

/** Names of services: beside short lines, on the others. */
function labelEdges(edges: readonly DrawnEdge[], room: Box, taken: readonly Box[]): readonly Markup[] {
  if (edges.length > NAMED_EDGES) return [];
  const notes = placeNotes(edges, room, taken);
  const boxes = [...taken, ...notes.boxes];
  const labels = notes.rest.flatMap((edge) => {
    const label = labelEdge(edge, room, boxes);
    if (label === undefined) return [];
    boxes.push(label.box);
    return [label.markup];
  });
  return [...notes.markup, ...labels];
}

/** Lines, markers and cards; and the names of regions whose cards found no room. */
function drawPlatform({ edges }: PlatformGraph, { markers, room }: Ground, { countriesOf }: MapFacts) {
  const curves = drawCurves(edges, markers, room);
  const space = inset(room, 8);
  const cards = placeCards(markers, curves, space, countriesOf);
  const discs = markers.map(({ at }) => around(at, MARKER_RADIUS));
  const markup = [
    ...curves.map(drawEdge),
    ...markers.map(drawMarker),
    ...cards.markup,
    ...labelEdges(curves, space, [...cards.boxes, ...discs]),
  ];
  return { markup, left: cards.left.map(({ id }) => id) };
}

/** Regions without a card are still named, in a line below the map. */
function drawLeft(
  names: readonly string[],
  y: number,
): { readonly markup: readonly Markup[]; readonly height: number } {
  if (names.length === 0) return { markup: [], height: 0 };
  const words = cutToPixels(`also: ${names.join(", ")}`, 12, WIDTH - 2 * PAD);
  return { markup: [element("text", { class: "mrd-dim", x: PAD, y: y + 14 }, text(words))], height: 22 };
}

/** The platform as an SVG file of its own: legible on light and dark, without scripts or outside parts. */
export function drawWorldMap(topology: Topology, facts: MapFacts): string {
  const graph = graphJson(topology);
  const territories = territoriesOf(graph.nodes, facts.countriesOf);
  const heading = drawHeading(graph, PAD, WIDTH - 2 * PAD);
  const ground = groundOf(graph, territories, heading.height, facts);
  const platform = drawPlatform(graph, ground, facts);
  const bottom = ground.room.y + ground.room.height;
  const left = drawLeft(platform.left, bottom + 4);
  const legend = drawLegend(graph, territories, {
    x: PAD,
    y: bottom + left.height + 10,
    width: WIDTH - 2 * PAD,
  });
  const height = Math.ceil(bottom + left.height + legend.height + 22);
  const size = { width: WIDTH, height, viewBox: `0 0 ${WIDTH} ${height}` };
  return `${element(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", class: "mrd-map", role: "img", ...size },
    lines([
      element("title", {}, text(`${graph.platform}: ${graph.shape}`)),
      element("desc", {}, text(describeGraph(graph))),
      element("style", {}, raw(STYLE)),
      element("rect", { class: "mrd-paper", width: WIDTH, height }),
      heading.markup,
      ...ground.markup,
      ...platform.markup,
      element("rect", { class: "mrd-frame", ...ground.room }),
      ...left.markup,
      legend.markup,
    ]),
  )}\n`;
}
