import { closest } from "../diagnostics/closest";

/** `did you mean "europe"?`, or nothing. */
export function didYouMean(written: string, known: readonly string[]): { readonly hint?: string } {
  const name = closest(written, known);
  return name === undefined ? {} : { hint: `did you mean "${name}"?` };
}
