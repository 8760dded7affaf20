/** @jest-environment ./test/engine/engine-environment.ts */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readState } from "../../automation/engine/pulumi/state-files";
import { armFaults, type Fault } from "../../automation/engine/sandbox/faults";
import { World } from "../../automation/engine/sandbox/world";
import { Meridian } from "../engine/pulumi/meridian-process";
import { writeTinyPlatform } from "../engine/pulumi/tiny-platform";
import { describeWithEngine, scratchFolder } from "../engine/real-engine";

describeWithEngine("Ctrl-C during an apply", () => {
  const scratch = scratchFolder();
  afterAll(() => scratch.remove());

  const apply = (folder: string) => new Meridian(folder, ["apply", "tiny", "--yes"]);
  const resources = (folder: string) =>
    readState({ root: join(folder, ".meridian/state/sandbox"), platform: "tiny", stack: "germany" });

  /** An apply in a cloud with a bad day, as far as its first resource. */
  async function applying(name: string, fault: Fault) {
    const folder = join(scratch.folder, name);
    writeTinyPlatform(folder, ["api@1"]);
    const world = new World(join(folder, ".meridian/world/tiny"));
    armFaults(world.folder, [fault]);
    const run = apply(folder);
    while (run.isRunning && world.journal().length === 0) await sleep(10);
    return { folder, world, run };
  }

  /** The next apply ends well, and has made each resource once. */
  async function expectConverges(folder: string, world: World): Promise<void> {
    armFaults(world.folder, []);
    expect(await apply(folder).ended).toMatchObject({ status: 0 });
    const created = world.journal().flatMap(({ operation, key }) => (operation === "create" ? [key] : []));
    expect(created).toEqual([...new Set(created)]);
    expect(resources(folder)?.pending_operations ?? []).toEqual([]);
  }

  test("once: what is in flight is finished and recorded, nothing new is begun", async () => {
    const { folder, world, run } = await applying("once", { kind: "slow", milliseconds: 600 });
    run.signal("SIGINT");
    const { status, stderr } = await run.ended;
    expect({ status, pending: resources(folder)?.pending_operations ?? [] }).toEqual({
      status: 130,
      pending: [],
    });
    expect(stderr).toContain(
      "stopping after the resource in flight; press again to stop at once (state will need a refresh)\n",
    );
    expect(stderr).toContain("error MRD5202  tiny/germany was stopped on request\n");
    expect(stderr).not.toContain("stopping at once");
    const made = world.live().length;
    await expectConverges(folder, world);
    expect(made).toBeLessThan(world.live().length);
  }, 60_000);

  test("twice: stops at once, says what is left and how to go on", async () => {
    const { folder, world, run } = await applying("twice", { kind: "slow", milliseconds: 600 });
    run.signal("SIGINT");
    // Two signals at the same moment would be one.
    await sleep(20);
    const pressed = performance.now();
    run.signal("SIGINT");
    const { status, stderr } = await run.ended;
    expect(performance.now() - pressed).toBeLessThan(15_000);
    expect(status).toBe(130);
    expect(stderr).toContain(
      "stopping at once; not finished: tiny/germany\n" +
        "next: meridian apply tiny --yes (it looks at what is there and finishes what was begun)\n",
    );
    await expectConverges(folder, world);
  }, 60_000);
});
