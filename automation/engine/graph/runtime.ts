/** What the graph engine uses of the Pulumi SDK's own runtime, as the Automation API's language server does. */
import "./lean-sdk";
import { setAllConfig } from "@pulumi/pulumi/runtime/config";
import { disconnect, resetOptions } from "@pulumi/pulumi/runtime/settings";
import type { ResourceTransformation } from "@pulumi/pulumi/resource";
import { registerStackTransformation, runInPulumiStack } from "@pulumi/pulumi/runtime/stack";
import * as state from "@pulumi/pulumi/runtime/state";
import type { GraphMonitor } from "./monitor";
import type { ProgramLog } from "./program-log";

/** The SDK's state of one run; everything asynchronous that the run starts sees its own. */
export interface RuntimeStore {
  readonly settings: { monitor: unknown; engine: unknown };
}

/** Marked internal, and so not in the SDK's type declarations. */
interface StateModule {
  readonly withLocalStorage: <T>(work: () => Promise<T>) => Promise<T>;
  readonly getLocalStore: () => RuntimeStore | undefined;
}
const { withLocalStorage, getLocalStore } = state as unknown as StateModule;

/** The store of the run this code belongs to; undefined outside any. */
export const currentStore = getLocalStore;

/** Runs a program to its end in a store of its own, and waits for every registration. */
export function runIsolated(
  place: { readonly project: string; readonly stack: string },
  to: { readonly monitor: GraphMonitor; readonly log: ProgramLog },
  program: () => Promise<unknown>,
  onStore: (store: RuntimeStore) => void,
): Promise<void> {
  return withLocalStorage(async () => {
    resetOptions(place.project, place.stack, -1, "", "", false, "meridian");
    const store = getLocalStore();
    if (store === undefined) return;
    store.settings.monitor = to.monitor;
    store.settings.engine = to.log;
    setAllConfig({}, []);
    onStore(store);
    await runInPulumiStack(() => {
      registerStackTransformation(withoutAliases);
      return program();
    });
    await disconnect();
  });
}

/**
 * Former names are for a state that still has them, and a graph is made from nothing. Azure's SDK gives every
 * resource dozens, one for each version of its API, which take longer than everything else together.
 */
const withoutAliases: ResourceTransformation = ({ props, opts }) =>
  opts.aliases === undefined ? undefined : { props, opts: { ...opts, aliases: [] } };
