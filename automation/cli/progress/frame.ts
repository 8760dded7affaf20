/** The lines redrawn in place: a line a stack, and one that sums up. Pure. */
import type { Painter } from "../../manifest/diagnostics/painter";
import { displayWidth } from "../../manifest/diagnostics/display-width";
import { cutToWidth, onOneLine } from "../../review/table/cut";
import { formatCount, formatDuration } from "../../review/table/units";
import { sayDuration } from "../../manifest/rules/say-duration";
import type { RunView, StackView } from "./run-view";
import {
  changeWords,
  elapsedSeconds,
  progressWords,
  resourceWords,
  type RunVerb,
  waitingWords,
} from "./words";

/** What a frame needs besides the run. */
export interface FrameSetting {
  /** Columns and lines of the terminal. */
  readonly columns: number;
  readonly rows: number;
  readonly at: number;
  readonly spinner: string;
  readonly verb: RunVerb;
  readonly paint: Painter;
  /** When the run began. */
  readonly began: number;
}

/** Further apart than this, words on one line no longer belong together. */
const WIDEST = 100;
/** Below it the wave is left out, so that the rest can be read. */
const ROOM_FOR_WAVES = 70;
/** Lines left to the summary and to the cursor. */
const SPARE_ROWS = 3;

const RANKS: Readonly<Record<StackView["status"], number>> = { running: 0, failed: 1, waiting: 2, done: 3 };

/** Those that fit, in their order: what runs and what failed come before what waits and what is done. */
function shown(stacks: readonly StackView[], room: number): readonly StackView[] {
  if (stacks.length <= room) return stacks;
  const byRank = [...stacks].sort((a, b) => RANKS[a.status] - RANKS[b.status]);
  const kept = new Set(byRank.slice(0, Math.max(1, room)));
  return stacks.filter((stack) => kept.has(stack));
}

/** The platform is left out when there is only one. */
function namesOf(stacks: readonly StackView[]): ReadonlyMap<string, string> {
  const platforms = new Set(stacks.map(({ stack }) => stack.split("/")[0]));
  const only = platforms.size === 1;
  return new Map(stacks.map(({ stack }) => [stack, only ? stack.slice(stack.indexOf("/") + 1) : stack]));
}

const padded = (text: string, width: number): string => {
  const cut = cutToWidth(text, width);
  return cut + " ".repeat(Math.max(0, width - displayWidth(cut)));
};

function iconOf({ status }: StackView, { spinner, paint }: FrameSetting): string {
  switch (status) {
    case "done":
      return paint.fix("✔");
    case "failed":
      return paint.error("✖");
    case "running":
      return paint.hint(spinner);
    case "waiting":
      return " ";
  }
}

/** What stands in the middle: counts and the oldest resource in flight, or why it does not run. */
function middleOf(stack: StackView, view: RunView, { verb }: FrameSetting): string {
  if (stack.status === "waiting") return waitingWords(stack, view);
  if (stack.status !== "running") return changeWords(stack, verb);
  const [oldest, ...others] = [...stack.inFlight.values()].map(({ step }) => resourceWords(step));
  const more = others.length === 0 ? "" : ` +${others.length}`;
  const done = progressWords(stack);
  return [done, oldest === undefined ? "" : `${oldest}${more}`].filter((words) => words !== "").join("  ");
}

function timeOf(stack: StackView, at: number): string {
  if (stack.startedAt === undefined) return "";
  const seconds = elapsedSeconds(stack, at);
  return stack.status === "running" ? sayDuration(Math.floor(seconds)) : formatDuration(seconds);
}

function waveOf({ wave }: StackView, width: number): string {
  return width === 0 ? "" : padded(wave === undefined ? "" : `wave ${wave}`, width);
}

function summaryOf({ stacks }: RunView, hidden: number, { at, began }: FrameSetting): string {
  const count = (status: StackView["status"]): number =>
    [...stacks.values()].filter((stack) => stack.status === status).length;
  const failed = count("failed") === 0 ? "" : ` · ${formatCount(count("failed"))} failed`;
  const unseen = hidden === 0 ? "" : ` · ${formatCount(hidden)} not shown`;
  const time = sayDuration(Math.floor(Math.max(0, at - began)));
  return `${formatCount(count("done"))}/${formatCount(stacks.size)} stacks${failed}${unseen} · ${time}`;
}

/** The whole picture; no line is wider than the terminal, and there are never more than it has. */
export function frameLines(view: RunView, setting: FrameSetting): readonly string[] {
  const all = [...view.stacks.values()];
  const stacks = shown(all, setting.rows - SPARE_ROWS);
  // The last column stays free: a cursor there would wrap the line.
  const width = Math.min(setting.columns - 1, WIDEST);
  const names = namesOf(all);
  const waves = width < ROOM_FOR_WAVES || all.every(({ wave }) => wave === undefined);
  const waveWidth = waves ? 0 : Math.max(...all.map(({ wave = 0 }) => `wave ${wave}`.length)) + 2;
  const longest = Math.max(0, ...stacks.map(({ stack }) => displayWidth(names.get(stack) ?? stack)));
  const nameWidth = Math.min(longest, Math.floor(width / 3));
  const lines = stacks.map((stack) => {
    const time = timeOf(stack, setting.at);
    const left = waveOf(stack, waveWidth) + padded(names.get(stack.stack) ?? stack.stack, nameWidth);
    const room = width - 2 - displayWidth(left) - 2 - displayWidth(time) - 1;
    const middle = padded(onOneLine(middleOf(stack, view, setting)), Math.max(0, room));
    const text = `${left}  ${middle} ${time}`.trimEnd();
    return `${iconOf(stack, setting)} ${stack.status === "waiting" ? setting.paint.dim(text) : text}`;
  });
  const summary = cutToWidth(summaryOf(view, all.length - stacks.length, setting), width);
  return [...lines, setting.paint.dim(summary)];
}
