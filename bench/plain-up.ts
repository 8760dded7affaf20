/**
 * One stack by plain Pulumi: `pulumi up --yes --skip-preview --stack NAME` with the top-level program.
 *
 * The program is served by this process, since a CLI built from Go modules comes without the Node language
 * host: as that one does, it loads the SDK and the components anew for each stack.
 * Arguments: the CLI, the folder that holds `regions/`, the stack.
 */
import { spawn } from "node:child_process";
import { getConfig } from "@pulumi/pulumi/runtime/config";
import { serveProgram } from "../automation/engine/pulumi/language-host";
import { runPlain } from "../automation/plain/plain-program";

async function main(cli: string, folder: string, stackName: string): Promise<number> {
  const program = () =>
    runPlain({
      stackName,
      isPreview: false,
      folder,
      environment: process.env,
      config: (key) => getConfig(`meridian:${key}`),
    });
  const host = await serveProgram(program, (reason) => process.stderr.write(`${String(reason)}\n`));
  const args = ["up", "--yes", "--skip-preview", "--stack", stackName, `--client=${host.address}`];
  const said: string[] = [];
  const child = spawn(cli, args, { stdio: ["ignore", "pipe", "inherit"] });
  child.stdout.setEncoding("utf8").on("data", (text: string) => said.push(text));
  const code = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (ended) => resolve(ended ?? 1));
  });
  host.close();
  if (code !== 0) process.stderr.write(said.join(""));
  return code;
}

const [cli = "", folder = "", stackName = ""] = process.argv.slice(2);
void main(cli, folder, stackName).then((code) => process.exit(code));
