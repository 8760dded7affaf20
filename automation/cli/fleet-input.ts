import { locateIn, ruleCatalog } from "../fleet/catalog-facts";
import { groupFleet, type PlatformFleet } from "../fleet/fleet";
import { type PlatformPlan, planFleet, planPlatform } from "../fleet/plan/plan-platform";
import { catalog } from "../manifest/catalog/data";
import type { Diagnostic, SourceFile } from "../manifest/diagnostic";
import { closest } from "../manifest/diagnostics/closest";
import { loadManifests } from "../manifest/load";
import { useOneOf } from "../manifest/rules/did-you-mean";
import type { Loaded } from "../manifest/rules/problem";
import { CliError } from "./cli-error";
import { readManifestFiles } from "./manifest-files";

export interface FleetInput {
  readonly files: readonly SourceFile[];
  readonly manifests: readonly Loaded[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Files to manifests, with everything that is wrong with them. */
export function readFleet(paths: readonly string[], cwd: string): FleetInput {
  const files = readManifestFiles(paths, cwd);
  return { files, ...loadManifests(files, ruleCatalog(catalog)) };
}

/** The manifests have errors: the caller prints their frames. */
export class InvalidManifestsError extends CliError {
  constructor(readonly input: FleetInput) {
    const errors = input.diagnostics.filter(({ severity }) => severity === "error").length;
    super("MRD4105", `${errors} ${errors === 1 ? "error" : "errors"} in the manifests`, {
      next: "mend them, then run the command again",
    });
  }
}

/** Manifests without errors; throws InvalidManifestsError. */
export function readValidFleet(manifestPath: string, cwd: string): FleetInput {
  const input = readFleet([manifestPath], cwd);
  if (input.diagnostics.some(({ severity }) => severity === "error")) throw new InvalidManifestsError(input);
  return input;
}

/** Plans of every platform. */
export const plansOf = ({ manifests }: FleetInput): readonly PlatformPlan[] =>
  planFleet(
    manifests.map(({ manifest }) => manifest),
    locateIn(catalog),
  );

/** Throws when a name is none of those that are known. */
export function requireKnown(names: readonly string[], known: readonly string[]): void {
  for (const name of names) {
    if (known.includes(name)) continue;
    const near = closest(name, known);
    throw new CliError(
      "MRD4104",
      `no platform "${name}"${near === undefined ? "" : `, did you mean "${near}"?`}`,
      {
        next: useOneOf(known) ?? "add a platform's manifest",
      },
    );
  }
}

/** One platform with its manifests. */
export interface PlatformInput {
  readonly fleet: PlatformFleet;
  readonly plan: PlatformPlan;
  /** Of the Platform manifest, as it was found. */
  readonly file: string;
}

/** The named platform, from manifests without errors. */
export function readPlatform(name: string, manifestPath: string, cwd: string): PlatformInput {
  const { manifests: loaded } = readValidFleet(manifestPath, cwd);
  const { platforms } = groupFleet(loaded.map(({ manifest }) => manifest));
  requireKnown(
    [name],
    platforms.map(({ platform }) => platform.metadata.name),
  );
  const [fleet] = platforms.filter(({ platform }) => platform.metadata.name === name);
  const origin = loaded.find(({ manifest }) => manifest === fleet?.platform)?.origin;
  if (fleet === undefined || origin === undefined) throw new CliError("MRD4104", `no platform "${name}"`);
  return { fleet, plan: planPlatform(fleet, locateIn(catalog)), file: origin.file };
}

/** Plans of the named platforms (all, when none is named) from manifests without errors. */
export function readPlans(
  names: readonly string[],
  manifestPath: string,
  cwd: string,
): readonly PlatformPlan[] {
  const plans = plansOf(readValidFleet(manifestPath, cwd));
  requireKnown(
    names,
    plans.map(({ platform }) => platform),
  );
  return names.length === 0 ? plans : plans.filter(({ platform }) => names.includes(platform));
}
