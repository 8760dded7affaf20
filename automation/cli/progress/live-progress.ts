import type * as ListrPackage from "listr2";
import type { EngineEvent } from "../../engine/engine";
import type { GuardedTerminal, TakenStream } from "../guarded-terminal";
import { printRemark } from "../output";
import { painterFor } from "../painter";
import { frameLines } from "./frame";
import type { Display } from "./progress";
import { beginView, type RunView } from "./run-view";
import { linesOf, type RunVerb, stepWords } from "./words";

/** The lines of this moment, with the spinner at one of its positions. */
type Frame = (spinner: string) => string;

/**
 * listr2's stream: all it writes goes through the guarded terminal, and what others had to say meanwhile is
 * put between the old lines and the new ones.
 */
class FrameStream {
  private said = "";
  private frame = "";
  private readonly taken: TakenStream;

  constructor(private readonly terminal: GuardedTerminal) {
    this.taken = terminal.takeStderr((text) => (this.said += text));
  }

  readonly isTTY = true;
  // Our lines fit already; listr2 would measure the terminal once, and wrap by that.
  readonly columns = Infinity;
  readonly rows = Infinity;

  /** What the next write ends with. */
  expect(frame: string): string {
    return (this.frame = frame);
  }

  readonly write = (chunk: string): boolean => {
    const end = `${this.frame}\n`;
    const split = this.said === "" || !chunk.endsWith(end) ? chunk.length : chunk.length - end.length;
    const said = split === chunk.length ? "" : this.said;
    if (said !== "") this.said = "";
    this.taken.write(chunk.slice(0, split) + said + chunk.slice(split));
    return true;
  };

  release(): void {
    this.taken.release();
    if (this.said !== "") this.terminal.stderr.write(this.said);
    this.said = "";
  }
}

/** listr2's own renderer, with our lines: spinner, redrawing and cursor are its. */
function rendererOf({ DefaultRenderer, Spinner }: typeof ListrPackage, stream: FrameStream, frame: Frame) {
  const spinner = new Spinner();
  class Lines extends DefaultRenderer {
    // Whether stderr can be redrawn has been asked already; listr2 would ask stdout.
    static override readonly nonTTY = true;

    override create(): string {
      return stream.expect(frame(spinner.fetch()));
    }
  }
  return { renderer: Lines, spinner };
}

/** Draws until `over` resolves, and leaves nothing behind. */
async function draw(terminal: GuardedTerminal, frame: Frame, over: Promise<void>) {
  const listr2 = await import("listr2");
  const { Listr, ListrLogger, ProcessOutput } = listr2;
  const stream = new FrameStream(terminal);
  try {
    const out = stream as unknown as NodeJS.WriteStream;
    const processOutput = new ProcessOutput(out, out, { leaveEmptyLine: false });
    const { renderer, spinner } = rendererOf(listr2, stream, frame);
    const tasks = new Listr([{ title: "run", task: () => over }], {
      renderer,
      rendererOptions: { logger: new ListrLogger({ processOutput }), spinner, clearOutput: true },
      registerSignalListeners: false,
    });
    await tasks.run();
  } finally {
    stream.release();
  }
}

const sizeOf = ({ stderr }: GuardedTerminal) => ({
  columns: "columns" in stderr ? stderr.columns : 80,
  rows: "rows" in stderr ? stderr.rows : 24,
});

/** Lines redrawn in place on stderr; warnings and failures stay above them. */
export function liveProgress(terminal: GuardedTerminal, verb: RunVerb): Display {
  const paint = painterFor(terminal);
  const began = terminal.now();
  let view: RunView = beginView([]);
  let finish: () => void = () => undefined;
  const over = new Promise<void>((resolve) => (finish = resolve));
  let drawn: Promise<void> = Promise.resolve();
  const frame: Frame = (spinner) => {
    // Asked each time: a window may be resized.
    const size = sizeOf(terminal);
    return frameLines(view, { ...size, at: terminal.now(), spinner, verb, paint, began }).join("\n");
  };
  return {
    begin: (begun) => {
      view = begun;
      drawn = draw(terminal, frame, over);
    },
    event: (event, after) => {
      view = after;
      printRemark(terminal, ...remarksOf(event, paint));
    },
    end: async () => {
      finish();
      await drawn;
    },
  };
}

/** What must not vanish with the lines: whose it is, and what was said. */
function remarksOf(event: EngineEvent, paint: ReturnType<typeof painterFor>): readonly string[] {
  if (event.kind === "resource" && event.status === "failed")
    return [`${paint.error("failed")} ${event.stack}  ${stepWords(event.step)}`];
  if (event.kind !== "message" || event.severity === "info") return [];
  const label = `${paint[event.severity](event.severity)} ${event.stack}`;
  return linesOf(event.text).map((line) => `${label}  ${line}`);
}
