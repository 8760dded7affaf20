import fc from "fast-check";
import {
  FAILOVER_INCREMENT,
  initialVersions,
  nextVersion,
} from "../../automation/fleet/plan/temporal-versions";
import { temporalNamespaces } from "../../automation/fleet/plan/temporal";
import { edit } from "./build-manifests";
import { componentOf, inputOf, PORTARIUM } from "./portarium";

const names = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/), { minLength: 1, maxLength: 40 });

describe("failover versions", () => {
  test("every region has its own, from 1 and below the increment", () => {
    fc.assert(
      fc.property(names, (regions) => {
        const versions = [...initialVersions(regions).values()];
        expect(new Set(versions).size).toBe(regions.length);
        expect(versions.every((version) => version >= 1 && version < FAILOVER_INCREMENT)).toBe(true);
      }),
    );
  });

  test("neither the order of the regions nor a new one moves any", () => {
    fc.assert(
      fc.property(names, fc.stringMatching(/^z[a-z0-9]{5}$/), (regions, added) => {
        const before = initialVersions(regions);
        const after = initialVersions([added, ...[...regions].reverse()]);
        expect(regions.map((region) => after.get(region))).toEqual(
          regions.map((region) => before.get(region)),
        );
      }),
    );
  });

  test("two names that want the same: the later in the alphabet gives way, past the end to the start", () => {
    const versions = initialVersions(["c", "a", "b"], () => FAILOVER_INCREMENT - 1);
    expect([...versions]).toEqual([
      ["a", FAILOVER_INCREMENT - 1],
      ["b", 1],
      ["c", 2],
    ]);
  });

  test("of portarium: changing one disowns every history of its region", () => {
    const { regions } = inputOf().fleet.platform.spec;
    expect(Object.fromEntries(initialVersions(regions))).toEqual({
      "eu-central": 943760,
      "eu-north": 497903,
      "us-east": 107539,
      "us-west": 150238,
    });
  });

  test("a failover takes the next version that is the cluster's own", () => {
    const version = fc.integer({ min: 0, max: 10 ** 12 });
    const initial = fc.integer({ min: 1, max: FAILOVER_INCREMENT - 1 });
    fc.assert(
      fc.property(version, initial, (current, own) => {
        const next = nextVersion(current, own);
        expect(next % FAILOVER_INCREMENT).toBe(own);
        expect(next - current).toBeGreaterThanOrEqual(0);
        expect(next - current).toBeLessThan(FAILOVER_INCREMENT);
      }),
    );
  });

  test.each([
    { name: "stays", current: 1, initial: 1, next: 1 },
    { name: "over", current: 1, initial: 2, next: 2 },
    { name: "and back", current: 2, initial: 1, next: 11 },
    { name: "over again", current: 11, initial: 2, next: 12 },
  ])("$name", ({ current, initial, next }) => {
    expect(nextVersion(current, initial, 10)).toBe(next);
  });
});

const failedOver = edit(
  PORTARIUM,
  "name: eu, writers: [{ region: eu-central, epoch: 1 }], standbys: [eu-north]",
  "name: eu, writers: [{ region: eu-north, epoch: 2 }], standbys: [eu-central]",
);

describe("Temporal of portarium", () => {
  test("each region's cluster, with the other of its cell and no more", () => {
    const input = inputOf();
    const seen = input.regions.map(({ name }) => {
      const { cluster, master, remotes, historyShards } = componentOf(input, name, "workflow/temporal");
      return { cluster, master, historyShards, remotes: remotes.map((remote) => remote.cluster) };
    });
    expect(seen).toEqual([
      { cluster: "eu-central", master: "eu-central", historyShards: 512, remotes: ["eu-north"] },
      { cluster: "eu-north", master: "eu-central", historyShards: 512, remotes: ["eu-central"] },
      { cluster: "us-east", master: "us-east", historyShards: 512, remotes: ["us-west"] },
      { cluster: "us-west", master: "us-east", historyShards: 512, remotes: ["us-east"] },
    ]);
  });

  test("its database is the region's own, and backed up where PostgreSQL is", () => {
    const input = inputOf();
    const standby = componentOf(input, "eu-north", "postgres/cnpg", "workflow-postgres");
    expect(standby).toMatchObject({
      cluster: "temporal-eu-north",
      namespace: "temporal",
      topology: { kind: "single" },
      bootstrap: { kind: "initdb" },
      deletion: "protected",
    });
    expect(standby.backup).toBeDefined();
  });

  const registered = (files: typeof PORTARIUM, region: string) => {
    const input = inputOf(files);
    const { workflow } = input.fleet.platform.spec.services;
    if (workflow === undefined) throw new RangeError("no workflow service");
    return temporalNamespaces(input, workflow, "shard", region, input.fleet.workspaces)?.namespaces ?? [];
  };

  test("one namespace a workspace, active where its cell is written", () => {
    expect(registered(PORTARIUM, "eu-central")).toEqual([
      { name: "borealis", clusters: ["eu-central", "eu-north"], active: "eu-central", retentionDays: 7 },
      { name: "sandbox-eu", clusters: ["eu-central"], active: "eu-central", retentionDays: 7 },
    ]);
    expect(registered(PORTARIUM, "eu-north")).toEqual([]);
    expect(registered(PORTARIUM, "us-east")).toEqual([
      { name: "cascade", clusters: ["us-east", "us-west"], active: "us-east", retentionDays: 7 },
    ]);
  });

  test("a failover of the cell moves those with a copy; one without stays where its histories are", () => {
    expect(registered(failedOver, "eu-north")).toEqual([
      { name: "borealis", clusters: ["eu-north", "eu-central"], active: "eu-north", retentionDays: 7 },
    ]);
    expect(registered(failedOver, "eu-central").map(({ name }) => name)).toEqual(["sandbox-eu"]);
  });
});
