import { WANTED_VERSION } from "./cli-version";
import { NotThisWay } from "./getting-error";
import type { Search } from "./search";

const INSTALLER = "https://get.pulumi.com/install.sh";
const REACHABLE_MILLISECONDS = 5_000;
const INSTALL_MILLISECONDS = 300_000;

/** The official installer, when the network gives it; without one this is known within seconds. */
export async function download(folder: string, { signal, tell }: Search): Promise<void> {
  await reach(signal);
  tell("downloading", `Pulumi ${WANTED_VERSION}`);
  // Loaded here: it brings an HTTP client that nothing else needs. It installs the version of the SDK.
  const { PulumiCommand } = await import("@pulumi/pulumi/automation/cmd");
  const install = PulumiCommand.install({ root: folder });
  install.catch(() => undefined);
  try {
    await Promise.race([
      install,
      ending(AbortSignal.any([signal, AbortSignal.timeout(INSTALL_MILLISECONDS)])),
    ]);
  } catch (error) {
    throw new NotThisWay(`the installer failed: ${firstLine(error)}`, { cause: error });
  }
}

async function reach(signal: AbortSignal): Promise<void> {
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(REACHABLE_MILLISECONDS)]);
    const response = await fetch(INSTALLER, { method: "HEAD", signal: limit });
    if (!response.ok) throw new NotThisWay(`${INSTALLER} answers ${response.status}`);
  } catch (error) {
    if (error instanceof NotThisWay) throw error;
    throw new NotThisWay(`${INSTALLER} cannot be reached (${reasonOf(error)})`, { cause: error });
  }
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof Error && "code" in cause) return String(cause.code);
  return error.name === "TimeoutError" ? `no answer in ${REACHABLE_MILLISECONDS / 1000} s` : error.message;
}

const ending = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new NotThisWay("it took too long")), { once: true });
  });

const firstLine = (error: unknown): string =>
  String(error instanceof Error ? error.message : error).split("\n")[0] ?? "";
