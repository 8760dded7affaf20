/**
 * Gets the Pulumi CLI before a test file that needs one is loaded, the way Meridian itself does: by
 * MERIDIAN_PULUMI, on PATH, from the user's cache, downloaded or built. Files that run side by side wait
 * for one build. A file asks for it in its first line: `@jest-environment ./test/engine/engine-environment.ts`.
 */
import { TestEnvironment } from "jest-environment-node";
import { EngineError } from "../../automation/engine/engine-error";
import { getPulumi } from "../../automation/engine/getting/get-pulumi";

class EngineEnvironment extends TestEnvironment {
  override async setup(): Promise<void> {
    await super.setup();
    const { env } = this.global.process;
    try {
      env["MERIDIAN_PULUMI"] = (await getPulumi({ onProgress: progressTo(process.stderr) })).path;
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      delete env["MERIDIAN_PULUMI"];
      env["MERIDIAN_NO_ENGINE"] = [error.message, ...(error.detail.facts ?? [])].join("\n  ");
    }
  }
}

/** A line every few seconds: a build takes minutes, and silence looks like a hang. */
function progressTo(stream: NodeJS.WritableStream) {
  let told = -Infinity;
  return ({ phase, text, elapsed }: { phase: string; text: string; elapsed: number }): void => {
    if (elapsed - told < 10 && phase !== "ready") return;
    told = elapsed;
    stream.write(`getting the Pulumi CLI: ${phase}, ${text} (${Math.round(elapsed)} s)\n`);
  };
}

export = EngineEnvironment;
