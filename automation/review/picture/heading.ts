import type { PlatformGraph } from "./platform-graph";
import { cutToPixels, textWidth } from "./text-width";
import { sayObjective, sayOwnership } from "./words";
import { element, type Markup, text } from "./xml";

const TITLE = 22;

/** Platform and shape, who may write, and the objectives. */
export function drawHeading(
  { platform, shape, cells, objectives, nodes }: PlatformGraph,
  x: number,
  width: number,
): { readonly markup: Markup; readonly height: number } {
  const name = cutToPixels(platform, TITLE, width - 340, "bold");
  const chip = x + textWidth(name, TITLE, "bold") + 14;
  const words = `${shape} · ${nodes.length} ${nodes.length === 1 ? "region" : "regions"}`;
  const chipWidth = textWidth(words, 12) + 20;
  const facts = [sayOwnership(cells), objectives.map(sayObjective).join("   ·   ")].filter(
    (line) => line !== "",
  );
  return {
    markup: element(
      "g",
      {},
      element("text", { class: "mrd-title", x, y: 40 }, text(name)),
      element("rect", { class: "mrd-chip", x: chip, y: 21.5, width: chipWidth, height: 24, rx: 12 }),
      element("text", { class: "mrd-middle", x: chip + chipWidth / 2, y: 37.5 }, text(words)),
      ...facts.map((line, at) =>
        element("text", { class: "mrd-dim", x, y: 66 + 20 * at }, text(cutToPixels(line, 12, width))),
      ),
    ),
    height: 62 + 20 * facts.length,
  };
}
