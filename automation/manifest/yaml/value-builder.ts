import { COLLECTION_STYLE, EVENT_ID, SCALAR_STYLE, type Event } from "js-yaml";
import { closest } from "../diagnostics/closest";
import { INEXACT, resolvePlain } from "./core-schema";
import {
  ABSENT,
  type AliasEvent,
  type CollectionEvent,
  type ScalarEvent,
  eventAt,
  isUnwritten,
  rangeOf,
  scalarText,
} from "./events";
import { checkKey, duplicateKey, strayKey } from "./keys";
import type { YamlLimits } from "./limits";
import { forbiddenCharacter } from "./text-checks";
import type { TextProblem } from "./text-problem";

/** One document of a stream: its value, and the index of its first event for looking up places. */
export interface BuiltDocument {
  readonly value: unknown;
  readonly event: number;
}

interface Anchored {
  readonly value: unknown;
  /** How many nodes each use of it adds. */
  nodes: number;
  /** False while it is still being read: an alias in there would hold itself. */
  complete: boolean;
}

/**
 * Parser events to plain values, with the rules manifests have on top of YAML.
 *
 * Aliases share one value, so memory stays bounded; what they would expand to is counted instead.
 */
export class ValueBuilder {
  readonly problems: TextProblem[] = [];
  private at = 0;
  private nodes = 0;
  private anchors = new Map<string, Anchored>();
  private aliases = 0;

  constructor(
    private readonly source: string,
    private readonly events: readonly Event[],
    private readonly limits: YamlLimits,
  ) {}

  /** Every document that has something written in it. */
  documents(): readonly BuiltDocument[] {
    const built: BuiltDocument[] = [];
    while (this.at < this.events.length) {
      const event = eventAt(this.events, this.at);
      if (event.type === EVENT_ID.DOCUMENT && event.directives.length > 0) this.refuseDirective();
      this.at += 1;
      this.anchors = new Map();
      const first = this.at;
      const value = this.node();
      if (!isUnwritten(eventAt(this.events, first))) built.push({ value, event: first });
      this.at += 1;
    }
    return built;
  }

  private report(problem: TextProblem): void {
    if (this.problems.length < this.limits.problems) this.problems.push(problem);
  }

  private refuseDirective(): void {
    const start = Math.max(0, this.source.search(/^%/m));
    this.report({
      code: "MRD1018",
      message: "a manifest takes no % directives: it is YAML 1.2 with no tags",
      fix: "remove the line",
      start,
      end: this.source.length,
    });
  }

  private node(): unknown {
    const event = eventAt(this.events, this.at);
    this.at += 1;
    this.count(1, event);
    switch (event.type) {
      case EVENT_ID.SCALAR:
        return this.scalar(event);
      case EVENT_ID.MAPPING:
        return this.anchored(event, {}, (value) => this.fillMapping(value, event.style));
      case EVENT_ID.SEQUENCE:
        return this.anchored(event, [], (value) => this.fillList(value));
      case EVENT_ID.ALIAS:
        return this.alias(event);
      default:
        return undefined;
    }
  }

  private count(more: number, event: Event): void {
    const before = this.nodes;
    this.nodes += more;
    if (before > this.limits.nodes || this.nodes <= this.limits.nodes) return;
    this.report({
      code: "MRD1022",
      message: `the file holds more than ${this.limits.nodes} values once its aliases are followed`,
      fix: "split it into several files, or write out what the aliases repeat",
      ...(rangeOf(event) ?? { start: 0, end: 1 }),
    });
  }

  private scalar(event: ScalarEvent): unknown {
    if (event.tagStart !== ABSENT) this.refuseTag(event);
    const text = scalarText(this.source, event);
    const value = event.style === SCALAR_STYLE.PLAIN ? this.plain(text, event) : text;
    if (event.style === SCALAR_STYLE.DOUBLE_QUOTED && !event.fast) this.checkEscapes(text, event);
    if (event.anchorStart !== ABSENT) this.define(event, { value, nodes: 1, complete: true });
    return value;
  }

  private plain(text: string, event: ScalarEvent): unknown {
    const value = resolvePlain(text);
    if (value !== INEXACT) return value;
    this.report({
      code: "MRD1020",
      message: `the number ${text} cannot be kept exactly`,
      fix: `write it in quotes if it is an identifier: "${text}"`,
      start: event.valueStart,
      end: event.valueEnd,
    });
    return text;
  }

