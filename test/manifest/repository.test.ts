import { posix } from "node:path";
import { parse } from "yaml";
import { schemaFileOf } from "../../automation/manifest/schema-file";
import { loadRepository, repositoryFiles } from "./repository-manifests";

const files = repositoryFiles();

/** The comment that tells editors which schema a file follows. */
function modelineOf(file: string, text: string): string {
  const { kind } = parse(text) as { readonly kind: string };
  const schema = posix.relative(posix.dirname(file), `schemas/${schemaFileOf(kind)}`);
  return `# yaml-language-server: $schema=${schema}`;
}

describe("the manifests of this repository", () => {
  test.each(files.map(({ file, text }) => ({ file, text })))("$file names its schema", ({ file, text }) => {
    expect(text.split("\n")[0]).toBe(modelineOf(file, text));
  });

  test("load without a diagnostic, every one of them", () => {
    const { manifests, diagnostics } = loadRepository();
    expect(diagnostics).toEqual([]);
    expect(manifests.map(({ origin }) => origin.file)).toEqual(files.map(({ file }) => file));
  });

  test("are the five platforms", () => {
    const names = loadRepository().manifests.flatMap(({ manifest }) =>
      manifest.kind === "Platform" ? [manifest.metadata.name] : [],
    );
    expect(names).toEqual(["castiel", "eden", "hse", "openova", "portarium"]);
  });
});
