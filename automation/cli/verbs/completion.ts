import type { Command, Option } from "commander";
import { KIND_NAMES } from "../../manifest/kinds";
import { CliError } from "../cli-error";
import type { ExitCode } from "../exit-code";
import { printLines } from "../output";
import type { Terminal } from "../terminal";

/** Platforms are the folders under regions/; what is offered is only a help. */
const PLATFORMS = "ls -d regions/*/ 2>/dev/null | cut -d/ -f2 | grep -vx catalog";

const kinds = KIND_NAMES.map((kind) => kind.toLowerCase());

/** What may stand in an argument's place: words, the platforms, or (nothing) files. */
const OFFERED: Readonly<Record<string, (program: Command) => readonly string[]>> = {
  kind: () => kinds,
  field: () => kinds,
  shell: () => Object.keys(SHELLS),
  command: (program) => program.commands.map((command) => command.name()),
};

interface Verb {
  readonly name: string;
  readonly about: string;
  readonly options: readonly Option[];
  readonly words: readonly string[];
  readonly platforms: boolean;
}

function verbsOf(program: Command): readonly Verb[] {
  const help = { name: "help", about: "display help for a command", options: [], platforms: false };
  const verbs = program.commands.map((command): Verb => {
    const names = command.registeredArguments.map((argument) => argument.name());
    return {
      name: command.name(),
      about: command.description(),
      options: command.options,
      words: names.flatMap((name) => OFFERED[name]?.(program) ?? []),
      platforms: names.includes("platform"),
    };
  });
  return [...verbs, { ...help, words: verbs.map(({ name }) => name) }];
}

const takesValue = ({ required, optional }: Option): boolean => required || optional;

/** After an option that takes a value, only that value is offered; files, where any word will do. */
const afterOption = ({ name, options }: Verb): readonly string[] =>
  options
    .filter(takesValue)
    .map(({ long, argChoices = [] }) => `    "${name} ${long ?? ""}") words="${argChoices.join(" ")}" ;;`);

const afterVerb = ({ name, options, words, platforms }: Verb): string => {
  const flags = [...options.flatMap(({ long }) => long ?? []), "--help"].join(" ");
  const offered = [...words, ...(platforms ? ["$(_meridian_platforms)"] : [])].join(" ");
  return `    "${name} "*) flags="${flags}" words="${offered}" ;;`;
};

/** Options are offered to who begins one: most often a platform is wanted. */
function bash(program: Command): string {
  const verbs = verbsOf(program);
  return `_meridian_platforms() { ${PLATFORMS}; }
_meridian() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words flags
  if [ "$COMP_CWORD" -eq 1 ]; then previous=""; fi
  case "\${COMP_WORDS[1]} $previous" in
    "$current ") flags="--help --version" words="${verbs.map(({ name }) => name).join(" ")}" ;;
${verbs.flatMap(afterOption).join("\n")}
${verbs.map(afterVerb).join("\n")}
  esac
  case "$current" in -*) words="$flags" ;; esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _meridian meridian`;
}

const zsh = (program: Command): string =>
  `autoload -Uz compinit bashcompinit && compinit && bashcompinit\n${bash(program)}`;

const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

function fishVerb({ name, options, words, platforms }: Verb): readonly string[] {
  const complete = `complete -c meridian -n "__fish_seen_subcommand_from ${name}"`;
  const offered = [words.join(" "), platforms ? `(${PLATFORMS})` : ""].filter((each) => each !== "");
  return [
    ...options.map((option) => {
      const { long = "", description, argChoices } = option;
      const value = argChoices === undefined ? " -r" : ` -x -a "${argChoices.join(" ")}"`;
      return `${complete} -l ${long.slice(2)}${takesValue(option) ? value : ""} -d ${quoted(description)}`;
    }),
    ...offered.map((each) => `${complete} -f -a "${each}"`),
  ];
}

const fish = (program: Command): string =>
  [
    ...verbsOf(program).map(
      ({ name, about }) => `complete -c meridian -n __fish_use_subcommand -f -a ${name} -d ${quoted(about)}`,
    ),
    ...verbsOf(program).flatMap(fishVerb),
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
