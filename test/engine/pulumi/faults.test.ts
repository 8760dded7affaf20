/** @jest-environment ./test/engine/engine-environment.ts */
/** What goes wrong around an apply: one error that says what to do, nothing lost, and the next apply converges. */
import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname, userInfo } from "node:os";
import { delimiter, join } from "node:path";
import type { EngineEvent, Run } from "../../../automation/engine/engine";
import { EngineError } from "../../../automation/engine/engine-error";
import { newestGeneration } from "../../../automation/engine/locks/generations";
import { tryLock } from "../../../automation/engine/locks/lock";
import { identify } from "../../../automation/engine/locks/process-identity";
import type { PulumiEngineOptions } from "../../../automation/engine/pulumi/options";
import { pulumiEngine, type PulumiEngine } from "../../../automation/engine/pulumi/pulumi-engine";
import { lockFolder, readState, stateFile } from "../../../automation/engine/pulumi/state-files";
import { armFaults } from "../../../automation/engine/sandbox/faults";
import { World } from "../../../automation/engine/sandbox/world";
import { contractStack, namespaceOf } from "../contract-specs";
import { describeWithEngine, scratchFolder } from "../real-engine";

/** Whether this is the creation of a namespace, the first thing in a cluster. */
const isNamespace = (event: EngineEvent, status = "running"): boolean =>
  event.kind === "resource" && event.status === status && event.step.type === "kubernetes:core/v1:Namespace";

/** Makes a small disk of its own; only root may. */
function mount(folder: string): boolean {
  mkdirSync(folder, { recursive: true });
  return spawnSync("mount", ["-t", "tmpfs", "-o", "size=2m", "none", folder]).status === 0;
}

const canMount = ((): boolean => {
  const { folder, remove } = scratchFolder();
  const mounted = process.platform === "linux" && mount(folder);
  if (mounted) spawnSync("umount", [folder]);
  remove();
  return mounted;
})();

/** Writes until nothing more fits. */
function fill(file: string): void {
  try {
    for (;;) appendFileSync(file, Buffer.alloc(4_096, 1));
  } catch {
    // Full.
  }
}

