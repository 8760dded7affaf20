import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SourceFile } from "../../automation/manifest/diagnostic";
import { loadManifests } from "../../automation/manifest/load";
import { catalog } from "../../automation/manifest/catalog/data";
import { locateIn, ruleCatalog } from "../../automation/fleet/catalog-facts";
import { type PlatformPlan, planFleet } from "../../automation/fleet/plan/plan-platform";
import type { Loaded } from "../../automation/manifest/rules/problem";
import type { StackSpec } from "../../automation/fleet/stack-spec";

const root = join(__dirname, "..", "..");
export const locate = locateIn(catalog);

/** The manifests of one platform as committed. */
export const filesOf = (platform: string): readonly SourceFile[] =>
  readdirSync(join(root, "regions", platform), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => ({
      file: `regions/${platform}/${file}`,
      text: readFileSync(join(root, "regions", platform, file), "utf8"),
    }));

/** Loads, and fails the test on any error; a phase may leave warnings. */
export function load(files: readonly SourceFile[]): readonly Loaded[] {
  const { manifests, diagnostics } = loadManifests(files, ruleCatalog(catalog));
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return manifests;
}

/** Replaces text in the files that hold it; fails when none does. */
export function edit(files: readonly SourceFile[], from: string, to: string): readonly SourceFile[] {
  expect(files.some(({ text }) => text.includes(from))).toBe(true);
  return files.map(({ file, text }) => ({ file, text: text.replace(from, to) }));
}

export const workspaceFile = (platform: string, name: string, homeRegion: string): SourceFile => ({
  file: `regions/${platform}/workspaces/${name}.yaml`,
  text: `apiVersion: meridian.dev/v1\nkind: Workspace\nmetadata: { name: ${name}, platform: ${platform} }\nspec: { homeRegion: ${homeRegion} }\n`,
});

export const plan = (files: readonly SourceFile[]): readonly PlatformPlan[] =>
  planFleet(
    load(files).map(({ manifest }) => manifest),
    locate,
  );

export const stacksOf = (files: readonly SourceFile[]): readonly StackSpec[] =>
  plan(files).flatMap(({ stacks }) => stacks);
