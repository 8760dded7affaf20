/** The process behind every `pulumi-resource-<name>` of the sandbox: `provider-main.js <name> <version>`. */
import { cloudOf } from "./clouds";
import { errorLine } from "./sandbox-error";
import { serve } from "./server";

const ORPHAN_CHECK_MILLISECONDS = 500;

/** An engine that was killed does not close its plugins: a provider whose parent is gone ends itself. */
function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(0);
  }, ORPHAN_CHECK_MILLISECONDS).unref();
}

async function main(provider: string, version: string): Promise<void> {
  endWithParent();
  const { MERIDIAN_WORLD: world, MERIDIAN_SANDBOX_FAULTS: faults } = process.env;
  const { port, server } = await serve(cloudOf(provider), { world, faults, version });
  // The engine closes a plugin by a signal and waits for it: what was begun is answered first.
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      server.tryShutdown(() => process.exit(0));
    });
  }
  process.stdout.write(`${port}\n`);
}

const [provider = "", version = "0.0.0"] = process.argv.slice(2);
main(provider, version).catch((error: unknown) => {
  process.stderr.write(`${errorLine(error)}\n`);
  process.exitCode = 1;
});
