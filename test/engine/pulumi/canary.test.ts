/** @jest-environment ./test/engine/engine-environment.ts */
/**
 * Secrets stay secret: a preview, an apply and a failing apply of openova with values that stand out, then
 * a look for them in everything that was written or could be seen while it ran.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readPlans } from "../../../automation/cli/fleet-input";
import { variableOf } from "../../../automation/engine/secrets/names";
import { secretNamesOf } from "../../../automation/engine/secrets/secret-refs";
import { describeWithEngine, scratchFolder } from "../real-engine";
import { descendantsOf, Meridian } from "./meridian-process";

const OPENOVA = join(__dirname, "../../../regions/openova");

/** Each has characters that JSON, URLs and shells write in other ways, and some have several lines. */
const canaryFor = (name: string, at: number): string =>
  at % 2 === 0
    ? `canary-${name}-7f "q\\uote" +/=é%${at}`
    : `canary-${name}-first-line: {a: "b"}\ncanary-${name}-second-line: ${"x".repeat(30)}`;

/** The value as it is, and as encodings that print it; of several lines, also each line alone. */
function formsOf(value: string): readonly string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.from(" ".repeat(shift) + value)
      .toString("base64")
      .replace(/=+$/, "")
      .slice(shift === 0 ? 0 : 4, -2),
  );
  return [
    value,
    ...value.split("\n"),
    json,
    JSON.stringify(json).slice(1, -1),
    encodeURIComponent(value),
    ...base64,
    ...base64.map((text) => text.replaceAll("+", "-").replaceAll("/", "_")),
    Buffer.from(value).toString("hex"),
  ];
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

describeWithEngine("secrets", () => {
  const scratch = scratchFolder();
  const { folder } = scratch;
  const home = join(folder, "home");
  const canaries = new Map<string, string>([["MERIDIAN_PASSPHRASE", canaryFor("passphrase", 0)]]);
  /** What was seen, by where it was seen. */
  const seen: { readonly where: string; readonly text: string }[] = [];
  afterAll(() => scratch.remove());

  beforeAll(() => {
    mkdirSync(home);
    cpSync(OPENOVA, join(folder, "regions/openova"), { recursive: true });
    const specs = readPlans(["openova"], "regions", folder).flatMap(({ stacks }) => stacks);
    const names = [...new Set(specs.flatMap((spec) => [...secretNamesOf(spec)]))];
    names.forEach((name, at) => canaries.set(variableOf(name), canaryFor(name, at)));
  });

  async function run(args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<number> {
    const env = { HOME: home, TMPDIR: home, XDG_CACHE_HOME: home, ...Object.fromEntries(canaries), ...more };
    const command = new Meridian(folder, args, env);
    while (command.isRunning) {
      for (const { commandLine, environment } of descendantsOf(command.pid)) {
        seen.push({ where: "a command line", text: commandLine });
        // A process just forked is still Meridian itself; nothing it starts may inherit what it knows.
        if (!/bin\/meridian/.test(commandLine))
          seen.push({ where: `the environment of ${commandLine}`, text: inherited(environment) });
      }
      await sleep(60);
    }
    const { status, stdout, stderr } = await command.ended;
    seen.push({ where: `stdout of ${args.join(" ")}`, text: stdout });
    seen.push({ where: `stderr of ${args.join(" ")}`, text: stderr });
    return Number(status);
  }

  /** Pulumi takes its passphrase from there and nowhere better; the faults are this test's own. */
  const inherited = (environment: string): string =>
    environment
      .split("\0")
      .filter((variable) => !/^(PULUMI_CONFIG_PASSPHRASE|MERIDIAN_SANDBOX_FAULTS)=/.test(variable))
      .join("\n");

  function found(): readonly string[] {
    const files = filesBelow(folder).map((file) => ({
      where: relative(folder, file),
      text: readFileSync(file, "utf8"),
    }));
    const forms = [...canaries].flatMap(([name, value]) => formsOf(value).map((form) => ({ name, form })));
    return [...new Set([...seen, ...files])].flatMap(({ where, text }) =>
      forms.filter(({ form }) => text.includes(form)).map(({ name }) => `${name} in ${where}`),
    );
  }

  test("are in nothing that a preview, an apply and a failing apply write or show", async () => {
    expect(canaries.size).toBeGreaterThan(4);
    expect(await run(["preview", "openova", "--json"])).toBe(0);
    expect(await run(["apply", "openova", "--yes"])).toBe(0);
    // A provider that puts what it was given into its complaint.
    const message = `cannot log in with ${[...canaries.values()].join(" or ")}`;
    const faults = { faults: [{ kind: "fail", on: "delete", times: 9, message }] };
    expect(
      await run(["destroy", "openova", "--yes"], { MERIDIAN_SANDBOX_FAULTS: JSON.stringify(faults) }),
    ).toBe(1);
    const complained = seen.filter(
      ({ where, text }) => where.startsWith("stderr") && text.includes("MRD7023"),
    );
    expect(complained).toHaveLength(1);
    expect(complained[0]?.text).toContain("[secret]");
    expect(existsSync(join(folder, ".meridian/state"))).toBe(true);
    expect([...new Set(found())]).toEqual([]);
  }, 120_000);
});
