import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { armFaults } from "../../../automation/engine/sandbox/faults";
import { sandboxEnvironment, sandboxPlugins } from "../../../automation/engine/sandbox/plugins";
import { World } from "../../../automation/engine/sandbox/world";
import { compileSandbox } from "./compiled";
import { ProviderClient, type Target } from "./provider-client";

let compiled: ReturnType<typeof compileSandbox>;
let folder: string;
const running = new Set<ChildProcess>();

beforeAll(() => {
  compiled = compileSandbox("process");
});
afterAll(() => {
  compiled.remove();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sandbox process's "));
});
afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
  running.clear();
  rmSync(folder, { recursive: true, force: true });
});

const exited = (child: ChildProcess): Promise<number | string | null> =>
  new Promise((resolve) => {
    child.once("exit", (code, signal) => {
      resolve(code ?? signal);
    });
  });

/** Starts the executable as the engine would, and waits for its port. */
async function start(world = join(folder, "world")) {
  const [plugin] = sandboxPlugins(join(folder, "plugins"), compiled.entry).filter(
    ({ name }) => name === "kubernetes",
  );
  const command = join(plugin?.path ?? "", "pulumi-resource-kubernetes");
  const child = spawn(command, ["127.0.0.1:1"], {
    env: sandboxEnvironment(world),
    stdio: ["pipe", "pipe", "inherit"],
  });
  running.add(child);
  const port = await new Promise<number>((resolve) => {
    child.stdout.once("data", (data: Buffer) => {
      resolve(Number(data.toString()));
    });
  });
  const client = new ProviderClient(port);
  await client.configure({ context: "eu" });
  return { child, client };
}

const settings = (n: number): Target => ({ type: "kubernetes:core/v1:ConfigMap", name: `c${n}` });
const inputs = (n: number) => ({ metadata: { name: `c${n}`, namespace: "default" }, data: { n: String(n) } });

/** Creates all of them at once; those whose process died are simply not answered. */
const createAll = (client: ProviderClient, count: number) =>
  Promise.allSettled(Array.from({ length: count }, (_, n) => client.create(settings(n), inputs(n))));

const world = (): World => new World(join(folder, "world"));

/** Every resource has one history of whole entries, and was created exactly once. */
function expectOnce(): void {
  const operations = world()
    .journal()
    .map(({ key, operation }) => `${operation} ${key}`);
  expect(operations).toEqual([...new Set(operations)]);
  expect(operations.filter((line) => !line.startsWith("create "))).toEqual([]);
}

test("an executable is written once and survives another run", () => {
  const plugins = sandboxPlugins(join(folder, "plugins"), compiled.entry);
  expect(plugins.map(({ name }) => name)).toEqual(["aws", "azure-native", "cloudflare", "kubernetes"]);
  const files = plugins.map(({ name, path }) => join(path, `pulumi-resource-${name}`));
  const before = files.map((file) => statSync(file).mtimeMs);
  sandboxPlugins(join(folder, "plugins"), compiled.entry);
  expect(files.map((file) => statSync(file).mtimeMs)).toEqual(before);
  expect(files.map((file) => statSync(file).mode & 0o111)).toEqual([0o111, 0o111, 0o111, 0o111]);
});

test("two processes that want the same resources make each of them once", async () => {
  const [one, two] = await Promise.all([start(), start()]);
  const answers = await Promise.all([createAll(one.client, 60), createAll(two.client, 60)]);
  expect(answers.flat().filter(({ status }) => status === "rejected")).toEqual([]);
  expect(world().live()).toHaveLength(60);
  expectOnce();
});

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  "killed in the middle of writing (%i), the next run converges exactly once",
  async (seed) => {
    const count = 100;
    const { child, client } = await start();
    const answers = createAll(client, count);
    while (!existsSync(join(folder, "world/resources"))) await sleep(1);
    await sleep((seed * 7919) % 40);
    child.kill("SIGKILL");
    await answers;
    const survived = world().journal();
    expect(survived.every(({ revision, operation }) => revision === 1 && operation === "create")).toBe(true);
    const next = await start();
    const failed = (await createAll(next.client, count)).filter(({ status }) => status === "rejected");
    expect(failed).toEqual([]);
    expect(world().live()).toHaveLength(count);
    expectOnce();
  },
);

test("a crash right after creating is a lost answer", async () => {
  const first = await start();
  await createAll(first.client, 1);
  armFaults(join(folder, "world"), [{ kind: "crash", on: "create", match: "::c1" }]);
  const gone = exited(first.child);
  await expect(first.client.create(settings(1), inputs(1))).rejects.toThrow();
  expect(await gone).toBe("SIGKILL");
  const next = await start();
  await next.client.create(settings(1), inputs(1));
  expectOnce();
  expect(world().live()).toHaveLength(2);
});

test("closed by a signal it finishes what it began, then ends", async () => {
  const { child, client } = await start();
  await createAll(client, 1);
  armFaults(join(folder, "world"), [{ kind: "slow", milliseconds: 150 }]);
  const [gone, answer] = [exited(child), client.create(settings(1), inputs(1))];
  await sleep(50);
  child.kill("SIGINT");
  expect((await answer).id).toBe("default/c1");
  expect(await gone).toBe(0);
});

test("a provider whose engine was killed ends itself", async () => {
  const [plugin] = sandboxPlugins(join(folder, "plugins"), compiled.entry).filter(
    ({ name }) => name === "kubernetes",
  );
  const pidFile = join(folder, "pid");
  const provider = join(plugin?.path ?? "", "pulumi-resource-kubernetes");
  const engine = spawn(process.execPath, [
    "-e",
    `const p = require("child_process").spawn(process.argv[1], { stdio: ["ignore", "pipe", "ignore"] });
     p.stdout.once("data", () => require("fs").writeFileSync(process.argv[2], String(p.pid)));
     setInterval(() => {}, 1000);`,
    provider,
    pidFile,
  ]);
  running.add(engine);
  while (!existsSync(pidFile) || readFileSync(pidFile, "utf8") === "") await sleep(10);
  const pid = Number(readFileSync(pidFile, "utf8"));
  engine.kill("SIGKILL");
  const alive = (): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  for (let waited = 0; alive() && waited < 5_000; waited += 50) await sleep(50);
  expect(alive()).toBe(false);
});
