import { distance } from "fastest-levenshtein";

/** A name, and everything else a person may call it. */
export interface Candidate {
  readonly name: string;
  readonly aliases: readonly string[];
}

const MOST = 3;

/** `East US`, `east-us` and `eastus` are one name to the person who types it. */
const folded = (text: string): string =>
  text
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");

/** How far a candidate is from what was typed: 0 for another word for it, infinity when too far to suggest. */
function farness(typed: string, { name, aliases }: Candidate): number {
  if (typed === "") return Number.POSITIVE_INFINITY;
  if ([name, ...aliases].some((alias) => folded(alias) === typed)) return 0;
  const steps = distance(typed, folded(name));
  return steps <= Math.max(1, Math.floor(typed.length / 3)) ? steps : Number.POSITIVE_INFINITY;
}

/** The names a person may have meant, nearest first, at most three. */
export function closest(wrong: string, candidates: readonly Candidate[]): readonly string[] {
  const typed = folded(wrong);
  return candidates
    .map((candidate) => ({ name: candidate.name, far: farness(typed, candidate) }))
    .filter(({ far }) => Number.isFinite(far))
    .sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
    .slice(0, MOST)
    .map(({ name }) => name);
}
