import type { Box } from "../../../automation/review/picture/geometry";
import { textWidth } from "../../../automation/review/picture/text-width";

/** What a picture shows, read back from its SVG. */
export interface Drawn {
  readonly page: Box;
  /** Cards of regions and notes beside lines. */
  readonly cards: readonly Box[];
  /** Names on lines, apart from any card. */
  readonly labels: readonly Word[];
  readonly words: readonly Word[];
  readonly discs: readonly Box[];
}

/** A text as its reader sees it. */
export interface Word extends Box {
  readonly text: string;
}

const attribute = (tag: string, name: string): number =>
  Number(new RegExp(` ${name}="(-?[\\d.]+)"`).exec(tag)?.[1] ?? 0);

const boxOf = (tag: string): Box => ({
  x: attribute(tag, "x"),
  y: attribute(tag, "y"),
  width: attribute(tag, "width"),
  height: attribute(tag, "height"),
});

const unescaped = (text: string): string =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");

const sizeOf = (tag: string): number =>
  tag.includes("mrd-title") ? 22 : tag.includes("mrd-name") ? 13.5 : 12;

function wordOf([tag = "", , inner = ""]: readonly (string | undefined)[]): Word {
  const text = unescaped(inner);
  const size = sizeOf(tag);
  const width = textWidth(text, size, size === 12 ? "normal" : "bold");
  const shift = /mrd-end/.test(tag) ? width : /mrd-(letter|middle)/.test(tag) ? width / 2 : 0;
  return { text, x: attribute(tag, "x") - shift, y: attribute(tag, "y") - size * 0.8, width, height: size };
}

export function read(svg: string): Drawn {
  const tags = (pattern: RegExp): readonly string[] => svg.match(pattern) ?? [];
  const texts = [...svg.matchAll(/(<text[^>]*)(>)([^<]*)<\/text>/g)].map(([, tag, , inner]) => [
    tag,
    "",
    inner,
  ]);
  return {
    page: boxOf(svg.slice(0, svg.indexOf(">")).replace(/viewBox="[^"]*"/, "")),
    cards: tags(/<rect class="mrd-card"[^>]*>/g).map(boxOf),
    labels: texts.filter(([tag]) => tag?.includes("mrd-halo")).map(wordOf),
    words: texts.map(wordOf),
    discs: tags(/<circle class="mrd-disc"[^>]*>/g).map((tag) => {
      const radius = attribute(tag, "r");
      return {
        x: attribute(tag, "cx") - radius,
        y: attribute(tag, "cy") - radius,
        width: 2 * radius,
        height: 2 * radius,
      };
    }),
  };
}
