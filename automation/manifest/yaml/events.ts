import { EVENT_ID, SCALAR_STYLE, type Event, getScalarValue } from "js-yaml";

export type ScalarEvent = Extract<Event, { type: typeof EVENT_ID.SCALAR }>;
export type AliasEvent = Extract<Event, { type: typeof EVENT_ID.ALIAS }>;
export type CollectionEvent = Extract<Event, { style: unknown; start: number }>;
export type NodeEvent = ScalarEvent | AliasEvent | CollectionEvent;

/** The parser's own mark for "absent". */
export const ABSENT = -1;

const END: Event = { type: EVENT_ID.POP };

/** The event there, or an end where the stream is over: then every loop over children stops. */
export const eventAt = (events: readonly Event[], index: number): Event => events[index] ?? END;

/** Nothing was written where a value stands: `key:` or an empty document. */
export const isUnwritten = (event: Event): boolean =>
  event.type === EVENT_ID.SCALAR && event.valueStart === ABSENT;

/** The decoded text of a scalar; most are a plain slice of the source. */
export const scalarText = (source: string, event: ScalarEvent): string =>
  event.fast ? source.slice(event.valueStart, event.valueEnd) : getScalarValue(source, event);

/** The text a node covers in the source, quotes and `*` included; a collection's is its first character. */
export function rangeOf(event: Event): { readonly start: number; readonly end: number } | undefined {
  switch (event.type) {
    case EVENT_ID.SCALAR:
      return scalarRange(event);
    case EVENT_ID.ALIAS:
      return { start: event.anchorStart - 1, end: event.anchorEnd };
    case EVENT_ID.SEQUENCE:
    case EVENT_ID.MAPPING:
      return { start: event.start, end: event.start + 1 };
    default:
      return undefined;
  }
}

function scalarRange(event: ScalarEvent): { readonly start: number; readonly end: number } | undefined {
  if (event.valueStart === ABSENT) {
    if (event.tagStart !== ABSENT) return { start: event.tagStart, end: event.tagEnd };
    return event.anchorStart === ABSENT ? undefined : { start: event.anchorStart - 1, end: event.anchorEnd };
  }
  const quoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
  return quoted
    ? { start: event.valueStart - 1, end: event.valueEnd + 1 }
    : { start: event.valueStart, end: event.valueEnd };
}

/** Index just past the node that begins at `index`. */
export function skipNode(events: readonly Event[], index: number): number {
  let depth = 0;
  let at = index;
  do {
    const { type } = eventAt(events, at);
    if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth += 1;
    else if (type === EVENT_ID.POP) depth -= 1;
    at += 1;
  } while (depth > 0 && at < events.length);
  return at;
}
