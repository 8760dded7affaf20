import { distance } from "fastest-levenshtein";

/** A third of the word may be wrong, and always one letter: past that it is another word, not a typo. */
const tolerance = (word: string): number => Math.max(1, Math.floor(word.length / 3));

const SHORTEST_BEGINNING = 3;

const letters = (word: string): string => [...word].sort().join("");

/** Two neighbouring letters swapped are one slip of the fingers, though two edits. */
function slips(wanted: string, candidate: string): number {
  const edits = distance(wanted, candidate);
  return edits === 2 && letters(wanted) === letters(candidate) ? 1 : edits;
}

/** `auto` for `automatic`: the only candidate that begins like this. */
function begunBy(wanted: string, candidates: readonly string[]): string | undefined {
  if (wanted.length < SHORTEST_BEGINNING) return undefined;
  const [only, ...others] = candidates.filter((candidate) => candidate.toLowerCase().startsWith(wanted));
  return others.length === 0 ? only : undefined;
}

/** The candidate a person most likely meant, for `did you mean …?`, or undefined when none is near. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let least = tolerance(word) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > least) continue;
    const away = slips(wanted, candidate.toLowerCase());
    if (away < least) [best, least] = [candidate, away];
  }
  return best ?? begunBy(wanted, candidates);
}
