/** The Worker: one router an isolate, and a minute of probes when the clock says so. */
import { probeRegions } from "./probe";
import { type EdgeFacts, Router } from "./router";
import type { KvStore } from "./store";

/** Bindings of the script. */
export interface Environment {
  readonly ROUTING: KvStore;
  readonly PROOF_AWS?: string;
  readonly PROOF_VERCEL?: string;
  readonly PROOF_CUSTOM?: string;
}

interface Execution {
  readonly waitUntil: (work: Promise<unknown>) => void;
}

let router: Router | undefined;

const wait = (seconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, seconds * 1_000);
  });

/** What the Worker exports by default. */
export const worker = {
  async fetch(request: Request, env: Environment, execution: Execution): Promise<Response> {
    router ??= new Router(env.ROUTING, {
      aws: env.PROOF_AWS,
      vercel: env.PROOF_VERCEL,
      custom: env.PROOF_CUSTOM,
    });
    const { cf } = request as Request & { readonly cf?: EdgeFacts };
    return router.handle(request, cf, (work) => {
      execution.waitUntil(work);
    });
  },
  async scheduled(_event: unknown, env: Environment): Promise<void> {
    await probeRegions(env.ROUTING, wait);
  },
};
