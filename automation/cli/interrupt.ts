import { printRemark } from "./output";
import type { Terminal } from "./terminal";

export interface Interrupt {
  /** Aborted by the first Ctrl-C (or SIGTERM). */
  readonly signal: AbortSignal;
  readonly release: () => void;
}

/** The first Ctrl-C stops at a safe point; the second one leaves at once and says what that means. */
export function interruptible(
  terminal: Terminal,
  what: { readonly left: () => readonly string[] },
): Interrupt {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (!controller.signal.aborted) {
      printRemark(
        terminal,
        "",
        "stopping after the resource in flight; press again to stop at once (state will need a refresh)",
      );
      controller.abort();
      return;
    }
    const left = what.left();
    printRemark(
      terminal,
      "",
      left.length === 0 ? "stopped at once" : `stopped at once; not finished: ${left.join(", ")}`,
      "next: run the same command again; it finishes what was begun, each resource once",
    );
    process.exit(130);
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return {
    signal: controller.signal,
    release: () => {
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
    },
  };
}
