import type { EngineEvent } from "../engine/engine";
import { printRemark } from "./output";
import type { Terminal } from "./terminal";

export interface Progress {
  readonly begin: (
    waves: readonly (readonly { readonly stack: string; readonly after: readonly string[] }[])[],
  ) => void;
  readonly event: (event: EngineEvent) => void;
  readonly end: (ok: boolean) => Promise<void>;
  readonly left: () => readonly string[];
}

export function progressFor(terminal: Terminal, quiet: boolean): Progress {
  const open = new Set<string>();
  return {
    begin: () => undefined,
    event: (event) => {
      if (event.kind === "started") open.add(event.stack);
      if (event.kind === "finished") open.delete(event.stack);
      if (!quiet && event.kind !== "resource") printRemark(terminal, `${event.stack} ${event.kind}`);
    },
    end: async () => Promise.resolve(),
    left: () => [...open],
  };
}
