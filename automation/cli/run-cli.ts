/** One command line: parse, run the verb, turn whatever goes wrong into words and an exit code. */
import { CommanderError } from "commander";
import { CliError } from "./cli-error";
import type { ExitCode } from "./exit-code";
import { buildProgram } from "./program";
import { reportError } from "./report-error";
import type { GuardedTerminal } from "./guarded-terminal";

/** Commander ends like this when it has printed help or a version: nothing went wrong. */
const isInformation = ({ code }: CommanderError): boolean =>
  code === "commander.helpDisplayed" || code === "commander.help" || code === "commander.version";

const usageError = ({ message }: CommanderError): CliError =>
  new CliError("MRD4101", message.replace(/^error: /, ""), { next: "see `meridian help`" });

/** Never rejects. */
export async function runCli(args: readonly string[], terminal: GuardedTerminal): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = buildProgram(terminal, (result) => {
    code = result;
  });
  const json = args.includes("--json");
  const command = args.find((arg) => !arg.startsWith("-")) ?? "meridian";
  try {
    await program.parseAsync([...args], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && isInformation(error)) return args.length === 0 ? 1 : 0;
    reportError(error instanceof CommanderError ? usageError(error) : error, command, json, terminal);
    return 1;
  }
}
