import { readdirSync } from "node:fs";
import { join } from "node:path";
import { buildTopology } from "../../../automation/fleet/build-topology";
import { groupFleet } from "../../../automation/fleet/fleet";
import type { Topology } from "../../../automation/fleet/topology";
import type { RunbookFacts } from "../../../automation/review/runbook/facts";
import { runbookFacts } from "../../../automation/review/runbook/facts-of";
import { runbook } from "../../../automation/review/runbook/runbook";
import type { StackSpec } from "../../../automation/fleet/stack-spec";
import { filesOf, load, locate, stacksOf } from "../../fleet/build-manifests";

const PLATFORMS = readdirSync(join(__dirname, "..", "..", "..", "regions"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "catalog")
  .map(({ name }) => name);

function read(platform: string): readonly [Topology, RunbookFacts] {
  const { platforms } = groupFleet(load(filesOf(platform)).map(({ manifest }) => manifest));
  const [fleet] = platforms;
  if (fleet === undefined) throw new RangeError(`no platform in regions/${platform}`);
  const topology = buildTopology(fleet, locate);
  return [topology, runbookFacts(fleet, topology, `regions/${platform}/platform.yaml`)];
}

describe.each(PLATFORMS)("regions/%s", (platform) => {
  test("has a runbook with every region and service, and nothing left blank", () => {
    const [topology, facts] = read(platform);
    const text = runbook(topology, facts);
    expect(text).not.toMatch(/undefined|NaN|\[object/);
    for (const { name, role } of topology.regions) {
      if (role !== "idle") expect(text).toContain(`## If ${name} is lost`);
    }
    for (const { kind, name, ...rest } of facts.services) {
      const engine = "engine" in rest ? rest.engine : (kind.split("/")[1] ?? "");
      expect(text).toContain(`| ${name} (${engine}) `);
    }
    // Where another region writes already, nothing is applied to move there.
    const moves = topology.shape !== "active-active";
    expect(text.includes("meridian apply")).toBe(facts.unbuilt.length === 0 && moves);
    // Without it the sandbox would be failed over, and users would wait.
    expect(text.match(/meridian (apply|preview) (?!.*--target cloud).*/g)).toBeNull();
  });
});

/** Values of `key` anywhere in the stacks. */
function valuesOf(stacks: readonly StackSpec[], key: string): readonly unknown[] {
  const found: unknown[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [name, item] of Object.entries(value)) {
      if (name === key) found.push(item);
      walk(item);
    }
  };
  walk(stacks);
  return found;
}

test("castiel: the runbook's names are those of the stacks", () => {
  const stacks = stacksOf(filesOf("castiel"));
  const [, { services, traffic, regions }] = read("castiel");
  const cosmos = services.find((one) => one.kind === "cosmos/sql");
  expect(valuesOf(stacks, "account")).toContain(cosmos?.account);
  const cache = services.find((one) => one.kind === "redis/azure-cache");
  for (const { cache: name, group } of Object.values(cache?.caches ?? {})) {
    expect(valuesOf(stacks, "cache")).toContain(name);
    expect(valuesOf(stacks, "group")).toContain(group);
  }
  expect(traffic?.kind).toBe("traffic-manager");
  if (traffic?.kind !== "traffic-manager") return;
  for (const { profile } of traffic.profiles) expect(valuesOf(stacks, "profile")).toContain(profile);
  const hosts = regions.flatMap(({ health }) => health.map((url) => new URL(url).host));
  for (const host of hosts) expect(valuesOf(stacks, "host")).toContain(host);
});

test("openova: the runbook's names are those of the stacks", () => {
  const stacks = stacksOf(filesOf("openova"));
  const [, { services, regions }] = read("openova");
  const postgres = services.find((one) => one.kind === "postgres/cnpg");
  for (const cluster of Object.values(postgres?.clusters ?? {})) {
    expect(valuesOf(stacks, "cluster")).toContain(cluster);
  }
  const secrets = valuesOf(stacks, "kubeconfig").map((ref) => (ref as { readonly secret: string }).secret);
  for (const { kubeconfig } of regions) expect(secrets).toContain(kubeconfig);
});
