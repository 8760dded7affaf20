// Runs the top-level program as `pulumi preview|up --stack NAME` does, on the real engine, and prints what came
// of it as JSON. The CLI that is built from Go modules has no Node language host: the Automation API serves it.
const { join } = require("node:path");
const { LocalWorkspace, PulumiCommand } = require("@pulumi/pulumi/automation");

const [verb, stackName, settings] = process.argv.slice(2);
const { root, workDir, environment, plugins, config } = JSON.parse(settings);

async function main() {
  const pulumiCommand = await PulumiCommand.get();
  const stack = await LocalWorkspace.createOrSelectStack(
    {
      stackName,
      projectName: "meridian",
      program: async () => ({ outputs: await require(join(root, "dist", "index.js")).outputs }),
    },
    {
      workDir,
      pulumiCommand,
      envVars: environment,
      projectSettings: {
        name: "meridian",
        runtime: "nodejs",
        backend: { url: environment.PULUMI_BACKEND_URL },
        plugins: { providers: plugins },
      },
    },
  );
  for (const [key, { value, secret }] of Object.entries(config))
    await stack.setConfig(key, { value, secret });
  const { changeSummary, summary } = await stack[verb]();
  return { ok: true, changes: changeSummary ?? summary.resourceChanges };
}

main()
  .catch((error) => ({ ok: false, said: `${error.stdout ?? ""}${error.stderr ?? ""}${error.message}` }))
  .then((result) => process.stdout.write(JSON.stringify(result)));
