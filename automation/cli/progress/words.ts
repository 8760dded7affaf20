/** How progress says things: one vocabulary for the live lines and the plain ones. */
import type { Operation, ResourceStep } from "../../engine/engine";
import { onOneLine } from "../../review/table/cut";
import { formatCount } from "../../review/table/units";
import type { RunView, StackView } from "./run-view";

const PAST: readonly (readonly [operation: Operation, word: string])[] = [
  ["create", "created"],
  ["update", "updated"],
  ["replace", "replaced"],
  ["delete", "deleted"],
];

export type RunVerb = "preview" | "apply" | "destroy";

/** `31 created, 1 replaced`; `unchanged` or `failed` when nothing changed. */
export function changeWords({ status, changed, failed }: StackView, verb: RunVerb): string {
  const operations = [...changed.values()];
  const would = verb === "preview" ? "would be " : "";
  const said = PAST.flatMap(([operation, word]) => {
    const count = operations.filter((one) => one === operation).length;
    return count === 0 ? [] : [`${formatCount(count)} ${would}${word}`];
  });
  const lost = failed.size === 0 ? [] : [`${formatCount(failed.size)} failed`];
  return [...said, ...lost].join(", ") || (status === "failed" ? "failed" : "unchanged");
}

/** `kubernetes:apps/v1:Deployment` → `Deployment`. */
const shortType = (type: string): string => type.split(":").at(-1) ?? type;

/** `Deployment api`. */
export const resourceWords = ({ type, name }: ResourceStep): string =>
  onOneLine(`${shortType(type)} ${name}`);

const PRESENT: Readonly<Record<Operation, string>> = {
  same: "keep",
  create: "create",
  update: "update",
  replace: "replace",
  delete: "delete",
  refresh: "look at",
};

/** `create Deployment api`. */
export const stepWords = (step: ResourceStep): string => `${PRESENT[step.operation]} ${resourceWords(step)}`;

/** `12/27`, or `12` when nobody knows how many there will be, or nothing before the first; never more than all. */
export function progressWords({ changed, total }: StackView): string {
  if (total === undefined && changed.size === 0) return "";
  const done = formatCount(changed.size);
  return total === undefined ? done : `${done}/${formatCount(Math.max(total, changed.size))}`;
}

/** Failed, or behind one that failed; `seen` ends the walk where stacks wait for each other. */
function isLost(name: string, view: RunView, seen: ReadonlySet<string> = new Set()): boolean {
  const stack = view.stacks.get(name);
  if (stack === undefined || seen.has(name)) return false;
  if (stack.status !== "waiting") return stack.status === "failed";
  return stack.after.some((before) => isLost(before, view, new Set([...seen, name])));
}

/** What a waiting stack waits for: those of its predecessors that have no good end yet. */
export function waitingWords({ after }: StackView, view: RunView): string {
  const named = (names: readonly string[]): string => names.map(nameOf).join(", ");
  const lost = after.filter((name) => isLost(name, view));
  if (lost.length > 0) return `not run: ${named(lost)} failed`;
  const open = after.filter((name) => (view.stacks.get(name)?.status ?? "done") !== "done");
  return open.length === 0 ? "waiting for its turn" : `waiting for ${named(open)}`;
}

/** Its own name; what it waits for is always of the same platform. */
const nameOf = (stack: string): string => stack.slice(stack.indexOf("/") + 1);

/** How long it ran, or runs. */
export const elapsedSeconds = ({ startedAt, endedAt }: StackView, at: number): number =>
  Math.max(0, (endedAt ?? at) - (startedAt ?? at));

/** A message as lines that cannot move the cursor, without empty ones. */
export const linesOf = (text: string): readonly string[] =>
  text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .map((line) => onOneLine(line).trimEnd());
