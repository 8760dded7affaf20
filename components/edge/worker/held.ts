/**
 * A value held in the isolate: served while it is fresh, served and looked for again when it is stale, and
 * kept when nothing better comes (fail-static). What is worse than what is held never replaces it.
 */
export type Later = (work: Promise<unknown>) => void;

export class Held<T> {
  #value: T | undefined;
  /** When it was last looked for, whatever came of it. Seconds. */
  #looked = Number.NEGATIVE_INFINITY;
  readonly #look: (held: T | undefined) => Promise<T | undefined>;
  readonly #freshFor: number;
  readonly #mayBeAbsent: boolean;

  /**
   * `look` throws or gives nothing when there is nothing better. What may be absent is not looked for by
   * every request that misses it.
   */
  constructor(
    freshFor: number,
    look: (held: T | undefined) => Promise<T | undefined>,
    mayBeAbsent: "may-be-absent" | "needed" = "needed",
  ) {
    this.#look = look;
    this.#freshFor = freshFor;
    this.#mayBeAbsent = mayBeAbsent === "may-be-absent";
  }

  /** At once when something is held. Requests share no promise: each waits only for work of its own. */
  async get(now: number, later: Later): Promise<T | undefined> {
    const isUnknown = this.#value === undefined && !this.#mayBeAbsent;
    if (isUnknown || this.#looked === Number.NEGATIVE_INFINITY) {
      await this.#refresh(now);
    } else if (now - this.#looked >= this.#freshFor) {
      this.#looked = now;
      later(this.#refresh(now));
    }
    return this.#value;
  }

  /** What is held, when nobody needs to look for it: no promise is made for what is already there. */
  fresh(now: number): T | undefined {
    return now - this.#looked < this.#freshFor ? this.#value : undefined;
  }

  /** Held now, and not looked for. */
  peek(): T | undefined {
    return this.#value;
  }

  /** Looks for it now, but not more than once a second however many ask. */
  async again(now: number): Promise<void> {
    if (now - this.#looked < 1) return;
    this.#looked = now;
    await this.#refresh(now);
  }

  async #refresh(now: number): Promise<void> {
    try {
      const found = await this.#look(this.#value);
      this.#looked = now;
      if (found !== undefined) this.#value = found;
    } catch {
      // The store does not answer: what is held stays.
      this.#looked = now;
    }
  }
}
