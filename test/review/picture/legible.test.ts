import { contains, overlaps, type Box } from "../../../automation/review/picture/geometry";
import { drawMap } from "../../../automation/review/picture/map";
import { STYLE } from "../../../automation/review/picture/style";
import { read } from "./drawn";
import { countriesOf, pictures } from "./topologies";

const drawn = pictures.map((topology) => ({
  platform: topology.platform,
  topology,
  picture: read(drawMap(topology, { countriesOf })),
}));

/** Pairs of boxes that cover each other. */
const covering = (boxes: readonly Box[]): readonly (readonly Box[])[] =>
  boxes.flatMap((a, at) => boxes.slice(at + 1).flatMap((b) => (overlaps(a, b, -1) ? [[a, b]] : [])));

describe.each(drawn)("the picture of $platform", ({ topology, picture }) => {
  const { page, cards, labels, words, discs } = picture;

  test("has no card, note or name over another, and none over a region", () => {
    const onMap = discs.slice(0, topology.regions.length);
    expect(covering([...cards, ...labels, ...onMap])).toEqual([]);
  });

  test("keeps every word on the page", () => {
    expect(words.filter((word) => !contains(page, word))).toEqual([]);
  });

  test("keeps the words of a card inside it", () => {
    const inCards = words.filter((word) => cards.some((card) => overlaps(card, word)));
    expect(inCards.filter((word) => !cards.some((card) => contains(card, word)))).toEqual([]);
  });

  test("names each region, and each service where names fit at all", () => {
    const said = words.map(({ text }) => text).join(" · ");
    const services =
      topology.replication.length > 16 ? [] : topology.replication.map(({ service }) => service);
    for (const name of [...topology.regions.map((region) => region.name), ...services])
      expect(said).toContain(name);
  });
});

test("the key says what it leaves out, and only then", () => {
  const said = drawn.flatMap(({ platform, picture }) =>
    picture.words.filter(({ text }) => text.startsWith("and the law of")).map(({ text }) => [platform, text]),
  );
  expect(said).toEqual(["everywhere-20", "mesh-20"].map((name) => [name, "and the law of 3 more"]));
});

/** `--mrd-ink:#1f2328` → ink: [31, 35, 40]; the light colours come first, the dark ones in the media query. */
function coloursOf(part: string): ReadonlyMap<string, readonly number[]> {
  const found = [...part.matchAll(/--mrd-(\w+):(#[0-9a-f]{3,6})/g)].map(([, name = "", hex = ""]) => {
    const full = hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit).join("") : hex.slice(1);
    return [name, [0, 2, 4].map((at) => Number.parseInt(full.slice(at, at + 2), 16))] as const;
  });
  return new Map(found);
}

/** WCAG 2.2: 4.5 for text, 3 for shapes that mean something. */
function contrast(a: readonly number[] = [], b: readonly number[] = []): number {
  const luminance = ([red = 0, green = 0, blue = 0]: readonly number[]): number => {
    const [r = 0, g = 0, v = 0] = [red, green, blue]
      .map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * v;
  };
  const [bright = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (bright + 0.05) / (dark + 0.05);
}

describe.each([
  { theme: "light", colours: coloursOf(STYLE.slice(0, STYLE.indexOf("@media"))) },
  { theme: "dark", colours: coloursOf(STYLE.slice(STYLE.indexOf("@media"))) },
])("contrast on a $theme page", ({ colours }) => {
  const TEXT = [
    ["ink", "paper"],
    ["ink", "card"],
    ["ink", "sea"],
    ["ink", "land"],
    ["dim", "paper"],
    ["dim", "card"],
    ["dim", "sea"],
    ...["writer", "standby", "reader", "idle"].map((role) => [role, "card"] as const),
  ] as const;
  test.each(TEXT)("%s on %s is 4.5 or more", (text, ground) => {
    expect(contrast(colours.get(text), colours.get(ground))).toBeGreaterThanOrEqual(4.5);
  });

  const LINES = ["sync", "quorum", "async", "logical", "multi", "object"].flatMap((mode) =>
    ["sea", "land", "paper"].map((ground) => [mode, ground] as const),
  );
  test.each(LINES)("a line of %s on %s is 3 or more", (mode, ground) => {
    expect(contrast(colours.get(mode), colours.get(ground))).toBeGreaterThanOrEqual(3);
  });
});
