/** One command line: parse, run the verb, turn whatever goes wrong into words and an exit code. */
import { type Command, CommanderError } from "commander";
import { CliError } from "./cli-error";
import type { ExitCode } from "./exit-code";
import { buildProgram } from "./program";
import { reportError } from "./report-error";
import type { GuardedTerminal } from "./guarded-terminal";

/** Commander ends like this when it has printed help or a version: nothing went wrong. */
const isInformation = ({ code }: CommanderError): boolean =>
  code === "commander.helpDisplayed" || code === "commander.help" || code === "commander.version";

const known = (program: Command, verb: string): boolean =>
  program.commands.some((command) => command.name() === verb);

const INVALID = /^option "(?:-\w, )?(--[\w-]+)[^"]*" argument "(.*)" is invalid\. (.*)$/s;

/** Commander's words in our form: quotes, the suggestion in the sentence, help of the verb in question. */
function usageError({ message }: CommanderError, program: Command, verb: string): CliError {
  const [said = "", suggested] = message.replace(/^error: /, "").split("\n");
  const near = /\(Did you mean (?:one of )?(.+)\?\)/.exec(suggested ?? "")?.[1];
  const words = said.replaceAll("'", '"').replace(/\.$/, "");
  const [, option, given = "", instead = ""] = INVALID.exec(words) ?? [];
  if (option !== undefined) {
    const next = instead.replace(/^Allowed choices are/, "use one of");
    return new CliError("MRD4101", `${option} cannot be "${given}"`, { next });
  }
  return new CliError("MRD4101", near === undefined ? words : `${words}, did you mean ${near}?`, {
    next: `see \`meridian help${known(program, verb) ? ` ${verb}` : ""}\``,
  });
}

/** Never rejects. */
export async function runCli(args: readonly string[], terminal: GuardedTerminal): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = buildProgram(terminal, (result) => {
    code = result;
  });
  const json = args.includes("--json");
  const command = args.find((arg) => !arg.startsWith("-")) ?? "meridian";
  if (args.length === 0) {
    program.outputHelp();
    return 1;
  }
  try {
    await program.parseAsync([...args], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && isInformation(error)) return 0;
    reportError(
      error instanceof CommanderError ? usageError(error, program, command) : error,
      command,
      json,
      terminal,
    );
    return 1;
  }
}
