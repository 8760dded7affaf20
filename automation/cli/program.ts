/** Verbs, their options and examples. Each verb's code is loaded when it is called, and not before. */
import { Command, InvalidArgumentError, Option } from "commander";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ExitCode } from "./exit-code";
import { packageRoot } from "./package-root";
import type { GuardedTerminal } from "./guarded-terminal";
import type { UnlockOptions } from "./verbs/unlock";

type Finish = (code: ExitCode) => void;

const version = (): string => {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")) as {
    readonly version: string;
  };
  return version;
};

const examples = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  $ ${line}`).join("\n")}`;

const jsonOption = (): Option =>
  new Option("--json", "print one JSON document on stdout (schema: schemas/cli/)");
const manifestsOption = (): Option =>
  new Option("--manifests <folder>", "folder that holds the manifests").default("regions");
const targetOption = (): Option =>
  new Option("--target <target>", "sandbox needs no credentials and touches nothing; cloud is real")
    .choices(["sandbox", "cloud"])
    .default("sandbox");
const engineOption = (): Option =>
  new Option("--engine <engine>", "pulumi is the real engine; graph computes in-process without it")
    .choices(["pulumi", "graph"])
    .default("pulumi");
const parallelOption = (): Option =>
  new Option("--parallel <stacks>", "stacks applied side by side").default(2).argParser((text) => {
    const count = Number(text);
    if (Number.isInteger(count) && count >= 1 && count <= 64) return count;
    throw new InvalidArgumentError("use a whole number from 1 to 64");
  });

function manifestVerbs(program: Command, terminal: GuardedTerminal, finish: Finish): void {
  program
    .command("init <name>")
    .description("write a first platform that validates")
    .option("--folder <folder>", "where platforms live", "regions")
    .addOption(jsonOption())
    .addHelpText("after", examples("meridian init shop", "meridian validate && meridian plan shop"))
    .action(async (name: string, options: { json?: boolean; folder: string }) => {
      finish((await import("./verbs/init")).runInit(terminal, name, options));
    });
  program
    .command("validate [path...]")
    .description("report every problem of every manifest at once")
    .addOption(jsonOption())
    .addHelpText(
      "after",
      examples(
        "meridian validate",
        "meridian validate regions/openova",
        "meridian validate --json | jq .counts",
      ),
    )
    .action(async (paths: string[], options: { json?: boolean }) => {
      finish(
        (await import("./verbs/validate")).runValidate(
          terminal,
          paths.length === 0 ? ["regions"] : paths,
          options,
        ),
      );
    });
  program
    .command("schema [kind]")
    .description("print the JSON Schema of a kind of manifest")
    .addHelpText("after", examples("meridian schema platform > platform.schema.json"))
    .action(async (kind: string | undefined) => {
      finish((await import("./verbs/schema")).runSchema(terminal, kind));
    });
  program
    .command("explain <field>")
    .description("say what a field of a manifest means, or an error code")
    .addOption(jsonOption())
    .addHelpText(
      "after",
      examples("meridian explain platform.spec.services.postgres.cnpg", "meridian explain MRD2104"),
    )
    .action(async (field: string, options: { json?: boolean }) => {
      finish((await import("./verbs/explain")).runExplain(terminal, field, options));
    });
}

function planningVerbs(program: Command, terminal: GuardedTerminal, finish: Finish): void {
  program
    .command("plan [platform...]")
    .description("show the stacks and resources the manifests mean; needs no engine and no credentials")
    .addOption(manifestsOption())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      examples("meridian plan", "meridian plan openova --json | jq '.platforms[].stacks[].resources'"),
    )
    .action(async (platforms: string[], options: PlanningOptions) => {
      finish(await (await import("./verbs/plan")).runPlan(terminal, platforms, options));
    });
  program
    .command("graph [platform...]")
    .description("draw a platform: SVG on a world map, Mermaid for a pull request, or JSON")
    .addOption(manifestsOption())
    .addOption(
      new Option("--format <format>", "what to draw").choices(["svg", "mermaid", "json"]).default("svg"),
    )
    .option("--out <file>", "write to a file (one platform), default: stdout; svg: .meridian/<platform>.svg")
    .addOption(jsonOption())
    .addHelpText("after", examples("meridian graph openova", "meridian graph openova --format mermaid"))
    .action(
      async (
        platforms: string[],
        options: PlanningOptions & { format: "svg" | "mermaid" | "json"; out?: string },
      ) => {
        finish(await (await import("./verbs/graph")).runGraph(terminal, platforms, options));
      },
    );
  program
    .command("runbook <platform>")
    .description("write the disaster recovery runbook that a platform's manifests mean, as Markdown")
    .addOption(manifestsOption())
    .option("--out <file>", "write to a file, default: stdout")
    .addOption(jsonOption())
    .addHelpText(
      "after",
      examples("meridian runbook openova", "meridian runbook openova --out docs/runbooks/openova.md"),
    )
    .action(async (platform: string, options: PlanningOptions & { out?: string }) => {
      finish((await import("./verbs/runbook")).runRunbook(terminal, platform, options));
    });
}

