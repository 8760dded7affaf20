import { closest } from "../diagnostics/closest";
import { listed } from "../diagnostics/schema/words";

/** `did you mean "europe"?`, or nothing. */
export function didYouMean(written: string, known: readonly string[]): { readonly hint?: string } {
  const name = closest(written, known);
  return name === undefined ? {} : { hint: `did you mean "${name}"?` };
}

/** `use europe`, `use one of europe, india`, or nothing when there is none. */
export function useOneOf(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  return names.length === 1 ? `use ${listed(names)}` : `use one of ${listed(names)}`;
}
