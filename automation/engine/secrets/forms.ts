/** The ways a secret's value can stand in text: as it is, and as encodings that print it. */

/** Pieces shorter than this occur by chance and are not looked for on their own. */
const SHORTEST_PIECE = 20;
const SHORTEST_ENCODED = 8;

const jsonEscaped = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Characters above ASCII as JSON writers of other languages escape them. */
const asciiJson = (text: string): string =>
  jsonEscaped(text).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** encodeURIComponent() of any string: a lone surrogate counts as the replacement character. */
const percent = (text: string): string => encodeURIComponent(Buffer.from(text, "utf8").toString("utf8"));

const strictPercent = (text: string): string =>
  percent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

/** Base64 with both alphabets; inside a longer encoded text, what does not depend on its neighbours. */
function base64Forms(value: string): readonly string[] {
  const bytes = Buffer.from(value, "utf8");
  const whole = bytes.toString("base64").replace(/=+$/, "");
  const shifted = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    const first = Math.ceil((offset * 8) / 6);
    const last = Math.floor(((offset + bytes.length) * 8) / 6);
    return encoded.slice(first, last);
  });
  const inner = shifted.filter((text) => text.length >= SHORTEST_ENCODED);
  return [whole, ...inner].flatMap((text) => [text, text.replaceAll("+", "-").replaceAll("/", "_")]);
}

/** Words of a text of several lines, such as a key or a kubeconfig, that are long enough to tell. */
const pieces = (value: string): readonly string[] =>
  value.includes("\n") ? value.split(/\s+/).filter((word) => word.length >= SHORTEST_PIECE) : [];

function formsOfOne(value: string): readonly string[] {
  const bytes = Buffer.from(value, "utf8");
  const escaped = jsonEscaped(value);
  const encoded = [percent(value), strictPercent(value)];
  const hex = bytes.toString("hex");
  return [
    value,
    escaped,
    jsonEscaped(escaped),
    asciiJson(value),
    ...encoded,
    ...encoded.map((text) => text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())),
    ...encoded.map((text) => text.replaceAll("%20", "+")),
    ...base64Forms(value),
    ...(hex.length >= SHORTEST_ENCODED ? [hex, hex.toUpperCase()] : []),
  ];
}

/** Every text to look for, without doubles, for a value and for the long words of one with several lines. */
export const formsOf = (value: string): readonly string[] => [
  ...new Set([value, ...pieces(value)].flatMap(formsOfOne)),
];
