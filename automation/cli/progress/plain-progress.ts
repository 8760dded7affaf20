import { printRemark } from "../output";
import type { Terminal } from "../terminal";
import { heartbeatLines, plainLines } from "./plain-lines";
import type { Display } from "./progress";
import { beginView, type RunView } from "./run-view";
import type { RunVerb } from "./words";

/** After so long without a line, a log of a build looks dead to those who read it. */
const SILENCE_SECONDS = 30;
const LOOK_MILLISECONDS = 5_000;

/** A line for each thing that happens, and one now and then when nothing does. */
export function plainProgress(terminal: Terminal, verb: RunVerb): Display {
  let view: RunView = beginView([]);
  let spokeAt = terminal.now();
  const say = (lines: readonly string[]): void => {
    if (lines.length === 0) return;
    printRemark(terminal, ...lines);
    spokeAt = terminal.now();
  };
  const heart = setInterval(() => {
    if (terminal.now() - spokeAt >= SILENCE_SECONDS) say(heartbeatLines(view, terminal.now()));
  }, LOOK_MILLISECONDS);
  heart.unref();
  return {
    begin: (begun) => {
      view = begun;
    },
    event: (event, after) => {
      say(plainLines(event, view, after, verb));
      view = after;
    },
    end: () => {
      clearInterval(heart);
      return Promise.resolve();
    },
  };
}
