/**
 * Jest gives tests a copy of `process`, whose listeners never hear of anything. Programs report failed
 * registrations as unhandled rejections of the process, so here these reach the code under test. What it
 * does not take care of still fails the test.
 */
import { TestEnvironment } from "jest-environment-node";

type Listener = (...args: unknown[]) => void;
const REAL: ReadonlySet<string | symbol> = new Set(["unhandledRejection"]);

class ProcessEnvironment extends TestEnvironment {
  private readonly listeners = new Set<Listener>();

  override async setup(): Promise<void> {
    await super.setup();
    const copy = this.global.process;
    const { on, off, listenerCount } = copy;
    copy.on = ((event: string, listener: Listener) => {
      if (!REAL.has(event)) return on.call(copy, event, listener);
      this.listeners.add(listener);
      process.on(event, listener);
      return copy;
    }) as typeof on;
    copy.off = ((event: string, listener: Listener) => {
      process.off(event, listener);
      return off.call(copy, event, listener);
    }) as typeof off;
    copy.listenerCount = (event: string) =>
      REAL.has(event) ? process.listenerCount(event) : listenerCount.call(copy, event);
  }

  override async teardown(): Promise<void> {
    for (const listener of this.listeners) process.off("unhandledRejection", listener);
    await super.teardown();
  }
}

export = ProcessEnvironment;
