import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ruleCatalog } from "../../automation/fleet/catalog-facts";
import { catalog } from "../../automation/manifest/catalog/data";
import type { SourceFile } from "../../automation/manifest/diagnostic";
import { type LoadedManifests, loadManifests } from "../../automation/manifest/load";

export const repository = join(__dirname, "..", "..");

/** Every YAML file below regions/, by its path from the top of the repository. */
export function repositoryFiles(): readonly SourceFile[] {
  return readdirSync(join(repository, "regions"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yaml"))
    .sort()
    .map((name) => {
      const file = `regions/${name.replaceAll("\\", "/")}`;
      return { file, text: readFileSync(join(repository, file), "utf8") };
    });
}

export const loadRepository = (): LoadedManifests => loadManifests(repositoryFiles(), ruleCatalog(catalog));
