/** The command line on manifests changed at random: it says what is wrong, or does its work. */
import fc from "fast-check";
import { mutate, mutation } from "../manifest/mutations";
import { repositoryFiles } from "../manifest/repository-manifests";
import { emptyFolder, meridian, write } from "./run";

// On a busy machine these take a while.
jest.setTimeout(120_000);

const openova = repositoryFiles().filter(({ file }) => file.startsWith("regions/openova/"));

/** Runs a line on openova with something changed in it. */
async function after(change: Parameters<typeof mutate>[1], line: string, folder: string) {
  const given = mutate(openova, change);
  write(folder, Object.fromEntries(given.map(({ file, text }) => [file, text])));
  return meridian(folder, line);
}

const isBug = (text: string): boolean => /MRD4999|\n\s+at .*:\d+:\d+/.test(text);

test("validate: exit 1 exactly when it tells an error, and never a bug", async () => {
  const folder = emptyFolder();
  await fc.assert(
    fc.asyncProperty(mutation, async (change) => {
      const { code, stdout, stderr } = await after(change, "validate", folder);
      expect({ stderr, isBug: isBug(stdout), code }).toEqual({
        stderr: "",
        isBug: false,
        code: /^error MRD/m.test(stdout) ? 1 : 0,
      });
      const errors = stdout.match(/^error MRD/gm)?.length ?? 0;
      const said = errors === 0 ? "no errors" : `${errors} error${errors === 1 ? "" : "s"}`;
      expect(stdout.trimEnd().split("\n").at(-1)).toContain(` · ${said}`);
    }),
    { numRuns: 200 },
  );
});

test("validate --json: one document, whatever the text", async () => {
  const folder = emptyFolder();
  await fc.assert(
    fc.asyncProperty(mutation, async (change) => {
      const { code, stdout, stderr } = await after(change, "validate --json", folder);
      const { ok } = JSON.parse(stdout) as { readonly ok: boolean };
      expect({ ok, stderr }).toEqual({ ok: code === 0, stderr: "" });
    }),
    { numRuns: 50 },
  );
});

test("plan: stacks with resources, or the errors of the manifests", async () => {
  const folder = emptyFolder();
  await fc.assert(
    fc.asyncProperty(mutation, async (change) => {
      const { code, stdout, stderr } = await after(change, "plan --json", folder);
      const document = JSON.parse(stdout) as {
        readonly ok: boolean;
        readonly error?: { readonly code: string };
      };
      expect({ stderr, code: document.error?.code ?? "planned" }).toEqual({
        stderr: "",
        code: code === 0 ? "planned" : "MRD4105",
      });
    }),
    { numRuns: 25 },
  );
});
