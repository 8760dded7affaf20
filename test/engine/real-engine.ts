/** What tests of the real engine share; their files run in engine-environment.ts. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * `describe` for tests that need a Pulumi CLI. Where none can be had they are skipped and say why; with
 * MERIDIAN_REQUIRE_ENGINE=1, as in CI, that is a failure.
 */
export function describeWithEngine(name: string, tests: () => void): void {
  const missing = process.env["MERIDIAN_NO_ENGINE"];
  if (missing === undefined) {
    describe(name, tests);
    return;
  }
  if (process.env["MERIDIAN_REQUIRE_ENGINE"] === "1") {
    test(`${name}: the engine is there`, () => {
      throw new RangeError(missing);
    });
    return;
  }
  process.stderr.write(`skipped, ${name}: ${missing}\n`);
  describe.skip(name, tests);
}

/** A folder of this test, with a name that needs quoting everywhere. */
export function scratchFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "meridian engine's "));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) };
}
