/** What plain Pulumi runs (`pulumi preview --stack openova.europe`); Meridian itself needs no program of its own. */
import { RunError } from "@pulumi/pulumi/errors";
import { getStack } from "@pulumi/pulumi/metadata";
import { getConfig } from "@pulumi/pulumi/runtime/config";
import { isDryRun } from "@pulumi/pulumi/runtime/settings";
import { failureOf } from "./automation/cli/report-error";
import { packageRoot } from "./automation/cli/package-root";
import { runPlain } from "./automation/plain/plain-program";

async function outputsOfStack(): Promise<unknown> {
  try {
    return await runPlain({
      stackName: getStack(),
      isPreview: isDryRun(),
      folder: packageRoot(),
      environment: process.env,
      config: (key) => getConfig(`meridian:${key}`),
    });
  } catch (error) {
    const { code, message, facts, next } = failureOf(error);
    // Pulumi prints a RunError's words, and anything else with a stack trace.
    throw new RunError(
      [`${code}  ${message}`, ...facts, ...(next === undefined ? [] : [`next: ${next}`])].join("\n"),
    );
  }
}

export const outputs = outputsOfStack();
