/** @jest-environment ./test/engine/engine-environment.ts */
import { join } from "node:path";
import type { Run } from "../../../automation/engine/engine";
import { pulumiEngine } from "../../../automation/engine/pulumi/pulumi-engine";
import { worldFolder } from "../../../automation/engine/sandbox/plugins";
import { World } from "../../../automation/engine/sandbox/world";
import type { StackSpec } from "../../../automation/fleet/stack-spec";
import { balancer, cluster } from "../../components/aws/examples";
import { network, networkStack, regionStack } from "../../components/aws/stacks";
import { describeWithEngine, scratchFolder } from "../real-engine";

const run = (): Run => ({
  target: "sandbox",
  secrets: () => undefined,
  signal: new AbortController().signal,
  onEvent: () => undefined,
});

/** One zone a region, and a cluster whose ports databases do not have: as small as a peering can be. */
const small: StackSpec = networkStack({
  ...network,
  regions: network.regions.map((region) => ({ ...region, zones: region.zones.slice(0, 1) })),
});

const region = regionStack([{ ...balancer, certificate: imported() }, cluster]);

function imported() {
  return {
    kind: "imported",
    certificate: { secret: "tls-certificate" },
    key: { secret: "tls-key" },
  } as const;
}

describeWithEngine("stacks that read of each other, on the real engine", () => {
  const { folder, remove } = scratchFolder();
  const meridian = join(folder, ".meridian");
  const engine = pulumiEngine({ folder: meridian });
  afterAll(remove);

  const operations = (steps: readonly { readonly operation: string }[]) => [
    ...new Set(steps.map(({ operation }) => operation)),
  ];

  test("preview before anything is there, apply, nothing to change, destroy to an empty world", async () => {
    const planned = await engine.preview(region, run());
    expect(operations(planned.steps)).toContain("create");

    const made = await engine.apply(small, run());
    expect(operations(made.steps)).toEqual(["create"]);
    await engine.preview(region, run());
    await engine.apply(region, run());

    const world = new World(worldFolder(meridian, "hse"));
    const outputs = (type: string) => world.live().find((entry) => entry.type === type)?.outputs ?? {};
    const inputsOf = (type: string) => world.live().find((entry) => entry.type === type)?.inputs ?? {};
    const subnet = world
      .live()
      .find(
        ({ type, urn }) => type === "aws:ec2/subnet:Subnet" && urn.endsWith("network-us-east-public-az1"),
      );
    expect(inputsOf("aws:lb/loadBalancer:LoadBalancer")["subnets"]).toEqual([subnet?.id]);
    expect(outputs("aws:eks/cluster:Cluster")["status"]).toBe("ACTIVE");

    const again = await Promise.all([engine.apply(small, run()), engine.apply(region, run())]);
    expect(operations(again.flatMap(({ steps }) => steps))).toEqual(["same"]);

    await engine.destroy(region, run());
    await engine.destroy(small, run());
    expect(world.live()).toEqual([]);
  }, 180_000);
});