  private checkEscapes(text: string, event: ScalarEvent): void {
    const found = forbiddenCharacter(text);
    if (found === undefined) return;
    this.report({
      code: "MRD1012",
      message: `an escape here stands for ${found}, which is not allowed in a manifest`,
      fix: "remove the escape",
      start: event.valueStart - 1,
      end: event.valueEnd + 1,
    });
  }

  private refuseTag(event: ScalarEvent | CollectionEvent): void {
    this.report({
      code: "MRD1016",
      message: `a manifest takes no tags, and ${this.source.slice(event.tagStart, event.tagEnd)} is one`,
      fix: "remove the tag; quotes make text of a number",
      start: event.tagStart,
      end: event.tagEnd,
    });
  }

  private anchored<T>(event: CollectionEvent, value: T, fill: (value: T) => void): T {
    if (event.tagStart !== ABSENT) this.refuseTag(event);
    const anchor: Anchored = { value, nodes: this.nodes, complete: false };
    if (event.anchorStart !== ABSENT) this.define(event, anchor);
    fill(value);
    anchor.nodes = this.nodes - anchor.nodes + 1;
    anchor.complete = true;
    this.at += 1;
    return value;
  }

  private fillList(list: unknown[]): void {
    while (eventAt(this.events, this.at).type !== EVENT_ID.POP) list.push(this.node());
  }

  private fillMapping(mapping: Record<string, unknown>, style: CollectionEvent["style"]): void {
    const first = this.at;
    while (eventAt(this.events, this.at).type !== EVENT_ID.POP) {
      const keyAt = this.at;
      const event = eventAt(this.events, keyAt);
      const key = this.node();
      const value = this.node();
      const stray = style === COLLECTION_STYLE.BLOCK ? strayKey(this.source, event) : undefined;
      const finding = stray ?? checkKey(this.source, event, key, this.limits);
      if (finding) this.report({ ...finding, ...this.nearestRange(keyAt) });
      else if (typeof key === "string") {
        if (Object.hasOwn(mapping, key)) this.reportDuplicate(first, keyAt);
        mapping[key] = value;
      }
    }
  }

  /** Looks for the first of the two, which is worth it only while there is room for the report. */
  private reportDuplicate(first: number, again: number): void {
    if (this.problems.length >= this.limits.problems) return;
    this.report(duplicateKey(this.source, this.events, first, again));
  }

  /** An unwritten key has no range of its own: its value's, or the start of its mapping, is near enough. */
  private nearestRange(index: number): { readonly start: number; readonly end: number } {
    const near = [index, index + 1, index - 1].map((i) => rangeOf(eventAt(this.events, i)));
    return near.find((range) => range !== undefined) ?? { start: 0, end: 1 };
  }

  private define(event: ScalarEvent | CollectionEvent, anchor: Anchored): void {
    const range = { start: event.anchorStart - 1, end: event.anchorEnd };
    this.anchors.set(this.source.slice(event.anchorStart, event.anchorEnd), anchor);
    if (this.anchors.size !== this.limits.anchors + 1) return;
    const message = `the file has more than ${this.limits.anchors} anchors`;
    this.report({ code: "MRD1007", message, fix: "write the repeated values out", ...range });
  }

  private alias(event: AliasEvent): unknown {
    const range = { start: event.anchorStart - 1, end: event.anchorEnd };
    const name = this.source.slice(event.anchorStart, event.anchorEnd);
    const anchor = this.anchors.get(name);
    this.aliases += 1;
    if (this.aliases === this.limits.aliases + 1) {
      const message = `the file has more than ${this.limits.aliases} aliases`;
      this.report({ code: "MRD1007", message, fix: "write the repeated values out", ...range });
    }
    if (anchor === undefined) return this.unknownAlias(name, range);
    if (!anchor.complete) {
      const message = `the alias *${name} stands inside the value it repeats`;
      this.report({ code: "MRD1008", message, fix: "write the value out", ...range });
      return undefined;
    }
    this.count(anchor.nodes - 1, event);
    return anchor.value;
  }

  private unknownAlias(name: string, range: { readonly start: number; readonly end: number }): undefined {
    const near = closest(name, [...this.anchors.keys()]);
    this.report({
      code: "MRD1006",
      message: `the alias *${name} has no anchor &${name} before it`,
      ...(near === undefined ? {} : { hint: `did you mean *${near}?` }),
      fix: "a text that begins with * needs quotes",
      ...range,
    });
  }
}
