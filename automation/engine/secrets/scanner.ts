import type { Automaton } from "./automaton";

/** What is written in place of a secret. */
export const MARK = "[secret]";

/** Where a secret stands in the text held back, from `start` up to `end`. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Masks secrets in a text that arrives in pieces. It holds back only what may be the beginning of a
 * secret, so no piece is ever let through that the next one would have completed.
 */
export class Scanner {
  private held = "";
  private state = 0;
  private spans: Span[] = [];
  /** True when the mark of the first span is already written. */
  private marked = false;

  constructor(private readonly automaton: Automaton) {}

  /** What is safe to write now. */
  push(text: string): string {
    let at = this.held.length;
    this.held += text;
    for (; at < this.held.length; at += 1) {
      this.state = this.automaton.step(this.state, this.held.charCodeAt(at));
      const length = this.automaton.closed(this.state);
      if (length > 0) this.join(at + 1 - length, at + 1);
    }
    return this.release(this.held.length - this.automaton.open(this.state));
  }

  /** The rest: nothing can complete it any more. */
  end(): string {
    const rest = this.release(this.held.length);
    this.state = 0;
    this.spans = [];
    this.marked = false;
    return rest;
  }

  /** Adds a span that ends after all others; those that overlap or touch are one secret to a reader. */
  private join(start: number, end: number): void {
    let from = start;
    for (let last = this.spans.at(-1); last !== undefined && last.end >= from; last = this.spans.at(-1)) {
      from = Math.min(from, last.start);
      this.spans.pop();
    }
    this.spans.push({ start: from, end });
  }

  private release(until: number): string {
    const parts: string[] = [];
    let at = 0;
    for (const [index, { start, end }] of this.spans.entries()) {
      if (start >= until && !(index === 0 && this.marked)) break;
      if (index > 0 || !this.marked) parts.push(this.held.slice(at, start), MARK);
      at = end;
    }
    if (at < until) parts.push(this.held.slice(at, until));
    this.drop(until);
    return parts.join("");
  }

  /** Forgets the first units. A span that ends just there is kept: the next one may touch it. */
  private drop(until: number): void {
    const rest = this.spans.filter(({ end }) => end >= until);
    const [first] = rest;
    this.marked = first !== undefined && (first.start < until || (first === this.spans[0] && this.marked));
    this.spans = rest.map(({ start, end }) => ({ start: Math.max(0, start - until), end: end - until }));
    this.held = this.held.slice(until);
  }
}
