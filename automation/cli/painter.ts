import { createColors } from "picocolors";
import { type Painter, plainPainter } from "../manifest/diagnostics/painter";
import { hasColour, type Terminal } from "./terminal";

/** Colours for a person, none for a pipe. */
export function painterFor(terminal: Terminal): Painter {
  if (!hasColour(terminal)) return plainPainter;
  const colours = createColors(true);
  return {
    error: (text) => colours.bold(colours.red(text)),
    warning: (text) => colours.bold(colours.yellow(text)),
    code: colours.bold,
    place: colours.cyan,
    caret: colours.red,
    hint: colours.yellow,
    fix: colours.green,
    dim: colours.dim,
  };
}
