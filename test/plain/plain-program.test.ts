/** @jest-environment ./test/engine/engine-environment.ts */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { sandboxEnvironment, sandboxPlugins } from "../../automation/engine/sandbox/plugins";
import { describeWithEngine, scratchFolder } from "../engine/real-engine";

interface Outcome {
  readonly ok: boolean;
  readonly changes?: Readonly<Record<string, number>>;
  readonly said?: string;
}

const root = join(__dirname, "../..");
const sandboxed = { "meridian:target": { value: "sandbox" } };
const own = { ...sandboxed, "meridian:standalone": { value: "true" } };

describeWithEngine("the top-level program, run as plain Pulumi does", () => {
  const { folder, remove } = scratchFolder();
  afterAll(remove);

  function plain(verb: "preview" | "up", stack: string, config: Readonly<Record<string, object>>): Outcome {
    const workDir = join(folder, "project");
    const state = join(folder, "state");
    for (const made of [workDir, state]) mkdirSync(made, { recursive: true });
    const environment = {
      ...sandboxEnvironment(join(folder, "world")),
      PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: "true",
      PULUMI_BACKEND_URL: pathToFileURL(state).href,
      PULUMI_CONFIG_PASSPHRASE: "plain",
      PULUMI_HOME: join(folder, "home"),
    };
    const settings = { root, workDir, environment, plugins: sandboxPlugins(join(folder, "plugins")), config };

    // The Automation API looks for the name on PATH, whatever the file is called.
    const cli = join(folder, "pulumi");
    if (!existsSync(cli)) symlinkSync(process.env["MERIDIAN_PULUMI"] ?? "", cli);
    const said = execFileSync(
      process.execPath,
      [join(__dirname, "plain-pulumi.cjs"), verb, stack, JSON.stringify(settings)],
      {
        encoding: "utf8",
        timeout: 60_000,
        env: { ...process.env, ...environment, PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}` },
      },
    );
    return JSON.parse(said) as Outcome;
  }

  test("previews the stack its name says", () => {
    expect(plain("preview", "castiel.east-us", sandboxed)).toEqual({ ok: true, changes: { create: 47 } });
  });

  test("says which secret is missing for the cloud, without a stack trace", () => {
    const { ok, said } = plain("preview", "openova.europe", {});
    expect(ok).toBe(false);
    expect(said).toMatch(
      /MRD8001 {2}openova\/europe needs 12 secrets: cloudflare-account-id, kubeconfig-europe, /,
    );
    expect(said).not.toMatch(/^\s+at /m);
  });

  test("says which stacks there are", () => {
    const { ok, said } = plain("preview", "castiel.east-eu", sandboxed);
    expect(ok).toBe(false);
    expect(said).toContain('MRD4112  no stack "castiel.east-eu", did you mean "castiel.east-us"?');
  });

  test("refuses to make a second copy of what Meridian keeps", () => {
    const { ok, said } = plain("up", "castiel.data", sandboxed);
    expect(ok).toBe(false);
    expect(said).toContain("MRD4111  castiel.data is not plain Pulumi's own stack");
  });

  test("applies a stack that is plain Pulumi's own", () => {
    // The refused run before has left the stack itself, and nothing in it.
    expect(plain("up", "castiel.data", own)).toEqual({ ok: true, changes: { create: 15, same: 1 } });
    expect(plain("up", "castiel.data", own)).toEqual({ ok: true, changes: { same: 16 } });
  });
});
