import { printRemark } from "./output";
import type { Terminal } from "./terminal";

export interface Interrupt {
  /** Aborted by the first Ctrl-C (or SIGTERM). */
  readonly signal: AbortSignal;
  readonly release: () => void;
}

/** What an interrupt stops. */
export interface Interruptible {
  /** Stacks that are not finished. */
  readonly left: () => readonly string[];
  /** Ends all work at once; the run then returns by itself and reports. Without it the process just ends. */
  readonly stopAtOnce?: (() => void) | undefined;
  /** What to type to go on. */
  readonly command?: string | undefined;
}

/** Of a process that Ctrl-C ended: 128 + SIGINT. */
const INTERRUPTED = 130;

/** The first Ctrl-C stops at a safe point, the second at once, the third waits for nobody. */
export function interruptible(terminal: Terminal, { left, stopAtOnce, command }: Interruptible): Interrupt {
  const controller = new AbortController();
  let isHurried = false;
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
    if (!isHurried) printRemark(terminal, "", ...stoppedAtOnce(left(), command));
    if (isHurried || stopAtOnce === undefined) process.exit(INTERRUPTED);
    isHurried = true;
    stopAtOnce();
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

const stoppedAtOnce = (left: readonly string[], command: string | undefined): readonly string[] => [
  left.length === 0 ? "stopping at once" : `stopping at once; not finished: ${left.join(", ")}`,
  `next: ${command ?? "the same command again"} (it looks at what is there and finishes what was begun)`,
];
