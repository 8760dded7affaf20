import type { EngineEvent } from "../../engine/engine";
import type { GuardedTerminal } from "../guarded-terminal";
import { isInteractive, type Terminal } from "../terminal";
import { liveProgress } from "./live-progress";
import { plainProgress } from "./plain-progress";
import { advance, beginView, type RunView, unfinished, type Waves } from "./run-view";
import type { RunVerb } from "./words";

/** What watches a run. */
export interface Progress {
  readonly begin: (waves: Waves) => void;
  readonly event: (event: EngineEvent) => void;
  /** Leaves the screen to what comes after. */
  readonly end: () => Promise<void>;
  /** Stacks that are not finished, in their order. */
  readonly left: () => readonly string[];
}

/** One way of showing a run; told of each event with the view it leads to. */
export interface Display {
  readonly begin: (view: RunView) => void;
  readonly event: (event: EngineEvent, view: RunView) => void;
  readonly end: () => Promise<void>;
}

/** How a run is shown. */
export interface ProgressOptions {
  readonly verb: RunVerb;
  /** Nothing is shown: a script reads. */
  readonly quiet: boolean;
}

/** Narrower than this a line redrawn in place says too little. */
const LEAST_COLUMNS = 40;

/** Lines redrawn in place are for a person at a terminal that can move its cursor. */
export function isLive({ env, stderr }: Pick<Terminal, "env" | "stderr">): boolean {
  const isBuild = !["", "0", "false"].includes(env["CI"] ?? "");
  const columns = "columns" in stderr ? stderr.columns : 80;
  return isInteractive(stderr) && !isBuild && env["TERM"] !== "dumb" && columns >= LEAST_COLUMNS;
}

const silent: Display = { begin: () => undefined, event: () => undefined, end: () => Promise.resolve() };

function displayFor(terminal: GuardedTerminal, { verb, quiet }: ProgressOptions): Display {
  if (quiet) return silent;
  return isLive(terminal) ? liveProgress(terminal, verb) : plainProgress(terminal, verb);
}

/** Live lines for a person, plain ones for a log, none for a script. */
export function progressFor(terminal: GuardedTerminal, options: ProgressOptions): Progress {
  const display = displayFor(terminal, options);
  let view = beginView([]);
  return {
    begin: (waves) => {
      view = beginView(waves);
      display.begin(view);
    },
    event: (event) => {
      view = advance(view, event, terminal.now());
      display.event(event, view);
    },
    end: display.end,
    left: () => unfinished(view).map(({ stack }) => stack),
  };
}
