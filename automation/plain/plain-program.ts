/**
 * Meridian's stacks for plain `pulumi preview --stack <platform>.<stack>`, from the top-level Pulumi.yaml.
 *
 * Plain Pulumi has one project and one state for the whole repository; Meridian has a project a platform. A
 * plain `up` would therefore make everything a second time, and is refused unless the stack says that it is
 * plain Pulumi's own (`pulumi config set meridian:standalone true`).
 */
import type { SecretRef } from "../fleet/specs/secret-ref";
import type { StackSpec } from "../fleet/stack-spec";
import { readPlans } from "../cli/fleet-input";
import { CliError } from "../cli/cli-error";
import { closest } from "../manifest/diagnostics/closest";
import { componentsProgram, programContext } from "../engine/graph/program";
import { resolveSecrets } from "../engine/secrets/resolve";
import { secretsFrom } from "../engine/secrets/sources";

/** What plain Pulumi says of its run. */
export interface PlainRun {
  /** `openova.europe`. */
  readonly stackName: string;
  readonly isPreview: boolean;
  /** The folder that holds `regions/`. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `meridian:<key>` of the stack's configuration. */
  readonly config: (key: string) => string | undefined;
}

/** Registers every resource of the stack and returns its outputs. Throws CliError and EngineError only. */
export async function runPlain(run: PlainRun): Promise<unknown> {
  const spec = specOf(run);
  if (!run.isPreview && run.config("standalone") !== "true") {
    throw new CliError("MRD4111", `${run.stackName} is not plain Pulumi's own stack`, {
      facts: ["Meridian keeps its state in another project: this would make everything a second time"],
      next: `use \`meridian apply ${spec.platform} --target cloud --yes\``,
    });
  }
  const target = run.config("target") === "sandbox" ? "sandbox" : "cloud";
  const configured = ({ secret }: SecretRef): string | undefined => run.config(secret);
  const secrets = resolveSecrets(spec, secretsFrom(run.environment, { more: configured }), target);
  return componentsProgram(
    spec,
    programContext(target, ({ secret }) => secrets.get(secret) ?? ""),
  );
}

function specOf({ stackName, folder }: PlainRun): StackSpec {
  const dot = stackName.indexOf(".");
  const platform = dot < 0 ? stackName : stackName.slice(0, dot);
  const stacks = readPlans([platform], "regions", folder).flatMap((plan) => plan.stacks);
  const found = stacks.find(({ stack }) => stackName === `${platform}.${stack}`);
  if (found !== undefined) return found;
  const names = stacks.map(({ stack }) => `${platform}.${stack}`);
  const near = closest(stackName, names);
  throw new CliError(
    "MRD4112",
    `no stack "${stackName}"${near === undefined ? "" : `, did you mean "${near}"?`}`,
    {
      next: names.length === 0 ? "name a platform that has components" : `use one of ${names.join(", ")}`,
    },
  );
}
