import { graphError } from "./graph-error";

/**
 * Ends the wait for a program that failed, was told to stop, or waits for what never comes. Its timer also
 * keeps the process alive meanwhile: Node exits with success when only promises are left.
 */
export class EarlyEnd {
  readonly promise: Promise<never>;
  private readonly signal: AbortSignal;
  /** Ends it now. */
  end: (reason: unknown) => void = () => undefined;
  private readonly timer: NodeJS.Timeout;
  private seen = -1;

  constructor(
    private readonly stack: string,
    { signal, stallSeconds }: { readonly signal: AbortSignal; readonly stallSeconds: number },
    private readonly progress: () => number,
  ) {
    this.signal = signal;
    this.promise = new Promise((_, reject) => (this.end = reject));
    // Nobody may be waiting any more when it happens.
    this.promise.catch(() => undefined);
    this.timer = setInterval(() => this.look(stallSeconds), (stallSeconds * 1000) / 2);
    signal.addEventListener("abort", this.onAbort);
    if (signal.aborted) this.onAbort();
  }

  /** Stops watching. */
  disarm(): void {
    clearInterval(this.timer);
    this.signal.removeEventListener("abort", this.onAbort);
  }

  private readonly onAbort = (): void => this.end(stopped(this.stack));

  private look(stallSeconds: number): void {
    const now = this.progress();
    if (now === this.seen) {
      const message = `the program of ${this.stack} registered nothing for ${stallSeconds} s and has not finished`;
      this.end(graphError("MRD5704", this.stack, message));
    }
    this.seen = now;
  }
}

/** The error of a run that was told to stop. */
export const stopped = (stack: string): Error =>
  graphError("MRD5703", stack, `${stack} was stopped before anything was recorded`);