interface PlanningOptions {
  readonly manifests: string;
  readonly json?: boolean;
}

interface RunOptions extends PlanningOptions {
  readonly target: "sandbox" | "cloud";
  readonly engine: "graph" | "pulumi";
  readonly parallel: number;
  readonly yes?: boolean;
  readonly detailedExitcode?: boolean;
}

const RUNS = [
  { verb: "preview", about: "show what apply would change", example: "meridian preview openova" },
  {
    verb: "apply",
    about: "make the stacks what the manifests say",
    example: "meridian apply openova castiel --yes",
  },
  {
    verb: "destroy",
    about: "remove every resource of the platforms",
    example: "meridian destroy castiel --yes",
  },
] as const;

function runVerbs(program: Command, terminal: GuardedTerminal, finish: Finish): void {
  for (const { verb, about, example } of RUNS) {
    const command = program
      .command(`${verb} [platform...]`)
      .description(about)
      .addOption(manifestsOption())
      .addOption(targetOption())
      .addOption(engineOption())
      .addOption(parallelOption())
      .addOption(jsonOption())
      .addHelpText("after", examples(example, `${example} --json`));
    if (verb === "preview") command.option("--detailed-exitcode", "exit 2 when there are changes");
    else command.option("--yes", "go ahead without asking");
    command.action(async (platforms: string[], options: RunOptions) => {
      finish(await (await import("./verbs/run")).runRollout(terminal, verb, platforms, options));
    });
  }
  program
    .command("start [platform...]")
    .description("validate and plan everything, then apply platforms to the sandbox (default: all)")
    .addOption(manifestsOption())
    .addOption(parallelOption())
    .option("--once", "exit when all is up")
    .addOption(jsonOption())
    .addHelpText("after", examples("meridian start", "meridian start --once --json"))
    .action(async (platforms: string[], options: RunOptions) => {
      finish(await (await import("./verbs/start")).runStart(terminal, platforms, options));
    });
  program
    .command("status [platform...]")
    .description("what is applied, and whether it is what the manifests say")
    .addOption(manifestsOption())
    .addOption(targetOption())
    .addOption(engineOption())
    .addOption(jsonOption())
    .addHelpText("after", examples("meridian status", "meridian status openova --json"))
    .action(async (platforms: string[], options: RunOptions) => {
      finish(await (await import("./verbs/status")).runStatus(terminal, platforms, options));
    });
  program
    .command("unlock <stack>")
    .description("free a stack that a run left locked")
    .addOption(targetOption())
    .option("--fence", "also when its holder may live: it stops before it writes again")
    .addOption(jsonOption())
    .addHelpText("after", examples("meridian unlock openova/india", "meridian unlock openova/india --fence"))
    .action(async (stack: string, options: UnlockOptions) => {
      finish(await (await import("./verbs/unlock")).runUnlock(terminal, stack, options));
    });
}

function otherVerbs(program: Command, terminal: GuardedTerminal, finish: Finish): void {
  program
    .command("completion <shell>")
    .description("print the completion script of bash, zsh or fish")
    .addHelpText("after", examples("meridian completion bash >> ~/.bashrc"))
    .action(async (shell: string) => {
      finish((await import("./verbs/completion")).runCompletion(terminal, shell, program));
    });
}

/** The whole command line; `finish` gets the exit code of the verb that ran. */
export function buildProgram(terminal: GuardedTerminal, finish: Finish): Command {
  const program = new Command("meridian")
    .description("Region and workspace manifests in Git become running multi-region platforms.")
    .version(version())
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      writeErr: () => undefined,
    })
    .addHelpText(
      "after",
      examples(
        "meridian init shop",
        "meridian validate",
        "meridian plan openova",
        "meridian apply openova --yes",
      ),
    );
  manifestVerbs(program, terminal, finish);
  planningVerbs(program, terminal, finish);
  runVerbs(program, terminal, finish);
  otherVerbs(program, terminal, finish);
  return program;
}
