import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { EngineError } from "../../../automation/engine/engine-error";
import { newestGeneration } from "../../../automation/engine/locks/generations";
import { tryLock, type Lock } from "../../../automation/engine/locks/lock";
import type { LockRecord } from "../../../automation/engine/locks/lock-record";
import { holderOf, lockedError, lostLockError } from "../../../automation/engine/locks/locked-error";
import { identify, type ProcessIdentity } from "../../../automation/engine/locks/process-identity";

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "meridian-lock-"));
  folder = join(root, "openova", "india");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const here = (): ProcessIdentity => {
  const identity = identify(process.pid);
  if (identity === undefined) throw new RangeError("this process has no identity");
  return identity;
};

/** As a run of long ago left it. */
function leave(token: number, owner: ProcessIdentity): LockRecord {
  const record: LockRecord = {
    format: 1,
    token,
    run: "run-of-before",
    owner,
    user: "deploy",
    doing: "meridian apply openova",
    since: "2026-03-01T12:00:00.000Z",
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${String(token).padStart(8, "0")}.json`), JSON.stringify(record));
  return record;
}

function taken(fence = false): Lock {
  const attempt = tryLock(folder, "meridian apply openova", fence);
  if (attempt.kind === "busy") throw new RangeError("the lock is busy");
  return attempt.lock;
}

const gone = (): ProcessIdentity => {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  return { ...here(), pid };
};

describe("tryLock", () => {
  test("one has it until it lets go, and each holder has a higher token", () => {
    const first = taken();
    expect(tryLock(folder, "another").kind).toBe("busy");
    expect(first.held()).toBe(true);
    first.release();
    const second = taken();
    expect([first.token, second.token, second.takenFrom]).toEqual([1, 2, undefined]);
    expect(first.held()).toBe(false);
  });

  test("letting go twice, or after somebody took over, frees nobody else's lock", () => {
    const first = taken();
    first.release();
    const second = taken();
    first.release();
    expect(second.held()).toBe(true);
    expect(tryLock(folder, "another").kind).toBe("busy");
  });

  test.each<{ name: string; owner: () => ProcessIdentity; free: boolean }>([
    { name: "a process that ended", owner: gone, free: true },
    {
      name: "a process whose number another one has now",
      owner: () => ({ ...here(), started: "1" }),
      free: true,
    },
    {
      name: "a process from before the machine started",
      owner: () => ({ ...here(), boot: "before" }),
      free: true,
    },
    { name: "a living process", owner: here, free: false },
    { name: "a process of another machine", owner: () => ({ ...gone(), host: "build-7" }), free: false },
  ])("held by $name, it is free: $free", ({ owner, free }) => {
    const record = leave(7, owner());
    const attempt = tryLock(folder, "meridian apply openova");
    expect(attempt.kind).toBe(free ? "taken" : "busy");
    const before = attempt.kind === "taken" ? attempt.lock.takenFrom : attempt.holder;
    expect(before).toEqual({ token: 7, record, released: false, helpers: [] });
    expect(newestGeneration(folder)?.token).toBe(free ? 8 : 7);
  });

  test("a damaged record is somebody's until it is fenced", () => {
    leave(3, here());
    writeFileSync(join(folder, "00000003.json"), '{"format": 1, "tok');
    expect(tryLock(folder, "another")).toEqual({
      kind: "busy",
      holder: { token: 3, record: undefined, released: false, helpers: [] },
    });
    expect(taken(true).token).toBe(4);
  });

  test("a fence takes it from the living, who can see that", () => {
    const first = taken();
    const second = taken(true);
    expect([first.held(), second.held(), second.takenFrom?.token]).toEqual([false, true, first.token]);
    first.release();
    expect(second.held()).toBe(true);
  });

  test("the processes that work under it are known to whoever takes over", () => {
    taken().addProcess(process.pid);
    expect(newestGeneration(folder)?.helpers).toEqual([here()]);
  });

  test("a hundred holders leave no more files than the last two", () => {
    for (let at = 0; at < 100; at += 1) taken().release();
    expect(readdirSync(folder).sort()).toEqual([
      "00000099.json",
      "00000099.released",
      "00000100.json",
      "00000100.released",
    ]);
  });

  test("a folder that cannot be is an error that says so", () => {
    writeFileSync(join(root, "openova"), "a file");
    expect.assertions(1);
    try {
      tryLock(folder, "meridian apply openova");
    } catch (error) {
      const { code, message, detail } = error as EngineError;
      expect([code, message, detail.next]).toEqual([
        "MRD5205",
        `the lock in ${folder} cannot be read or written: ENOTDIR`,
        "Check that the folder exists and that you may write to it.",
      ]);
    }
  });
});

/** Adds to a number in a file, under the lock, as a process of its own that may be killed. */
const ADD = `
const [, lockModule, folder, file, rounds] = process.argv;
const { readFileSync, writeFileSync } = require("node:fs");
const { tryLock } = require(lockModule);
(async () => {
  for (let done = 0; done < Number(rounds); ) {
    const attempt = tryLock(folder, "adding");
    if (attempt.kind === "busy") { await new Promise((go) => setTimeout(go, Math.random() * 4)); continue; }
    const before = Number(readFileSync(file, "utf8"));
    await new Promise((go) => setTimeout(go, Math.random() * 2));
    writeFileSync(file, String(before + 1));
    attempt.lock.release();
    done += 1;
  }
})();`;
const LOCK_MODULE = join(__dirname, "../../../dist/automation/engine/locks/lock.js");

describe("between processes", () => {
  const start = (file: string, rounds: number) =>
    spawn(process.execPath, ["-e", ADD, LOCK_MODULE, folder, file, String(rounds)], { stdio: "inherit" });
  const ended = (child: ReturnType<typeof start>) => new Promise((resolve) => child.once("exit", resolve));

  test("six at once never work side by side", async () => {
    const file = join(root, "number");
    writeFileSync(file, "0");
    const codes = await Promise.all(Array.from({ length: 6 }, () => ended(start(file, 20))));
    expect([codes, readFileSync(file, "utf8")]).toEqual([[0, 0, 0, 0, 0, 0], "120"]);
  }, 30_000);

  test("a killed holder is taken over at once", async () => {
    const file = join(root, "number");
    writeFileSync(file, "0");
    const child = start(file, 1_000_000);
    while (Number(readFileSync(file, "utf8")) < 3) await sleep(5);
    child.kill("SIGKILL");
    await ended(child);
    const lock = taken();
    expect(lock.token).toBeGreaterThan(3);
  });
});

describe("what a person reads", () => {
  const now = new Date("2026-03-01T12:03:12.000Z");
  const clock = new Date("2026-03-01T12:00:00.000Z").toTimeString().slice(0, 8);
  const next =
    "if its machine is gone: meridian unlock openova/india --fence   (raises the fencing token first)";
  const shown = ({ code, message, detail }: EngineError): unknown => ({ code, message, ...detail });

  test.each<{ name: string; owner: () => ProcessIdentity; advice: string }>([
    { name: "alive", owner: here, advice: "that process is alive: wait for it, or stop it there" },
    { name: "dead", owner: gone, advice: "that process is gone: the next apply takes over" },
    {
      name: "elsewhere",
      owner: () => ({ ...here(), host: "build-7" }),
      advice: "that process is on another machine: wait for it, or stop it there",
    },
  ])("who has it, since when and what to do, when that process is $name", ({ owner, advice }) => {
    const { pid, host } = leave(1, owner()).owner;
    const generation = newestGeneration(folder);
    const error = lockedError("openova/india", generation && holderOf(generation), now);
    expect(shown(error)).toEqual({
      code: "MRD5103",
      message: "stack openova/india is locked",
      stack: "openova/india",
      facts: [
        `by deploy@${host}, process ${pid}, since ${clock} (3 m 12 s), run run-of-before: meridian apply openova`,
        advice,
      ],
      next,
    });
  });

  test("a holder without a record", () => {
    const { detail } = lockedError("openova/india", undefined, now);
    expect(detail.facts).toEqual(["by a run that left no readable record"]);
  });

  test("a lock that was lost", () => {
    expect(shown(lostLockError("openova/india", undefined))).toEqual({
      code: "MRD5204",
      message: "the lock of openova/india was taken from this run",
      stack: "openova/india",
      facts: ["it stopped before it wrote any more"],
      next: "Find out who took the lock; then apply again.",
      cause: undefined,
    });
  });

  test("the record says who this is", () => {
    taken();
    expect(newestGeneration(folder)?.record).toMatchObject({
      owner: { pid: process.pid, host: hostname() },
      user: userInfo().username,
      doing: "meridian apply openova",
    });
  });
});