describeWithEngine("around an apply", () => {
  const scratch = scratchFolder();
  afterAll(() => scratch.remove());

  let folder: string;
  let engine: PulumiEngine;
  let events: EngineEvent[];
  let turn = 0;
  beforeEach(() => {
    folder = join(scratch.folder, `fault-${(turn += 1)}`);
    engine = engineWith();
    events = [];
  });

  const spec = contractStack("shop", "europe");
  const more = contractStack("shop", "europe", {
    namespaces: ["shop", "tools", "batch"].map((name) => namespaceOf(name)),
  });
  const world = () => new World(join(folder, "world/shop"));
  const files = () => ({ root: join(folder, "state/sandbox"), platform: "shop", stack: "europe" });
  const claims = () => join(folder, "locks/sandbox/shop/europe");

  const engineWith = (options: Partial<PulumiEngineOptions> = {}) =>
    pulumiEngine({ folder, doing: "meridian apply shop", ...options });

  const running = (more: Partial<Run> = {}): Run => ({
    target: "sandbox",
    secrets: () => undefined,
    signal: new AbortController().signal,
    onEvent: (event) => events.push(event),
    ...more,
  });

  const messages = () =>
    events.flatMap((event) => (event.kind === "message" ? [`${event.severity}: ${event.text}`] : []));

  async function refused(
    work: Promise<unknown>,
  ): Promise<{ readonly code: string } & Record<string, unknown>> {
    return work.then(
      () => Promise.reject(new RangeError("it went through")),
      (error: unknown) => {
        if (!(error instanceof EngineError)) throw error;
        return { code: error.code, message: error.message, ...error.detail, cause: undefined };
      },
    );
  }

  /** The next apply goes through, and everything is there exactly once. */
  async function expectConverges(wanted = spec): Promise<void> {
    await engineWith().apply(wanted, running());
    const state = readState(files());
    expect(state?.pending_operations ?? []).toEqual([]);
    const made = (state?.resources ?? []).filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
    expect(made.map(({ urn }) => urn).sort()).toEqual(
      world()
        .live()
        .map(({ urn }) => urn)
        .sort(),
    );
    const once = world()
      .journal()
      .filter(({ operation }) => operation !== "update");
    const histories = once.map(({ operation, key }) => `${operation} ${key}`);
    expect(histories).toEqual([...new Set(histories)]);
    const again = await engineWith().preview(wanted, running());
    expect([...new Set(again.steps.map(({ operation }) => operation))]).toEqual(["same"]);
  }

  /** A CLI of this test in place of the real one. */
  function cliOf(body: string): Readonly<Record<string, string | undefined>> {
    const bin = join(folder, "bin");
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, "pulumi"), `#!/bin/sh\n${body}\n`);
    chmodSync(join(bin, "pulumi"), 0o755);
    return { ...process.env, MERIDIAN_PULUMI: bin };
  }

  describe("without the right CLI", () => {
    test("none, and no way to get one", async () => {
      const fetched = jest.spyOn(globalThis, "fetch").mockRejectedValue(new TypeError("fetch failed"));
      const environment = { PATH: "", MERIDIAN_CACHE: join(folder, "cache") };
      const error = await refused(engineWith({ environment }).apply(spec, running()));
      fetched.mockRestore();
      expect(error).toEqual({
        code: "MRD6001",
        message: "there is no Pulumi CLI of version 3.230.0 or newer",
        facts: [
          "on PATH: there is no pulumi",
          `in the cache: ${join(folder, "cache/pulumi/3.230.0")} holds none`,
          "download: https://get.pulumi.com/install.sh cannot be reached (fetch failed)",
          "build from Go modules: there is no go (1.25.8 or newer) on PATH",
        ],
        next: "Install Pulumi 3.230.0 or newer (https://www.pulumi.com/docs/install/), or Go 1.25 to let Meridian build it, or set MERIDIAN_PULUMI to one.",
      });
      await expectConverges();
    });

    test("one of the wrong version", async () => {
      const environment = cliOf("echo v3.100.0");
      expect(await refused(engineWith({ environment }).apply(spec, running()))).toEqual({
        code: "MRD6002",
        message: `MERIDIAN_PULUMI=${join(folder, "bin")} is Pulumi 3.100.0, and 3.230.0 or newer is needed`,
        next: "Name one of version 3.230.0 or newer, below 4, or unset MERIDIAN_PULUMI.",
      });
    });
  });

  describe("on the real cloud", () => {
    const secrets: Run["secrets"] = ({ secret }) => `${secret}-of-the-cloud`;
    const real = { target: "cloud", secrets } as const;

    test("without a passphrase nothing begins", async () => {
      const environment = { ...process.env, MERIDIAN_PASSPHRASE: "", MERIDIAN_PASSPHRASE_FILE: "" };
      expect(await refused(engineWith({ environment }).apply(spec, running(real)))).toEqual({
        code: "MRD5210",
        message: "there is no passphrase for the state's secrets",
        next: "Set MERIDIAN_PASSPHRASE, or MERIDIAN_PASSPHRASE_FILE to a file that holds it.",
      });
    });

    test("a provider that is not installed is named, with the command that installs it", async () => {
      const environment = {
        ...process.env,
        MERIDIAN_PASSPHRASE: "a passphrase",
        PULUMI_HOME: join(folder, "home"),
      };
      expect(await refused(engineWith({ environment }).preview(spec, running(real)))).toMatchObject({
        code: "MRD5221",
        message: "shop/europe needs the kubernetes plugin 4.34.2",
        next: "pulumi plugin install resource kubernetes 4.34.2",
      });
      expect(await engine.list("shop", "cloud")).toEqual([]);
    });

    test("another passphrase than the one before does not open the state", async () => {
      await engineWith({ environment: { ...process.env, MERIDIAN_PASSPHRASE: "the first" } }).apply(
        spec,
        running(),
      );
      const environment = { ...process.env, MERIDIAN_PASSPHRASE: "another one" };
      const before = readFileSync(stateFile(files()), "utf8");
      expect(await refused(engineWith({ environment }).apply(more, running()))).toMatchObject({
        code: "MRD5209",
        message: "the passphrase does not open the state of shop/europe",
      });
      expect(readFileSync(stateFile(files()), "utf8")).toBe(before);
    });
  });

  describe("a locked stack", () => {
    test("by a living run: who, since when, what to do", async () => {
      const held = tryLock(claims(), "meridian apply shop");
      const since = new Date(newestGeneration(claims())?.record?.since ?? 0).toTimeString().slice(0, 8);
      const error = await refused(engine.apply(spec, running()));
      expect(error).toEqual({
        code: "MRD5103",
        message: "stack shop/europe is locked",
        stack: "shop/europe",
        facts: [expect.any(String), "that process is alive: wait for it, or stop it there"],
        next: "if its machine is gone: meridian unlock shop/europe --fence   (raises the fencing token first)",
      });
      const { run = "" } = held.kind === "taken" ? held.lock : {};
      expect((error["facts"] as readonly string[])[0]).toMatch(
        new RegExp(
          `^by ${userInfo().username}@${hostname()}, process ${process.pid}, since ${since} \\(\\d+ s\\), run ${run}: meridian apply shop$`,
        ),
      );
      expect(readState(files())?.resources).toBeUndefined();
      if (held.kind === "taken") held.lock.release();
    });

    test("by a dead run: it is taken over, and says so", async () => {
      const { pid } = spawnSync(process.execPath, ["--version"]);
      mkdirSync(claims(), { recursive: true });
      const owner = { ...identify(process.pid), pid };
      const record = { format: 1, token: 4, run: "r4", owner, user: "u", doing: "d", since: new Date() };
      writeFileSync(join(claims(), "00000004.json"), JSON.stringify(record));
      await engine.apply(spec, running());
      expect(messages()).toEqual(["info: run r4 on shop/europe died without finishing: taking over"]);
      expect(newestGeneration(claims())).toMatchObject({ token: 5, released: true });
    });

    test.each([
      { name: "a living process", pid: () => process.pid, free: false },
      { name: "a dead one", pid: () => spawnSync(process.execPath, ["--version"]).pid, free: true },
    ])("by Pulumi's own lock of $name", async ({ pid, free }) => {
      mkdirSync(lockFolder(files()), { recursive: true });
      const lock = { pid: pid(), username: "u", hostname: hostname(), timestamp: new Date().toISOString() };
      writeFileSync(join(lockFolder(files()), "5a1f.json"), JSON.stringify(lock));
      if (free) await expectConverges();
      else expect(await refused(engine.apply(spec, running()))).toMatchObject({ code: "MRD5103" });
      expect(readdirSync(lockFolder(files()))).toEqual(free ? [] : ["5a1f.json"]);
    });
  });

  describe("unlocking", () => {
    const name = { platform: "shop", stack: "europe" };

    test("frees nothing that is in use, and nothing that is free", async () => {
      expect(await engine.unlock(name, "sandbox", { fence: false })).toEqual({ token: 1, holder: undefined });
      const held = tryLock(claims(), "meridian apply shop");
      expect(await refused(engine.unlock(name, "sandbox", { fence: false }))).toMatchObject({
        code: "MRD5103",
      });
      if (held.kind === "taken") held.lock.release();
    });

    test("by a fence stops the run that had it, before it writes any more", async () => {
      armFaults(world().folder, [{ kind: "slow", milliseconds: 1_500 }]);
      let unlocked: Promise<unknown> = Promise.resolve();
      let told = false;
      const onEvent = (event: EngineEvent) => {
        if (told || !isNamespace(event)) return;
        told = true;
        unlocked = engineWith().unlock(name, "sandbox", { fence: true });
      };
      expect(await refused(engine.apply(spec, running({ onEvent })))).toMatchObject({
        code: "MRD5204",
        message: "the lock of shop/europe was taken from this run",
        next: "Find out who took the lock; then apply again.",
      });
      expect(await unlocked).toMatchObject({ token: 2, holder: { pid: process.pid, liveness: "alive" } });
      armFaults(world().folder, []);
      await expectConverges();
    });
  });

  describe("damage", () => {
    const namespaceFile = (): string => {
      const resources = join(folder, "world/shop/resources");
      const [name = ""] = readdirSync(resources).filter((one) => one.includes("Namespace_shop."));
      return join(resources, name, "000001.json");
    };

    test.each([
      {
        name: "cut off",
        damage: (text: string) => text.slice(0, 40),
        what: "is not JSON, or only a part of it",
      },
      { name: "garbage", damage: () => "\u0000\u0001garbage", what: "is not JSON, or only a part of it" },
      { name: "empty", damage: () => "", what: "is empty" },
    ])("a world whose file is $name stays as it is", async ({ damage, what }) => {
      await engine.apply(spec, running());
      const whole = readFileSync(namespaceFile(), "utf8");
      writeFileSync(namespaceFile(), damage(whole));
      const error = await refused(
        engine.apply(
          contractStack("shop", "europe", { namespaces: [namespaceOf("tools")], apps: "none" }),
          running(),
        ),
      );
      expect(error).toMatchObject({
        code: "MRD7002",
        message: `Namespace "namespaces-shop": the sandbox world is damaged: ${namespaceFile()} ${what}`,
        next: "Restore the named file from a copy, or remove the folder it is in to forget that resource, then apply again.",
      });
      expect(readFileSync(namespaceFile(), "utf8")).toBe(damage(whole));
      writeFileSync(namespaceFile(), whole);
    });

    test("a state that is cut off stays as it is, and the way back is named", async () => {
      await engine.apply(spec, running());
      await engine.apply(more, running());
      const file = stateFile(files());
      const whole = readFileSync(file, "utf8");
      writeFileSync(file, whole.slice(0, whole.length / 2));
      const error = await refused(engine.apply(more, running()));
      expect(error).toMatchObject({
        code: "MRD5207",
        message: `the state file ${file} is damaged`,
        stack: "shop/europe",
        next: expect.stringMatching(/^cp '.*' '.*', then apply again: it looks at what is there$/) as string,
      });
      expect(readFileSync(file, "utf8")).toBe(whole.slice(0, whole.length / 2));
      const [, copy = ""] = /^cp '(.*)' '.*',/.exec(String(error["next"]).replaceAll(`'\\''`, "'")) ?? [];
      writeFileSync(file, readFileSync(copy));
      await expectConverges(more);
    });
  });

  describe("a full disk", () => {
    test("while the world is written", async () => {
      armFaults(world().folder, [{ kind: "disk-full", match: "namespaces-shop-quota" }]);
      expect(await refused(engine.apply(spec, running()))).toMatchObject({
        code: "MRD7003",
        message: expect.stringMatching(
          /^ResourceQuota "namespaces-shop-quota": no space left to write /,
        ) as string,
        next: "Free some space, then apply again: it continues where it stopped.",
      });
      await expectConverges();
    });

    // A disk of its own, which only root may make.
    const onSmallDisk = canMount ? test : test.skip;
    onSmallDisk("while the state is written", async () => {
      const disk = join(folder, "state/sandbox");
      mount(disk);
      try {
        await engine.apply(spec, running());
        armFaults(world().folder, [{ kind: "slow", milliseconds: 50 }]);
        const onEvent = (event: EngineEvent) => {
          if (isNamespace(event)) fill(join(disk, "junk"));
        };
        expect(await refused(engine.apply(more, running({ onEvent })))).toMatchObject({
          code: "MRD5206",
          message: "there is no space left for the state of shop/europe",
          next: "Free some space, then apply again: it continues where it stopped.",
        });
        expect(await refused(engine.apply(more, running()))).toMatchObject({
          code: "MRD5206",
          message: `there was no space left to write ${join(disk, "room-shop-europe")}`,
        });
        rmSync(join(disk, "junk"));
        await expectConverges(more);
      } finally {
        spawnSync("umount", [disk]);
      }
    });
  });

  describe("a stop", () => {
    const slow = () => armFaults(world().folder, [{ kind: "slow", milliseconds: 400 }]);

    test("waits for what is in flight, and leaves a complete state", async () => {
      slow();
      const controller = new AbortController();
      const stopping = running({
        signal: controller.signal,
        onEvent: (event) => isNamespace(event, "done") && controller.abort(),
      });
      expect(await refused(engine.apply(spec, stopping))).toEqual({
        code: "MRD5202",
        message: "shop/europe was stopped on request",
        stack: "shop/europe",
        next: "Apply again to continue where it stopped.",
      });
      expect((await engine.state(spec, "sandbox")).pending).toEqual([]);
      expect(world().live().length).toBeGreaterThan(0);
      await expectConverges();
    });

    test("at once leaves work that the next apply finds and finishes", async () => {
      slow();
      let told = false;
      const stopping = running({
        onEvent: (event) => {
          if (told || !isNamespace(event)) return;
          told = true;
          engine.stopAtOnce();
        },
      });
      expect(await refused(engine.apply(spec, stopping))).toMatchObject({
        code: "MRD5203",
        message: "the engine of shop/europe was ended in the middle of its work",
        next: "Apply again: it first looks at what is there, and then continues.",
      });
      await expectConverges();
    });
  });

  test("a file where a folder must be is an error and not a crash", async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, "state"), "a file");
    expect(await refused(engine.apply(spec, running()))).toMatchObject({
      code: "MRD5213",
      message: `${join(folder, "state/sandbox/.pulumi/stacks/shop")} cannot be read or written: ENOTDIR`,
    });
    rmSync(join(folder, "state"));
    await expectConverges();
  });

  test("a PATH with spaces and quotes is no trouble", async () => {
    const environment = {
      ...process.env,
      PATH: [join(folder, "it's here"), process.env["PATH"]].join(delimiter),
    };
    const result = await engineWith({ environment }).preview(spec, running());
    expect(result.steps).toHaveLength(10);
  });
});
