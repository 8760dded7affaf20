/**
 * Colours for a light and a dark page; the reader's browser chooses.
 *
 * Every class and variable starts with `mrd`, so that a picture inside a page changes nothing else in it.
 */
import type { RegionRole, ReplicationMode } from "../../fleet/topology";

/** Dashes say the mode without colour; `multi-writer` is a double line. */
export const DASHES: Readonly<Record<ReplicationMode, string | undefined>> = {
  sync: undefined,
  quorum: "14 5",
  async: "7 5",
  logical: "0.1 5.5",
  "multi-writer": undefined,
  object: "10 4 2 4",
};

/** Letters say the role without colour. */
export const LETTERS: Readonly<Record<RegionRole, string>> = {
  writer: "W",
  standby: "S",
  reader: "R",
  idle: "–",
};

/** Tints of jurisdictions, in turn. */
export const TINTS = 6;

const LIGHT =
  "--mrd-paper:#fff;--mrd-ink:#1f2328;--mrd-dim:#59636e;--mrd-sea:#eaf1f7;--mrd-land:#fafaf7;" +
  "--mrd-coast:#b9c4ce;--mrd-grid:#dce6ee;--mrd-card:#fff;--mrd-frame:#d1d9e0;--mrd-tint:.2;" +
  "--mrd-writer:#1a7f37;--mrd-standby:#9a6700;--mrd-reader:#0969da;--mrd-idle:#6e7781;" +
  "--mrd-sync:#0a3069;--mrd-quorum:#8a4600;--mrd-async:#8250df;--mrd-logical:#bf3989;" +
  "--mrd-multi:#bc4c00;--mrd-object:#57606a";

const DARK =
  "--mrd-paper:#0d1117;--mrd-ink:#e6edf3;--mrd-dim:#9198a1;--mrd-sea:#101a26;--mrd-land:#212a35;" +
  "--mrd-coast:#465364;--mrd-grid:#182433;--mrd-card:#161b22;--mrd-frame:#3d444d;--mrd-tint:.3;" +
  "--mrd-writer:#3fb950;--mrd-standby:#d29922;--mrd-reader:#58a6ff;--mrd-idle:#8b949e;" +
  "--mrd-sync:#a5d6ff;--mrd-quorum:#e3b341;--mrd-async:#bc8cff;--mrd-logical:#f778ba;" +
  "--mrd-multi:#ffa657;--mrd-object:#b1bac4";

const TINT_COLOURS = ["#4493f8", "#e3a008", "#2da44e", "#d2539b", "#8957e5", "#e16f24"];

const modeColour = (mode: ReplicationMode): string => (mode === "multi-writer" ? "multi" : mode);

const roleRules = (["writer", "standby", "reader", "idle"] as const).map(
  (role) => `.mrd-${role}{--mrd-own:var(--mrd-${role})}`,
);
const modeRules = (Object.keys(DASHES) as ReplicationMode[]).map(
  (mode) => `.mrd-mode-${mode}{--mrd-own:var(--mrd-${modeColour(mode)})}`,
);
const tintRules = TINT_COLOURS.map((colour, at) => `.mrd-tint-${at}{fill:${colour};stroke:${colour}}`);

/** The style sheet of a picture. */
export const STYLE = [
  `.mrd-map{${LIGHT};color:var(--mrd-ink);color-scheme:light dark;`,
  'font-family:-apple-system,BlinkMacSystemFont,"Segoe UI","Noto Sans","Liberation Sans",Arial,sans-serif}',
  `@media (prefers-color-scheme:dark){.mrd-map{${DARK}}}`,
  ".mrd-map text{fill:currentColor;font-size:12px}",
  ".mrd-map .mrd-dim{fill:var(--mrd-dim)}",
  ".mrd-map .mrd-name{font-weight:600;font-size:13.5px}",
  ".mrd-map .mrd-title{font-weight:600;font-size:22px}",
  ".mrd-map .mrd-halo{paint-order:stroke;stroke:var(--mrd-card);stroke-width:4px;stroke-linejoin:round}",
  ".mrd-paper{fill:var(--mrd-paper)}.mrd-sea{fill:var(--mrd-sea)}",
  ".mrd-grid{fill:none;stroke:var(--mrd-grid);stroke-width:1}",
  ".mrd-land{fill:var(--mrd-land);stroke:var(--mrd-coast);stroke-width:.8;stroke-linejoin:round}",
  ".mrd-border{fill:none;stroke:var(--mrd-coast);stroke-width:.5;opacity:.75}",
  ".mrd-tint{fill-opacity:var(--mrd-tint);stroke-opacity:.75;stroke-width:1;stroke-linejoin:round}",
  ".mrd-frame{fill:none;stroke:var(--mrd-frame)}",
  ".mrd-chip{fill:none;stroke:var(--mrd-dim);opacity:.6}",
  ".mrd-card{fill:var(--mrd-card);fill-opacity:.94;stroke:var(--mrd-frame)}",
  ".mrd-leader{fill:none;stroke:var(--mrd-dim);stroke-width:1}",
  ".mrd-anchor{fill:var(--mrd-dim)}",
  ".mrd-edge{fill:none;stroke:var(--mrd-own);stroke-width:2.2;stroke-linecap:round}",
  ".mrd-edge-sync,.mrd-edge-quorum{stroke-width:2.8}",
  ".mrd-edge-logical{stroke-width:3.2}.mrd-edge-multi-writer{stroke-width:5}",
  ".mrd-inner{fill:none;stroke:var(--mrd-card);stroke-width:1.8}",
  ".mrd-under{fill:none;stroke:var(--mrd-card);stroke-width:6;stroke-opacity:.65}",
  ".mrd-arrow{fill:var(--mrd-own)}",
  ".mrd-disc{fill:var(--mrd-card);stroke:var(--mrd-own);stroke-width:2.5}",
  ".mrd-writer .mrd-disc{fill:var(--mrd-own)}.mrd-idle .mrd-disc{stroke-dasharray:3 3}",
  ".mrd-map .mrd-letter{fill:var(--mrd-own);font-weight:700;font-size:11.5px;text-anchor:middle}",
  ".mrd-map .mrd-writer .mrd-letter{fill:var(--mrd-card)}",
  ".mrd-track{fill:none;stroke:var(--mrd-card);stroke-width:5}",
  ".mrd-share{fill:none;stroke:var(--mrd-own);stroke-width:3.2}",
  ".mrd-map .mrd-end{text-anchor:end}.mrd-map .mrd-middle{text-anchor:middle}",
  ...roleRules,
  ...modeRules,
  ...tintRules,
].join("\n");
