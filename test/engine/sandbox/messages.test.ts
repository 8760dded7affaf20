import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EngineError } from "../../../automation/engine/engine-error";
import { cloudOf } from "../../../automation/engine/sandbox/clouds";
import { sandboxCodes } from "../../../automation/engine/sandbox/codes";
import { Configuration } from "../../../automation/engine/sandbox/configuration";
import { diskError } from "../../../automation/engine/sandbox/disk";
import { errorLine, sandboxError } from "../../../automation/engine/sandbox/sandbox-error";
import { sandboxPlugins } from "../../../automation/engine/sandbox/plugins";

describe("what people read", () => {
  test.each(Object.entries(sandboxCodes))(
    "%s has a title, a meaning and a next step",
    (code, { title, meaning, next }) => {
      expect(code).toMatch(/^MRD7\d{3}$/);
      expect(title).toMatch(/^[a-z].*[^.]$/);
      expect(meaning).toMatch(/^[A-Z].*\.$/);
      expect(next).toMatch(/^[A-Z].*\.$/);
    },
  );

  test("an error is one line that says sandbox, the facts and the next step", () => {
    const error = sandboxError("MRD7010", 'Namespace "shop" already exists', { facts: ["owned by x"] });
    expect(errorLine(error)).toBe(
      'MRD7010 sandbox: Namespace "shop" already exists (owned by x). Next: Choose another name, or destroy the stack that owns it.',
    );
  });

  test("a defect is said to be one, without a stack trace", () => {
    const line = errorLine(new TypeError("x is not a function"));
    expect(line).toMatch(/^MRD7099 sandbox: x is not a function\. Next: Report it/);
    expect(line).not.toContain("\n");
  });

  test("a provider without a world says so once a resource is touched", () => {
    const environment = { world: undefined, faults: undefined, version: "1.0.0" };
    const configuration = new Configuration(cloudOf("cloudflare"), environment);
    configuration.configure({});
    expect(() => configuration.session).toThrow("MERIDIAN_WORLD names no folder");
  });

  test.each([
    ["ENOSPC", "MRD7003"],
    ["EDQUOT", "MRD7003"],
    ["EACCES", "MRD7004"],
    ["EROFS", "MRD7004"],
  ])("%s is %s", (code, expected) => {
    const error = diskError("/world/file", Object.assign(new Error("no"), { code }));
    expect(error).toBeInstanceOf(EngineError);
    expect(error).toMatchObject({ code: expected });
  });
});

test("executables that were never built are not attached", () => {
  const folder = mkdtempSync(join(tmpdir(), "plugins-"));
  try {
    const missing = join(folder, "no-such-entry.js");
    expect(() => sandboxPlugins(folder, missing)).toThrow("the sandbox providers are not built");
    expect(existsSync(join(folder, "kubernetes"))).toBe(false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
