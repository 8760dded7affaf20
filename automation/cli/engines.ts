/** The engines as the command line makes them: where each keeps what it knows. */
import { join } from "node:path";
import type { Engine, EngineEvent, Run, Target } from "../engine/engine";
import type { PulumiProgress } from "../engine/getting/search";
import type { GraphEngine } from "../engine/graph/graph-engine";
import type { PulumiEngine } from "../engine/pulumi/pulumi-engine";
import type { GuardedTerminal } from "./guarded-terminal";
import { printRemark, spent } from "./output";
import { packageRoot } from "./package-root";
import { homeOf } from "./paths";

/** In-process: no CLI, no credentials, nothing created. */
export async function graphEngine({ cwd, redactor }: GuardedTerminal): Promise<GraphEngine> {
  const [{ GraphEngine }, { FolderGraphStore }, { GraphCache }, { sandboxKnowledge }, { codeVersionOf }] =
    await Promise.all([
      import("../engine/graph/graph-engine"),
      import("../engine/graph/folder-store"),
      import("../engine/graph/graph-cache"),
      import("../engine/graph/sandbox-knowledge"),
      import("../engine/graph/code-version"),
    ]);
  const built = join(packageRoot(), "dist");
  const code = codeVersionOf([join(built, "components"), join(built, "automation", "engine")]);
  return new GraphEngine({
    store: new FolderGraphStore(join(homeOf(cwd), "state", "graph")),
    knowledge: sandboxKnowledge,
    cache: new GraphCache(code, { folder: join(homeOf(cwd), "cache", "graph") }),
    redactor,
  });
}

/** The real one: gets the Pulumi CLI first, when it is not there yet. */
export async function pulumiEngine(terminal: GuardedTerminal, doing: string): Promise<PulumiEngine> {
  const { pulumiEngine: make } = await import("../engine/pulumi/pulumi-engine");
  return make({
    folder: homeOf(terminal.cwd),
    environment: terminal.env,
    doing,
    onGetting: gettingProgress(terminal),
  });
}

/** The real one with its CLI at hand; throws an EngineError MRD60xx when none can be had. */
export async function preparedPulumiEngine(terminal: GuardedTerminal, doing: string, signal: AbortSignal) {
  const { getPulumi } = await import("../engine/getting/get-pulumi");
  const onProgress = gettingProgress(terminal);
  const { path, version, way } = await getPulumi({ onProgress, environment: terminal.env, signal });
  const named = { ...terminal, env: { ...terminal.env, MERIDIAN_PULUMI: path } };
  return { engine: await pulumiEngine(named, doing), version, way };
}

/** Seconds between two lines about the same phase: a build takes minutes, and says much. */
const SILENCE = 10;

/** A line a phase, and one every while during a long one. */
function gettingProgress(terminal: GuardedTerminal): (progress: PulumiProgress) => void {
  let last: PulumiProgress | undefined;
  return (progress) => {
    if (last?.phase === progress.phase && progress.elapsed - last.elapsed < SILENCE) return;
    last = progress;
    printRemark(terminal, `pulumi CLI: ${progress.text} (${spent(progress.elapsed)})`);
  };
}

/** The engine of a name; `doing` is what others read when they find a stack locked. */
export const engineNamed = async (
  name: Engine["name"],
  terminal: GuardedTerminal,
  doing: string,
): Promise<Engine> => (name === "graph" ? graphEngine(terminal) : pulumiEngine(terminal, doing));

const NEVER = new AbortController().signal;

/** A run that nobody watches and nobody stops. */
export const quietRun = (
  { secrets }: GuardedTerminal,
  target: Target = "sandbox",
  onEvent: (event: EngineEvent) => void = () => undefined,
): Run => ({
  target,
  secrets,
  signal: NEVER,
  onEvent,
});
