import type { Target } from "../../engine/engine";
import type { Unlocked } from "../../engine/pulumi/stack-claim";
import { CliError } from "../cli-error";
import { pulumiEngine } from "../engines";
import type { ExitCode } from "../exit-code";
import type { GuardedTerminal } from "../guarded-terminal";
import { printDocument, printLines } from "../output";

export interface UnlockOptions {
  readonly target: Target;
  readonly fence?: boolean;
  readonly json?: boolean;
}

/** Frees a stack that a run left locked; refuses while that run lives, unless it is fenced off. */
export async function runUnlock(
  terminal: GuardedTerminal,
  named: string,
  { target, fence = false, json = false }: UnlockOptions,
): Promise<ExitCode> {
  const [platform = "", stack = "", ...more] = named.split("/");
  if (platform === "" || stack === "" || more.length > 0) {
    throw new CliError("MRD4112", `"${named}" is not the name of a stack`, {
      next: "name platform and stack, for example `meridian unlock openova/india`",
    });
  }
  const engine = await pulumiEngine(terminal, `meridian unlock ${named}`);
  const unlocked = await engine.unlock({ platform, stack }, target, { fence });
  const { token, holder } = unlocked;
  const locked = holder !== undefined;
  if (json) {
    const held = locked ? { holder: { ...holder } } : {};
    printDocument(terminal, { command: "unlock", ok: true, stack: named, target, locked, token, ...held });
  } else printLines(terminal, linesOf(named, unlocked));
  return 0;
}

function linesOf(named: string, { token, holder }: Unlocked): readonly string[] {
  if (holder === undefined) return [`${named} was not locked (fencing token ${token})`];
  const { user, host, pid, since } = holder;
  return [
    `${named} is free: taken from ${user}@${host}, process ${pid}, which had it since ${since} (fencing token ${token})`,
    `next: meridian apply ${named.split("/")[0] ?? ""} --yes   (it looks at what is there and finishes what was begun)`,
  ];
}
