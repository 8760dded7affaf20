import type { Command } from "commander";
import { CliError } from "../cli-error";
import type { ExitCode } from "../exit-code";
import { printLines } from "../output";
import type { Terminal } from "../terminal";

const verbsOf = (program: Command): readonly string[] => program.commands.map((command) => command.name());
const optionsOf = (command: Command): readonly string[] => command.options.flatMap(({ long }) => long ?? []);

/** Platforms are the folders under regions/; what is offered is only a help. */
const PLATFORMS = "ls -d regions/*/ 2>/dev/null | cut -d/ -f2 | grep -v catalog";

const bash = (program: Command): string => `_meridian() {
  local current=\${COMP_WORDS[COMP_CWORD]}
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${verbsOf(program).join(" ")}" -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${program.commands.map((command) => `    ${command.name()}) local options="${optionsOf(command).join(" ")}" ;;`).join("\n")}
  esac
  COMPREPLY=($(compgen -W "$options $(${PLATFORMS})" -- "$current"))
}
complete -o default -F _meridian meridian`;

const zsh = (program: Command): string => `autoload -U +X bashcompinit && bashcompinit\n${bash(program)}`;

const fish = (program: Command): string =>
  [
    `complete -c meridian -n __fish_use_subcommand -f -a "${verbsOf(program).join(" ")}"`,
    ...program.commands.flatMap((command) =>
      optionsOf(command).map(
        (option) =>
          `complete -c meridian -n "__fish_seen_subcommand_from ${command.name()}" -l ${option.slice(2)}`,
      ),
    ),
    `complete -c meridian -n "not __fish_use_subcommand" -a "(${PLATFORMS})"`,
  ].join("\n");

const SHELLS: Readonly<Record<string, (program: Command) => string>> = { bash, zsh, fish };

/** Prints a script that a shell sources. */
export function runCompletion(terminal: Terminal, shell: string, program: Command): ExitCode {
  const script = SHELLS[shell];
  if (script === undefined) {
    throw new CliError("MRD4101", `no completion for "${shell}"`, {
      next: `use one of ${Object.keys(SHELLS).join(", ")}`,
    });
  }
  printLines(terminal, [script(program)]);
  return 0;
}
