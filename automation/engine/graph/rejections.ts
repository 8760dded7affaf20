/**
 * The SDK reports what goes wrong after the program's own promise has moved on (a failed registration, an
 * `apply` that throws) as unhandled rejections of the process. They belong to the stack they come from.
 */
import { asError } from "./program-failure";
import { currentStore, type RuntimeStore } from "./runtime";

/** Where rejections of each run go; runs that are over have nobody to tell. */
const collectors = new WeakMap<RuntimeStore, (reason: unknown) => void>();
let installed = false;

function onRejection(reason: unknown, promise: Promise<unknown>): void {
  const store = currentStore();
  const collect = store === undefined ? undefined : collectors.get(store);
  if (collect !== undefined) {
    // Says that it is taken care of, to this process and to whoever else listens.
    promise.catch(() => undefined);
    collect(reason);
    return;
  }
  // Not of a stack: without another listener it must end the process, as it would have without this one.
  if (process.listenerCount("unhandledRejection") === 1) throw asError(reason);
}

/** Sends the unhandled rejections of a run to `collect` from now on. */
export function collectRejections(store: RuntimeStore, collect: (reason: unknown) => void): void {
  collectors.set(store, collect);
  if (installed) return;
  process.on("unhandledRejection", onRejection);
  installed = true;
}

/** Resolves once rejections that have already happened are reported. */
export const rejectionsSettled = (): Promise<void> =>
  new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
