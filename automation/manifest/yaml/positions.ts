import { EVENT_ID, type Event, parseEvents } from "js-yaml";
import type { Place, SourceFile } from "../diagnostic";
import type { ManifestPath } from "../diagnostics/manifest-path";
import { ABSENT, eventAt, rangeOf, scalarText, skipNode } from "./events";
import { type LineIndex, lineIndex } from "./line-index";

/** Where the parts of one document stand in its file. */
export interface Positions {
  /**
   * The value at a path, or the key that leads to it (an entry of a list has none: the entry itself). A block
   * of lines is shown at its key, and a path that is not in the document at the nearest part that is.
   */
  place(path: ManifestPath, part?: "key" | "value"): Place;
  /** A scalar exactly as written (`1.10` where the value is 1.1); undefined for anything else. */
  written(path: ManifestPath): string | undefined;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** What a path leads to: the event of its value and, in a mapping, the event of its key. */
interface Spot {
  readonly value: number;
  readonly key?: number;
}

/** The parsed file, shared by everything asked of it. */
interface Ground {
  readonly text: string;
  readonly events: readonly Event[];
  readonly lines: LineIndex;
}

const ground = (source: SourceFile): Ground => ({
  text: source.text,
  events: parseEvents(source.text, { maxDepth: Number.MAX_SAFE_INTEGER }),
  lines: lineIndex(source),
});

/** The last anchor of that name before an alias is the one it means. */
function targetOf({ text, events }: Ground, alias: number): number | undefined {
  const event = eventAt(events, alias);
  if (event.type !== EVENT_ID.ALIAS) return alias;
  const name = text.slice(event.anchorStart, event.anchorEnd);
  for (let at = alias - 1; at >= 0; at -= 1) {
    const candidate = eventAt(events, at);
    const isNode = "tagStart" in candidate && candidate.anchorStart !== ABSENT;
    if (isNode && text.slice(candidate.anchorStart, candidate.anchorEnd) === name) return at;
  }
  return undefined;
}

function entryOf({ text, events }: Ground, mapping: number, wanted: string): Spot | undefined {
  for (let key = mapping + 1; eventAt(events, key).type !== EVENT_ID.POP;) {
    const event = eventAt(events, key);
    const value = skipNode(events, key);
    if (event.type === EVENT_ID.SCALAR && scalarText(text, event) === wanted) return { key, value };
    key = skipNode(events, value);
  }
  return undefined;
}

function itemOf({ events }: Ground, list: number, wanted: number): Spot | undefined {
  let value = list + 1;
  for (let index = 0; index < wanted && eventAt(events, value).type !== EVENT_ID.POP; index += 1) {
    value = skipNode(events, value);
  }
  return eventAt(events, value).type === EVENT_ID.POP ? undefined : { value };
}

function childOf(here: Ground, parent: number, key: string | number): Spot | undefined {
  const target = targetOf(here, parent);
  if (target === undefined) return undefined;
  const { type } = eventAt(here.events, target);
  if (type === EVENT_ID.MAPPING) return entryOf(here, target, String(key));
  return type === EVENT_ID.SEQUENCE ? itemOf(here, target, Number(key)) : undefined;
}

/** From the document's root along the path, as far as it goes. */
function trail(here: Ground, root: number, path: ManifestPath): readonly Spot[] {
  const spots: Spot[] = [{ value: root }];
  let spot: Spot | undefined = spots[0];
  for (const key of path) {
    spot = spot && childOf(here, spot.value, key);
    if (spot === undefined) break;
    spots.push(spot);
  }
  return spots;
}

const keyRange = ({ events }: Ground, { key }: Spot): Range | undefined =>
  key === undefined ? undefined : rangeOf(eventAt(events, key));

/** A scalar, alias or `[…]` has a range worth a caret; a block's own start says less than its key. */
function valueRange(here: Ground, spot: Spot): Range | undefined {
  const event = eventAt(here.events, spot.value);
  const isCollection = event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE;
  if (!isCollection) return rangeOf(event);
  return flowRange(here, spot.value) ?? keyRange(here, spot) ?? firstScalar(here, spot.value);
}

const firstScalar = ({ events }: Ground, from: number): Range | undefined => {
  for (let at = from; at < events.length; at += 1) {
    const event = eventAt(events, at);
    if (event.type === EVENT_ID.SCALAR) return rangeOf(event);
    if (event.type === EVENT_ID.POP) return undefined;
  }
  return undefined;
};

/** `[a, b]` from bracket to bracket: to the first closing one after its last entry. */
function flowRange({ text, events }: Ground, at: number): Range | undefined {
  const start = rangeOf(eventAt(events, at))?.start ?? 0;
  const closing = { "[": "]", "{": "}" }[text.charAt(start)];
  if (closing === undefined) return undefined;
  let from = start + 1;
  for (let inside = at + 1; inside < skipNode(events, at) - 1; inside += 1) {
    from = Math.max(from, rangeOf(eventAt(events, inside))?.end ?? from);
  }
  const depth = closersBefore(events, at);
  let end = from;
  for (let left = depth; left > 0; left -= 1) end = nextCloser(text, end) + 1;
  return { start, end };
}

/** How many collections end between the last entry and the end of this one, itself included. */
function closersBefore(events: readonly Event[], at: number): number {
  let last = skipNode(events, at) - 1;
  let count = 0;
  while (last > at && eventAt(events, last).type === EVENT_ID.POP) {
    count += 1;
    last -= 1;
  }
  return count;
}

const nextCloser = (text: string, from: number): number => {
  const found = text.slice(from).search(/[\]}]/);
  return found === -1 ? text.length : from + found;
};

/** Places of the document whose first event is `root`; the file is parsed again at the first question. */
export function positionsOf(source: SourceFile, root: number): Positions {
  let parsed: Ground | undefined;
  const here = (): Ground => (parsed ??= ground(source));
  return {
    place(path, part = "value") {
      const spots = trail(here(), root, path);
      const found = spots.length === path.length + 1 ? spots.at(-1) : undefined;
      const own = found && (part === "value" ? valueRange(here(), found) : keyRange(here(), found));
      const range = own ?? nearest(here(), spots) ?? { start: 0, end: 1 };
      return here().lines.place(range.start, range.end);
    },
    written(path) {
      const spots = trail(here(), root, path);
      const event = eventAt(here().events, spots.at(-1)?.value ?? 0);
      if (spots.length !== path.length + 1 || event.type !== EVENT_ID.SCALAR) return undefined;
      return here().text.slice(Math.max(0, event.valueStart), Math.max(0, event.valueEnd));
    },
  };
}

/** The key, or failing that the first words, of the deepest part that has any. */
function nearest(here: Ground, spots: readonly Spot[]): Range | undefined {
  for (const spot of [...spots].reverse()) {
    const range = keyRange(here, spot) ?? valueRange(here, spot);
    if (range) return range;
  }
  return undefined;
}
