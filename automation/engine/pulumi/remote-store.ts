/** The state of a backend that is not files (S3, Azure, PostgreSQL, …): by way of the CLI. */
import { execFile, type ExecFileException } from "node:child_process";
import { randomUUID } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Deployment } from "./checkpoint";
import { outcomeError } from "./outcome-error";
import type { HistoryEntry } from "./state-files";
import type { StateStore } from "./state-store";

interface Remote {
  readonly name: { readonly platform: string; readonly stack: string };
  readonly cwd: () => string;
  readonly cli: () => Promise<string>;
  readonly environment: (cli: string) => Readonly<Record<string, string>>;
}

interface Exported {
  readonly version: number;
  readonly deployment: Deployment;
}

/** The store of any Pulumi backend URL. */
export function remoteStore(remote: Remote): StateStore {
  const { platform, stack } = remote.name;
  const pulumi = (...args: readonly string[]): Promise<string> => runCli(remote, args);
  const exported = async (): Promise<Exported | undefined> =>
    ifThere(async () => JSON.parse(await pulumi("stack", "export", "--stack", stack)) as Exported);
  return {
    mend: () => undefined,
    keepRoom: () => undefined,
    ensure: async () => {
      if ((await exported()) === undefined) await pulumi("stack", "init", stack, "--no-select");
    },
    read: async () => (await exported())?.deployment,
    write: async (deployment) => {
      const { version } = (await exported()) ?? { version: 3 };
      const file = join(remote.cwd(), `import-${randomUUID()}.json`);
      writeFileSync(file, JSON.stringify({ version, deployment }), { mode: 0o600 });
      try {
        await pulumi("stack", "import", "--stack", stack, "--file", file);
      } finally {
        rmSync(file, { force: true });
      }
    },
    remove: async () => {
      await ifThere(() => pulumi("stack", "rm", stack, "--yes", "--preserve-config"));
    },
    lastNote: async () => {
      const text = await ifThere(() =>
        pulumi("stack", "history", "--stack", stack, "--json", "--page-size", "20"),
      );
      const entries = JSON.parse(text ?? "[]") as readonly HistoryEntry[];
      return entries.find(({ kind, result }) => kind === "update" && result === "succeeded")?.message;
    },
    list: async () => {
      const all = JSON.parse(await pulumi("stack", "ls", "--project", platform, "--json")) as readonly {
        readonly name: string;
      }[];
      return all.map(({ name }) => name.split("/").at(-1) ?? name).sort();
    },
    locks: undefined,
  };
}

/** Undefined when the stack does not exist. */
async function ifThere<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && /no stack named/.test(JSON.stringify(error))) return undefined;
    throw error;
  }
}

async function runCli({ name, cwd, cli, environment }: Remote, args: readonly string[]): Promise<string> {
  const file = await cli();
  const env = environment(file);
  return new Promise((resolve, reject) => {
    const done = (error: ExecFileException | null, stdout: string, stderr: string): void => {
      if (error === null) resolve(stdout);
      else reject(outcomeError(`${name.platform}/${name.stack}`, failed(stderr)));
    };
    execFile(
      file,
      [...args, "--non-interactive", "--color", "never"],
      { cwd: cwd(), env, maxBuffer: 1 << 30 },
      done,
    );
  });
}

const failed = (said: string) =>
  ({ ok: false, steps: [], complaints: [], violations: [], said, stopped: "no" }) as const;
