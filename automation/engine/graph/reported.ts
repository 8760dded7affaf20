import type { ResourceStep, Run, StackResult } from "../engine";

const byUrn = (a: ResourceStep, b: ResourceStep): number => (a.urn < b.urn ? -1 : a.urn > b.urn ? 1 : 0);

/** Tells a run's listener how a stack goes: started, each step in its order, finished whatever happens. */
export async function reported(
  stack: string,
  run: Run,
  work: () => Promise<readonly ResourceStep[]>,
): Promise<StackResult> {
  const started = performance.now();
  run.onEvent({ kind: "started", stack });
  let ok = false;
  try {
    const steps = await work();
    for (const step of steps) {
      run.onEvent({ kind: "resource", stack, step, status: "running" });
      run.onEvent({ kind: "resource", stack, step, status: "done" });
    }
    ok = true;
    const seconds = (performance.now() - started) / 1000;
    return { stack, steps: [...steps].sort(byUrn), seconds };
  } finally {
    run.onEvent({ kind: "finished", stack, ok });
  }
}
