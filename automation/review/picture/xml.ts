/** XML that cannot be broken: text is escaped where it enters, and only this file makes markup. */
import { onOneLine } from "../table/cut";

declare const brand: unique symbol;

/** Well-formed XML; a plain string is not. */
export type Markup = string & { readonly [brand]: "markup" };

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Characters XML 1.0 has no place for, lone surrogates among them. */
const ILLEGAL = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

const escaped = (value: string): string =>
  onOneLine(value)
    .replace(ILLEGAL, "\u{fffd}")
    .replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);

/** At most one decimal, never `-0`. */
export const rounded = (value: number): string => String(Math.round(value * 10) / 10 + 0);

/** Any text as XML text. */
export const text = (value: string): Markup => escaped(value) as Markup;

/** Markup that is a constant of ours, such as a style sheet; never anything from outside. */
export const raw = (constant: string): Markup => constant as Markup;

/** Several pieces, a line each. */
export const lines = (pieces: readonly Markup[]): Markup => pieces.join("\n") as Markup;

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** One element; undefined attributes are left out, numbers are rounded. */
export function element(name: string, attributes: Attributes = {}, ...children: readonly Markup[]): Markup {
  const written = Object.entries(attributes).map(([key, value]) =>
    value === undefined ? "" : ` ${key}="${typeof value === "number" ? rounded(value) : escaped(value)}"`,
  );
  const open = `<${name}${written.join("")}`;
  return (children.length === 0 ? `${open}/>` : `${open}>${children.join("")}</${name}>`) as Markup;
}
