import fc from "fast-check";
import { allCodes } from "../../automation/cli/all-codes";
import { locateIn, ruleCatalog } from "../../automation/fleet/catalog-facts";
import { planFleet } from "../../automation/fleet/plan/plan-platform";
import { catalog } from "../../automation/manifest/catalog/data";
import type { Diagnostic, SourceFile } from "../../automation/manifest/diagnostic";
import { codeFrame } from "../../automation/manifest/diagnostics/code-frame";
import { loadManifests } from "../../automation/manifest/load";
import { mutate, mutation } from "./mutations";
import { repositoryFiles } from "./repository-manifests";

/** The files of each platform. */
const platforms = new Map<string, SourceFile[]>();
for (const source of repositoryFiles()) {
  const folder = source.file.split("/")[1] ?? "";
  platforms.set(folder, [...(platforms.get(folder) ?? []), source]);
}

// On a busy machine the largest platform takes a while.
jest.setTimeout(120_000);

const facts = ruleCatalog(catalog);
const locate = locateIn(catalog);

/** Words no sentence of ours holds, and what a person cannot do without. */
function complaints(diagnostic: Diagnostic, text: string): readonly string[] {
  const { code, message, fix, hint, place } = diagnostic;
  const lines = text.split("\n");
  const line = lines[place.line - 1];
  const said = [message, fix ?? "", hint ?? ""].join(" ");
  const frame = codeFrame(text, diagnostic);
  return [
    allCodes.has(code) ? "" : "unknown code",
    message.trim() === "" || /[.\n]$/.test(message) ? "no sentence" : "",
    fix === undefined || fix.trim() === "" ? "no next step" : "",
    line === undefined || place.column < 1 || place.column > line.length + 1 ? "outside the file" : "",
    place.length < 1 ? "nothing to point at" : "",
    /\bundefined\b|\[object |\bNaN\b|^\s+at /m.test(said.replace(text, "")) ? `odd words: ${said}` : "",
    /^\s+at .*:\d+:\d+\)?$/m.test(frame) ? "a stack trace" : "",
  ].filter((complaint) => complaint !== "");
}

describe.each([...platforms])("%s, changed at random", (_name, files) => {
  test("never throws; every problem has a code, a place in its file and a next step", () => {
    fc.assert(
      fc.property(mutation, (change) => {
        const given = mutate(files, change);
        const texts = new Map(given.map(({ file, text }) => [file, text]));
        const { diagnostics } = loadManifests(given, facts);
        const wrong = diagnostics.flatMap((one) => complaints(one, texts.get(one.place.file) ?? ""));
        expect(wrong).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test("what validates can be planned", () => {
    fc.assert(
      fc.property(mutation, (change) => {
        const { manifests, diagnostics } = loadManifests(mutate(files, change), facts);
        fc.pre(diagnostics.every(({ severity }) => severity !== "error"));
        planFleet(
          manifests.map(({ manifest }) => manifest),
          locate,
        );
      }),
      { numRuns: 20, maxSkipsPerRun: 200 },
    );
  });
});
