/**
 * The one way out for text: whatever Meridian writes (terminal, log files, JSON, comments) passes a
 * Redactor that knows the secrets of this process, in clear and in the encodings that print them.
 */
import { StringDecoder } from "node:string_decoder";
import { Transform } from "node:stream";
import { Automaton } from "./automaton";
import { formsOf } from "./forms";
import { SHORTEST_SECRET } from "./resolve";
import { Scanner } from "./scanner";

/** Knows values and masks them; values shorter than SHORTEST_SECRET are refused where secrets are resolved. */
export class Redactor {
  private readonly forms = new Set<string>();
  private automaton: Automaton | undefined;

  constructor(values: Iterable<string> = []) {
    this.learn(values);
  }

  /** From now on these are masked too, in streams that are already open from their next chunk on. */
  learn(values: Iterable<string>): void {
    const known = this.forms.size;
    for (const value of values) {
      for (const form of formsOf(value)) if (form.length >= SHORTEST_SECRET) this.forms.add(form);
    }
    if (this.forms.size > known) this.automaton = undefined;
  }

  /** The text with a mark in place of every secret. */
  readonly text = (text: string): string => {
    if (this.forms.size === 0) return text;
    const scanner = new Scanner(this.current);
    return scanner.push(text) + scanner.end();
  };

  /** A copy of plain data with every text in it masked, property names and numbers too. */
  readonly value = (value: unknown): unknown => {
    if (this.forms.size === 0) return value;
    if (typeof value === "string") return this.text(value);
    if (typeof value === "number" || typeof value === "bigint") return this.number(value);
    if (Array.isArray(value)) return value.map(this.value);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [this.text(name), this.value(item)]),
    );
  };

  /** JSON that stays JSON: masking JSON text could cut an escape sequence in two. */
  json(value: unknown, indent?: number): string {
    return JSON.stringify(this.value(JSON.parse(JSON.stringify(value) ?? "null")), undefined, indent);
  }

  /** A stream of UTF-8 that never lets a secret through in two halves. */
  transform(): Transform {
    const decoder = new StringDecoder("utf8");
    let automaton = this.current;
    let scanner = new Scanner(automaton);
    const next = (text: string): string => {
      if (automaton === this.current) return scanner.push(text);
      automaton = this.current;
      const held = scanner.end();
      scanner = new Scanner(automaton);
      return scanner.push(held + text);
    };
    return new Transform({
      decodeStrings: true,
      transform: (chunk: Buffer, _, done) => done(null, next(decoder.write(chunk))),
      flush: (done) => done(null, next(decoder.end()) + scanner.end()),
    });
  }

  private get current(): Automaton {
    this.automaton ??= new Automaton([...this.forms]);
    return this.automaton;
  }

  private number(value: number | bigint): unknown {
    const text = String(value);
    return this.text(text) === text ? value : this.text(text);
  }
}
