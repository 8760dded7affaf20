/** Aho-Corasick: finds every occurrence of many texts in one pass, whatever the number of texts. */
export class Automaton {
  private readonly next = new Map<number, number>();
  private readonly fallback: number[] = [0];
  private readonly depth: number[] = [0];
  /** Length of the longest text that ends in this state; 0 when none does. */
  private readonly found: number[] = [0];

  constructor(texts: readonly string[]) {
    for (const text of texts) this.add(text);
    this.link();
  }

  /** The state after one more UTF-16 unit. */
  step(state: number, unit: number): number {
    for (let at = state; ; at = this.fallback[at] ?? 0) {
      const to = this.next.get(at * 65_536 + unit);
      if (to !== undefined) return to;
      if (at === 0) return 0;
    }
  }

  /** How many of the last units may be the beginning of a text that is not complete yet. */
  open(state: number): number {
    return this.depth[state] ?? 0;
  }

  /** How many of the last units are a whole text; 0 when there is none. */
  closed(state: number): number {
    return this.found[state] ?? 0;
  }

  private add(text: string): void {
    let state = 0;
    for (let at = 0; at < text.length; at += 1) {
      const key = state * 65_536 + text.charCodeAt(at);
      let to = this.next.get(key);
      if (to === undefined) {
        to = this.depth.push(at + 1) - 1;
        this.found.push(0);
        this.fallback.push(0);
        this.next.set(key, to);
      }
      state = to;
    }
    this.found[state] = text.length;
  }

  /** Breadth first, so that what a state falls back to is linked before it. */
  private link(): void {
    const edges = [...this.next].sort(([, a], [, b]) => this.open(a) - this.open(b));
    for (const [key, to] of edges) {
      const from = Math.floor(key / 65_536);
      const back = from === 0 ? 0 : this.step(this.fallback[from] ?? 0, key % 65_536);
      this.fallback[to] = back;
      this.found[to] = Math.max(this.closed(to), this.closed(back));
    }
  }
}
