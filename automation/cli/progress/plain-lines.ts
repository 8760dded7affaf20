/** A run as lines for a log: each says which stack it is about, and none says that nothing happened. */
import type { EngineEvent } from "../../engine/engine";
import { formatDuration } from "../../review/table/units";
import { isChange, running, type RunView, type StackView } from "./run-view";
import { changeWords, elapsedSeconds, linesOf, resourceWords, type RunVerb, stepWords } from "./words";

function startWords({ wave, after }: StackView): string {
  const where =
    wave === undefined ? "" : ` (wave ${wave}${after.length === 0 ? "" : `, after ${after.join(", ")}`})`;
  return `started${where}`;
}

/** `2 of 4 stacks`. */
function countWords({ stacks }: RunView): string {
  const over = [...stacks.values()].filter(({ status }) => status === "done" || status === "failed");
  return `${over.length} of ${stacks.size} stacks`;
}

function endWords(stack: StackView, view: RunView, verb: RunVerb): string {
  const time = formatDuration(elapsedSeconds(stack, stack.endedAt ?? 0));
  const words = changeWords(stack, verb);
  const outcome =
    stack.status === "done" ? `done: ${words}` : words === "failed" ? words : `failed: ${words}`;
  return `${outcome} in ${time} (${countWords(view)})`;
}

/** A change is told when it is made; one that fails is told as well. */
function resourceLine({ step, status }: Extract<EngineEvent, { kind: "resource" }>): string | undefined {
  if (status === "failed") return `failed to ${stepWords(step)}`;
  return status === "done" && isChange(step) ? stepWords(step) : undefined;
}

const messageLines = ({ severity, text }: Extract<EngineEvent, { kind: "message" }>): readonly string[] =>
  severity === "info" ? [] : linesOf(text).map((line) => `${severity}: ${line}`);

const isNew = (moment: number | undefined): boolean => moment === undefined;

function wordsOf(event: EngineEvent, before: RunView, after: RunView, verb: RunVerb): readonly string[] {
  const stack = after.stacks.get(event.stack);
  if (stack === undefined) return [];
  switch (event.kind) {
    case "started":
      return isNew(before.stacks.get(event.stack)?.startedAt) ? [startWords(stack)] : [];
    case "resource": {
      // A preview's changes are its result, and stand in the table below.
      const line = verb === "preview" ? undefined : resourceLine(event);
      return line === undefined ? [] : [line];
    }
    case "message":
      return messageLines(event);
    case "finished":
      return isNew(before.stacks.get(event.stack)?.endedAt) ? [endWords(stack, after, verb)] : [];
  }
}

/** What to print of one event, given the view before and after it. */
export const plainLines = (
  event: EngineEvent,
  before: RunView,
  after: RunView,
  verb: RunVerb,
): readonly string[] => wordsOf(event, before, after, verb).map((words) => `${event.stack}  ${words}`);

/** What everybody is busy with, for when nothing was said for long. */
export const heartbeatLines = (view: RunView, at: number): readonly string[] =>
  running(view).map((stack) => {
    const [oldest] = stack.inFlight.values();
    const busy =
      oldest === undefined ? "" : `: ${resourceWords(oldest.step)} for ${formatDuration(at - oldest.since)}`;
    const done = stack.changed.size === 0 ? "" : `, ${stack.changed.size} changed`;
    return `${stack.stack}  still running after ${formatDuration(elapsedSeconds(stack, at))}${done}${busy}`;
  });
