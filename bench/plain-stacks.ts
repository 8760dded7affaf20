/** Stacks of plain Pulumi: one project and one state for all, applied one after another. */
import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { sandboxEnvironment, sandboxPlugins, worldFolder } from "../automation/engine/sandbox/plugins";
import type { PlatformPlan } from "../automation/fleet/plan/plan-platform";
import { stackWaves } from "../automation/fleet/stack-order";
import { timeNode } from "./child";

const PROJECT = "meridian";

/** Of `meridian:` in each stack's settings: its own state, and no credentials. */
const CONFIG = `config:
  ${PROJECT}:standalone: "true"
  ${PROJECT}:target: sandbox
`;

/** `openova.europe`, each after what it waits for. */
export const plainNames = (plans: readonly PlatformPlan[]): readonly string[] =>
  plans.flatMap(({ platform, stacks }) =>
    stackWaves(stacks)
      .flat()
      .map(({ stack }) => `${platform}.${stack}`),
  );

const platformOf = (stack: string): string => stack.slice(0, stack.indexOf("."));

function environmentOf(folder: string, cli: string, stack: string): Readonly<Record<string, string>> {
  return {
    ...sandboxEnvironment(worldFolder(folder, platformOf(stack))),
    PATH: `${dirname(cli)}${delimiter}${process.env["PATH"] ?? ""}`,
    PULUMI_BACKEND_URL: pathToFileURL(join(folder, "state")).href,
    PULUMI_CONFIG_PASSPHRASE: "plain",
    PULUMI_HOME: join(folder, "home"),
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}

/** Everything before the first `up`: the project, and its stacks with their settings. */
export function preparePlain(folder: string, cli: string, stacks: readonly string[]): void {
  const project = join(folder, "project");
  for (const made of [project, join(folder, "state"), join(folder, "home")])
    mkdirSync(made, { recursive: true });
  const settings = {
    name: PROJECT,
    runtime: "nodejs",
    plugins: { providers: sandboxPlugins(join(folder, "plugins")) },
  };
  // JSON is YAML.
  writeFileSync(join(project, "Pulumi.yaml"), JSON.stringify(settings));
  for (const stack of stacks) {
    const env = { ...process.env, ...environmentOf(folder, cli, stack) };
    execFileSync(cli, ["stack", "init", stack], { cwd: project, env, stdio: ["ignore", "ignore", "pipe"] });
    appendFileSync(join(project, `Pulumi.${stack}.yaml`), CONFIG);
  }
}

/** Applies the stacks of a copy of what was prepared; seconds from the first process to the last. */
export function applyPlain(
  prepared: string,
  folder: string,
  {
    cli,
    fleet,
    stacks,
  }: { readonly cli: string; readonly fleet: string; readonly stacks: readonly string[] },
): number {
  cpSync(prepared, folder, { recursive: true });
  const milliseconds = stacks.map((stack) => {
    const args = [join(__dirname, "plain-up.js"), cli, fleet, stack];
    const options = { cwd: join(folder, "project"), env: environmentOf(folder, cli, stack) };
    return timeNode(args, options).milliseconds;
  });
  return milliseconds.reduce((sum, one) => sum + one, 0) / 1_000;
}

/** Resources in the state of a stack, without what Pulumi adds by itself. */
export function plainResources(folder: string, stack: string): number {
  const file = join(folder, "state/.pulumi/stacks", PROJECT, `${stack}.json`);
  const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly checkpoint: { readonly latest: { readonly resources: readonly { readonly urn: string }[] } };
  };
  return checkpoint.latest.resources.filter(({ urn }) => !isPulumisOwn(urn)).length;
}

const isPulumisOwn = (urn: string): boolean =>
  urn.includes("::pulumi:pulumi:Stack::") || /::pulumi:providers:[^:]+::default/.test(urn);
