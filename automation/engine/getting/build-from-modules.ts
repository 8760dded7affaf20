/** The CLI built from its published Go modules: for machines that reach a module proxy and nothing else. */
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { withoutSecrets } from "../secrets/environment";
import { WANTED_VERSION } from "./cli-version";
import { CLI_NAME, findOnPath } from "./executable";
import { NotThisWay } from "./getting-error";
import type { Search } from "./search";

const PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** pkg's own replacement must be repeated: Go reads them in the main module only. */
const GO_MOD = `module meridian.dev/pulumi-cli

go 1.25.8

require (
	github.com/pulumi/pulumi/pkg/v3 v${WANTED_VERSION}
	github.com/pulumi/pulumi/sdk/v3 v${WANTED_VERSION}
)

replace github.com/atotto/clipboard => github.com/tgummerer/clipboard v0.0.0-20241001131231-d02d263e614e
`;

/** Fetches the modules and compiles; minutes the first time on a machine, less with a warm Go cache. */
export async function buildFromModules(folder: string, search: Search): Promise<void> {
  const go = findOnPath(process.platform === "win32" ? "go.exe" : "go", search.environment["PATH"] ?? "");
  if (go === undefined) throw new NotThisWay("there is no go (1.25.8 or newer) on PATH");
  const source = join(folder, "source");
  mkdirSync(join(folder, "bin"), { recursive: true });
  mkdirSync(source);
  writeFileSync(join(source, "go.mod"), GO_MOD);

  search.tell("fetching modules", "asking the module proxy");
  // Lists, and so downloads, only what the CLI is made of.
  const packages = await runGo(go, ["list", "-deps", PACKAGE], source, search, (line) => {
    if (line.startsWith("go: downloading"))
      search.tell("fetching modules", line.slice("go: downloading ".length));
  });
  const total = packages.length;
  let compiled = 0;
  const flags = `-s -w -X ${VERSION_VARIABLE}=v${WANTED_VERSION}`;
  const output = join(folder, "bin", CLI_NAME);
  search.tell("compiling", `${total} packages`);
  await runGo(
    go,
    ["build", "-v", "-trimpath", "-ldflags", flags, "-o", output, PACKAGE],
    source,
    search,
    () => {
      compiled += 1;
      search.tell("compiling", `${compiled} of at most ${total} packages`);
    },
  );
}

/** Lines of stdout; each line of stderr goes to `onLine`, and its last ones into the error. */
function runGo(
  go: string,
  args: readonly string[],
  cwd: string,
  { environment, signal }: Search,
  onLine: (line: string) => void,
): Promise<readonly string[]> {
  const own = { GOFLAGS: "-mod=mod", CGO_ENABLED: "0", GO111MODULE: "on", GOWORK: "off" };
  const env = { ...withoutSecrets(environment), ...own };
  return new Promise((resolve, reject) => {
    const child = spawn(go, args, { cwd, env, signal, stdio: ["ignore", "pipe", "pipe"] });
    const [out, said]: [string[], string[]] = [[], []];
    createInterface({ input: child.stdout }).on("line", (line) => out.push(line));
    createInterface({ input: child.stderr }).on("line", (line) => {
      said.push(line);
      onLine(line);
    });
    child.once("error", (error) =>
      reject(new NotThisWay(`go does not run: ${error.message}`, { cause: error })),
    );
    child.once("close", (code) => {
      if (code === 0) resolve(out);
      else reject(new NotThisWay(`go ${args[0] ?? ""} failed: ${reasonIn(said)}`));
    });
  });
}

/** Without the downloads, which are no reason. */
const reasonIn = (said: readonly string[]): string =>
  said
    .filter((line) => !line.startsWith("go: downloading") && line.trim() !== "")
    .slice(-3)
    .join("; ") || "it gave no reason";
