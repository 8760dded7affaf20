import { distance } from "fastest-levenshtein";

/** The known name nearest to what was written, when it is near enough to be a slip. */
export function nearest(written: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((name) => ({ name, far: distance(written, name) }))
    .sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1));
  return best !== undefined && best.far <= Math.max(2, Math.floor(best.name.length / 3))
    ? best.name
    : undefined;
}

/** `did you mean "europe"?`, or nothing. */
export function didYouMean(written: string, known: readonly string[]): { readonly hint?: string } {
  const name = nearest(written, known);
  return name === undefined ? {} : { hint: `did you mean "${name}"?` };
}
