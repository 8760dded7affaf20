import type { EngineEvent, Operation, ResourceStep } from "../../../automation/engine/engine";
import { advance, beginView, type RunView, type Waves } from "../../../automation/cli/progress/run-view";

/** `create Deployment api` reads: the step that creates the Deployment `api`. */
export function step(text: string): ResourceStep {
  const [operation = "", type = "", name = ""] = text.split(" ");
  const changed = operation === "update" ? ["spec"] : [];
  return {
    urn: `urn::${type}::${name}`,
    type: `kubernetes:apps/v1:${type}`,
    name,
    operation: operation as Operation,
    changed,
  };
}

/** `openova/europe done create Deployment api`, `openova/europe started`, `… warning some text`. */
export function event(text: string): EngineEvent {
  const [stack = "", kind = "", ...rest] = text.split(" ");
  switch (kind) {
    case "started":
      return { kind, stack, ...(rest[0] === undefined ? {} : { total: Number(rest[0]) }) };
    case "finished":
    case "broke":
      return { kind: "finished", stack, ok: kind === "finished" };
    case "info":
    case "warning":
    case "error":
      return { kind: "message", stack, severity: kind, text: rest.join(" ") };
    default:
      return {
        kind: "resource",
        stack,
        status: kind as "running" | "done" | "failed",
        step: step(rest.join(" ")),
      };
  }
}

export const OPENOVA: Waves = [
  [{ stack: "openova/europe", after: [] }],
  [
    { stack: "openova/india", after: ["openova/europe"] },
    { stack: "openova/workspaces-000", after: ["openova/europe"] },
  ],
  [{ stack: "openova/global", after: ["openova/europe", "openova/india"] }],
];

/** A view after events, each `seconds text`. */
export const viewAfter = (events: readonly string[], waves: Waves = OPENOVA): RunView =>
  events.reduce((view, line) => {
    const [at = "0", ...words] = line.split(" ");
    return advance(view, event(words.join(" ")), Number(at));
  }, beginView(waves));
