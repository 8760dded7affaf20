/** What a text of the wrong form most likely meant: `15 min` → `15m`, `€40` → `40 EUR`, `First_One` → `first-one`. */

type Rewriting = (text: string) => string;

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^(\d+) ?(?:seconds?|secs?)$/i, "$1s"],
  [/^(\d+) ?(?:minutes?|mins?)$/i, "$1m"],
  [/^(\d+) ?(?:hours?|hrs?)$/i, "$1h"],
  [/^(\d+) ?days?$/i, "$1d"],
  [/^(\d+) ?([KMGT])B?$/i, "$1$2i"],
  [/^€ ?(\d.*)$|^(\d.*?) ?€$/, "$1$2 EUR"],
  [/^\$ ?(\d.*)$|^(\d.*?) ?\$$/, "$1$2 USD"],
  [/^(\d.*?) ?([a-z]{3})$/i, "$1 $2"],
];

/** `1h30m` → `90m`. */
function inOneUnit(text: string): string {
  const [, hours, minutes] = /^(\d+)h ?(\d+)m$/.exec(text) ?? [];
  return hours === undefined ? text : `${Number(hours) * 60 + Number(minutes)}m`;
}

/** From the smallest change to the boldest; each is tried alone, and with a comma read as a point. */
const REWRITINGS: readonly Rewriting[] = [
  (text) => text.trim(),
  (text) => text.replaceAll(" ", ""),
  (text) => text.toLowerCase(),
  (text) => (text.length > 3 ? text : text.toUpperCase()),
  ...WORDS.map(
    ([pattern, meant]): Rewriting =>
      (text) =>
        text.replace(pattern, meant),
  ),
  (text) => text.replace(/^(\d.*?) ?([a-z]{3})$/i, "$1 $2").toUpperCase(),
  inOneUnit,
  (text) => text.toLowerCase().replaceAll(/[_ .]+/g, "-"),
  // Hosts and addresses come without scheme, port and path; paths begin with a slash.
  (text) => text.replace(/^[a-z]+:\/\//i, "").replace(/[:/].*$/, ""),
  (text) => text.replace(/:\d+$/, ""),
  (text) => `/${text}`,
];

/** The first rewriting that takes the form, or undefined when none does. */
export function nearForm(text: string, fits: (candidate: string) => boolean): string | undefined {
  const readings = [text, text.replace(",", ".")];
  return readings
    .flatMap((reading) => REWRITINGS.map((rewrite) => rewrite(reading)))
    .find((candidate) => candidate !== "" && candidate !== text && fits(candidate));
}
