import { EVENT_ID, SCALAR_STYLE, type Event } from "js-yaml";
import { ABSENT, eventAt, rangeOf, type ScalarEvent, scalarText, skipNode } from "./events";
import type { YamlLimits } from "./limits";
import type { TextProblem } from "./text-problem";

type Finding = Pick<TextProblem, "code" | "message" | "fix">;

const quote = (text: string): string => `"${text}"`;

/** Keys that would reach an object's prototype instead of its contents. */
const RESERVED = "__proto__";

function notText(source: string, event: Event): Finding {
  const code = "MRD1014";
  if (event.type !== EVENT_ID.SCALAR) {
    const start = rangeOf(event)?.start ?? 0;
    return source.startsWith("{{", start - 1)
      ? {
          code,
          message: "{{ }} is a mapping inside a mapping here: manifests are not templates",
          fix: "write the value itself, or put it in quotes",
        }
      : { code, message: "a key must be plain text", fix: "write the key out as text" };
  }
  if (event.valueStart === ABSENT) {
    return { code, message: "there is no key before this colon", fix: "write the key, or remove the line" };
  }
  const text = source.slice(event.valueStart, event.valueEnd);
  return { code, message: `keys are text, and ${text} is not`, fix: `write it in quotes: ${quote(text)}` };
}

function refusedText(event: ScalarEvent, key: string, limits: YamlLimits): Finding | undefined {
  if (key === RESERVED) {
    return { code: "MRD1015", message: `the key ${quote(RESERVED)} is not allowed`, fix: "use another name" };
  }
  if (key === "<<" && event.style === SCALAR_STYLE.PLAIN) {
    const message = "merge keys (<<) are not part of YAML 1.2";
    return { code: "MRD1017", message, fix: "write the merged keys out" };
  }
  if (key.length > limits.keyCharacters) {
    const message = `a key has ${key.length} characters, the limit is ${limits.keyCharacters}`;
    return { code: "MRD1023", message, fix: "use a shorter key; a missing line break can look like this" };
  }
  return undefined;
}

/** Space, tab, `-`, `:` and `?`: all that may stand before a key on its line. */
const BEFORE_KEY: readonly number[] = [32, 9, 45, 58, 63];

/** The fast parser takes `- "a" b: c` for two entries; a key of a block begins its line, dashes aside. */
function beginsLine(source: string, start: number): boolean {
  let at = start - 1;
  let code = source.charCodeAt(at);
  while (BEFORE_KEY.includes(code)) {
    at -= 1;
    code = source.charCodeAt(at);
  }
  return at < 0 || code === 10;
}

/** A key with other text before it on its line, which only a damaged line has. */
export function strayKey(source: string, event: Event): Finding | undefined {
  const range = rangeOf(event);
  // An anchor brings the second parser in, a tag is refused on its own.
  const hasProperty = "tagStart" in event && (event.anchorStart !== ABSENT || event.tagStart !== ABSENT);
  if (range === undefined || hasProperty || beginsLine(source, range.start)) return undefined;
  const message = "a key stands after something else on its line";
  return { code: "MRD1001", message, fix: "begin a new line, or put the whole value in quotes" };
}

/** What is wrong with a key, whatever its mapping: not text, reserved, a merge, too long. */
export function checkKey(
  source: string,
  event: Event,
  key: unknown,
  limits: YamlLimits,
): Finding | undefined {
  const isText = typeof key === "string" && event.type === EVENT_ID.SCALAR;
  return isText ? refusedText(event, key, limits) : notText(source, event);
}

/** The second of two equal keys; says on which line the first one is. */
export function duplicateKey(
  source: string,
  events: readonly Event[],
  firstOfMapping: number,
  again: number,
): TextProblem {
  const key = keyText(source, eventAt(events, again));
  let at = firstOfMapping;
  while (at < again && keyText(source, eventAt(events, at)) !== key)
    at = skipNode(events, skipNode(events, at));
  const line = source.slice(0, rangeOf(eventAt(events, at))?.start ?? 0).split("\n").length;
  return {
    code: "MRD1002",
    message: `the key ${quote(key ?? "")} is given twice in one mapping`,
    hint: `first on line ${line}`,
    fix: "keep one of the two",
    ...(rangeOf(eventAt(events, again)) ?? { start: 0, end: 1 }),
  };
}

const keyText = (source: string, event: Event): string | undefined =>
  event.type === EVENT_ID.SCALAR ? scalarText(source, event) : undefined;
